namespace Subsidy.Core.Bank;

/// <summary>The bank's answer to one bank file.</summary>
/// <param name="MessageId">Of the answer, unique at the bank.</param>
/// <param name="OriginalMessageId"><see cref="PaymentOrder.MessageId"/> of the file that is answered.</param>
/// <param name="Group">The status of the file as a whole, if the bank gave one.</param>
/// <param name="Transactions">Each end-to-end id at most once; those that the bank did not mention are missing.</param>
/// <param name="OriginalCount">What the bank took for the file's count: compare it with the order.</param>
/// <param name="OriginalControlSum">What the bank took for the file's control sum.</param>
public sealed record PaymentStatusReport(
    string MessageId,
    DateTimeOffset CreatedAt,
    string OriginalMessageId,
    ReportedStatus? Group,
    IReadOnlyList<TransactionStatus> Transactions,
    int? OriginalCount = null,
    Money? OriginalControlSum = null)
{
    /// <summary>
    /// What the report says of a transfer of the file, by end-to-end id: its own status, or else that of the file as a whole; null
    /// when there is neither. Ask once for a report and keep the answer: it indexes the transactions.
    /// </summary>
    public Func<string, ReportedStatus?> StatusByEndToEndId()
    {
        var own = Transactions.ToDictionary(transaction => transaction.EndToEndId, transaction => transaction.Status);
        var group = Group; // and not the whole report with it
        return endToEndId => own.GetValueOrDefault(endToEndId) ?? group;
    }
}

/// <param name="EndToEndId"><see cref="CreditTransfer.EndToEndId"/>.</param>
/// <param name="BankReference">The bank's own number for the payment.</param>
/// <param name="Amount">What was ordered, as the bank repeats it: compare it with the order.</param>
/// <param name="SettledAmount">What was paid, if the bank says so.</param>
/// <param name="SettledOn">The day on which it was paid, if the bank says so.</param>
public sealed record TransactionStatus(
    string EndToEndId,
    ReportedStatus Status,
    string? BankReference = null,
    Money? Amount = null,
    Money? SettledAmount = null,
    DateOnly? SettledOn = null)
{
    /// <summary>The bank said it of this payment; otherwise it follows from what it said of the file as a whole.</summary>
    public bool Own { get; init; } = true;
}

/// <param name="Report">Null when the file was refused.</param>
/// <param name="Refusal">Null when it was not.</param>
public sealed record PaymentStatusReading(PaymentStatusReport? Report, Text? Refusal);
