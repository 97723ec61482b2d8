namespace Subsidy.Core.Bank;

/// <summary>
/// What one bank file orders as a whole: one debtor pays <paramref name="Count"/> transfers on one day. Count and sum come from the
/// approved pay run and are the control totals of the file: transfers that do not add up to them are an error, not another total.
/// </summary>
/// <param name="MessageId">1 to 35 characters, unique at the bank for ever; the bank's answer names it.</param>
/// <param name="CreatedAt">When the pay run was frozen. Written in Beijing time to the second; the clock is never asked.</param>
/// <param name="ExecutionDate">The day on which the bank is to pay, in Beijing.</param>
/// <param name="Count">1 to <see cref="MaxTransfers"/>.</param>
public sealed record PaymentOrder(
    string MessageId, DateTimeOffset CreatedAt, DateOnly ExecutionDate, Debtor Debtor, int Count, Money ControlSum)
{
    public const int MaxTransfers = 50_000;
}

/// <summary>Who pays: the treasury or township account of the fund.</summary>
/// <param name="Name">1 to 140 characters.</param>
/// <param name="Account">1 to 34 letters, digits and hyphens.</param>
public sealed record Debtor(string Name, string Account, FinancialInstitution Bank)
{
    /// <summary>Without the account number.</summary>
    public override string ToString() => $"{nameof(Debtor)} {Name}";
}

/// <summary>A bank or its branch; at least one of the two is known.</summary>
/// <param name="Name">开户行, 1 to 140 characters.</param>
/// <param name="Cnaps">联行号, the 12 digits of the branch in the China National Advanced Payment System.</param>
public sealed record FinancialInstitution(string? Name, string? Cnaps = null);

/// <summary>One payment to one account.</summary>
/// <remarks>Personal data: <see cref="ToString"/> says no name and no account number.</remarks>
/// <param name="EndToEndId">One for each attempt at an entitlement, 1 to 35 characters, unique in the file and at the bank.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="CreditorName">The account's holder, 1 to 140 characters.</param>
/// <param name="CreditorAccount">1 to 34 letters, digits and hyphens.</param>
/// <param name="CreditorBank">Null when the payee named none; the bank then finds it by the card's number.</param>
/// <param name="Remittance">摘要, what the holder reads on the statement, 1 to 140 characters.</param>
/// <param name="Purpose">A code of the ISO 20022 list of purposes, such as <c>SSBE</c> (social security benefit).</param>
public sealed record CreditTransfer(
    string EndToEndId,
    Money Amount,
    string CreditorName,
    string CreditorAccount,
    FinancialInstitution? CreditorBank,
    string Remittance,
    string? Purpose = null)
{
    public override string ToString() => $"{nameof(CreditTransfer)} {EndToEndId}";
}
