namespace Subsidy.Core.Bank;

/// <summary>
/// Whether an order and its transfers can be written as they stand. A pay run asks before it is frozen; the writer asks again, one
/// transfer at a time.
/// </summary>
public sealed class PaymentOrderCheck
{
    private readonly PaymentOrder _order;
    private readonly HashSet<string> _endToEndIds;
    private Money _sum;
    private bool _whole = true;

    internal PaymentOrderCheck(PaymentOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        _order = order;
        _endToEndIds = new HashSet<string>(Math.Clamp(order.Count, 0, PaymentOrder.MaxTransfers));
    }

    /// <summary>How many transfers were seen.</summary>
    internal int Count { get; private set; }

    /// <summary>Every fault of the order, of its transfers and of its totals; none when the file can be written.</summary>
    public static IEnumerable<Text> Faults(PaymentOrder order, IEnumerable<CreditTransfer> transfers)
    {
        ArgumentNullException.ThrowIfNull(transfers);
        var check = new PaymentOrderCheck(order);
        foreach (var fault in check.OrderFaults())
            yield return fault;
        foreach (var transfer in transfers)
            foreach (var fault in check.Next(transfer))
                yield return fault;
        if (check.TotalsFault() is { } totals)
            yield return totals;
    }

    internal IEnumerable<Text> OrderFaults()
    {
        var debtor = _order.Debtor;
        return Only(
            FieldRules.Identifier(_order.MessageId, new("报文编号", "The message id")),
            _order.Count is < 1 or > PaymentOrder.MaxTransfers
                ? new($"笔数应为1至{PaymentOrder.MaxTransfers}，现在是{_order.Count}。", $"The count is 1 to {PaymentOrder.MaxTransfers}; this one is {_order.Count}.")
                : null,
            FieldRules.Amount(_order.ControlSum, new("总金额", "The control sum")),
            FieldRules.Words(debtor.Name, 140, new("付款人名称", "The debtor's name")),
            FieldRules.Account(debtor.Account, new("付款账号", "The debtor's account")),
            BankFault(debtor.Bank, new("付款行名称", "The name of the debtor's bank")));
    }

    /// <summary>Counts a transfer in and says what is wrong with it.</summary>
    internal IReadOnlyList<Text> Next(CreditTransfer transfer)
    {
        Count++;
        var faults = TransferFaults(transfer).Select(fault => new Text($"第{Count}笔：{fault.Zh}", $"Transfer {Count}: {fault.En}")).ToList();
        if (Count == _order.Count + 1)
            faults.Add(new($"笔数多于订明的{_order.Count}笔。", $"There are more transfers than the {_order.Count} ordered."));
        // A wrong amount would make the sum wrong as well, which would be told twice; or not fit.
        if (FieldRules.Amount(transfer.Amount, new("", "")) is null)
            _sum = FieldRules.Sum(_sum, transfer.Amount);
        else
            _whole = false;
        return faults;
    }

    /// <summary>When all transfers were seen: whether they are as many and as much as ordered.</summary>
    internal Text? TotalsFault()
    {
        if (Count < _order.Count)
            return new($"笔数应为{_order.Count}，实际只有{Count}。", $"{_order.Count} transfers were ordered; there are only {Count}.");
        return _whole && Count == _order.Count && _sum != _order.ControlSum
            ? new($"金额合计应为{_order.ControlSum}元，实际为{_sum}元。", $"The control sum is {_order.ControlSum} yuan; the transfers add up to {_sum}.")
            : null;
    }

    private IEnumerable<Text> TransferFaults(CreditTransfer transfer)
    {
        var id = FieldRules.Identifier(transfer.EndToEndId, new("端到端标识", "The end-to-end id"));
        return Only(
            id ?? (_endToEndIds.Add(transfer.EndToEndId)
                ? null
                : new("端到端标识与前面的一笔重复。", "The end-to-end id repeats that of an earlier transfer.")),
            FieldRules.Amount(transfer.Amount, new("金额", "The amount")),
            FieldRules.Words(transfer.CreditorName, 140, new("收款人姓名", "The payee's name")),
            FieldRules.Account(transfer.CreditorAccount, new("收款账号", "The payee's account")),
            transfer.CreditorBank is null ? null : BankFault(transfer.CreditorBank, new("收款行名称", "The name of the payee's bank")),
            FieldRules.Words(transfer.Remittance, 140, new("摘要", "The remittance text")),
            FieldRules.Purpose(transfer.Purpose));
    }

    private static Text? BankFault(FinancialInstitution bank, Text field) =>
        FieldRules.Cnaps(bank.Cnaps)
        ?? (bank.Name is null && bank.Cnaps is not null ? null : FieldRules.Words(bank.Name, 140, field));

    private static IEnumerable<Text> Only(params Text?[] faults) => faults.OfType<Text>();
}
