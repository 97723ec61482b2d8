namespace Subsidy.Core.Bank;

/// <summary>
/// Reads a bank file back (<c>pain.001.001.09</c>), as the bank does: to check what is in storage before it is handed over, and for
/// the simulated bank of a machine without a real one. It knows the fields that <see cref="PaymentOrderWriter"/> writes.
/// </summary>
public static class PaymentOrderReader
{
    public const long DefaultMaxBytes = 64 * 1024 * 1024;

    /// <summary>The order with all its transfers, or the reason why the file is refused; one that does not add up is.</summary>
    public static async Task<PaymentOrderReading> ReadAsync(
        Stream input, long maxBytes = DefaultMaxBytes, CancellationToken cancellation = default)
    {
        try
        {
            using var xml = await MessageReader.OpenAsync(input, Messages.CreditTransferInitiation, maxBytes, cancellation);
            var draft = new Draft();
            await foreach (var message in xml.ChildrenAsync())
                if (message == "CstmrCdtTrfInitn")
                    await foreach (var name in xml.ChildrenAsync())
                        switch (name)
                        {
                            case "GrpHdr":
                                await ReadHeaderAsync(xml, draft);
                                break;
                            case "PmtInf":
                                xml.DemandFirst(draft.Debtor is null && draft.Transfers.Count == 0);
                                await ReadInstructionAsync(xml, draft);
                                break;
                        }
            await xml.EndAsync();
            var order = draft.Order();
            return PaymentOrderCheck.Faults(order, draft.Transfers).FirstOrDefault() is { } fault
                ? new PaymentOrderReading(null, [], fault)
                : new PaymentOrderReading(order, draft.Transfers, null);
        }
        catch (BankFileException e)
        {
            return new PaymentOrderReading(null, [], e.Fault);
        }
    }

    private static async ValueTask ReadHeaderAsync(MessageReader xml, Draft draft)
    {
        await foreach (var name in xml.ChildrenAsync())
            switch (name)
            {
                case "MsgId":
                    draft.MessageId = await xml.IdAsync(draft.MessageId);
                    break;
                case "CreDtTm":
                    draft.CreatedAt = await xml.DateTimeAsync(draft.CreatedAt);
                    break;
                case "NbOfTxs":
                    draft.Count = await xml.CountAsync(draft.Count);
                    break;
                case "CtrlSum":
                    draft.ControlSum = await xml.SumAsync(draft.ControlSum);
                    break;
            }
    }

    private static async ValueTask ReadInstructionAsync(MessageReader xml, Draft draft)
    {
        string? name = null, account = null;
        FinancialInstitution? bank = null;
        await foreach (var child in xml.ChildrenAsync())
            switch (child)
            {
                case "ReqdExctnDt":
                    await foreach (var choice in xml.ChildrenAsync())
                        if (choice == "Dt")
                            draft.ExecutionDate = await xml.DateAsync(draft.ExecutionDate);
                    break;
                case "Dbtr":
                    name = await LeafAsync(xml, name, 140, "Nm");
                    break;
                case "DbtrAcct":
                    account = await LeafAsync(xml, account, 34, "Id", "Othr", "Id");
                    break;
                case "DbtrAgt":
                    bank = await AgentAsync(xml, bank);
                    break;
                case "CdtTrfTxInf":
                    if (draft.Transfers.Count == PaymentOrder.MaxTransfers)
                        throw xml.Refused($"超过{PaymentOrder.MaxTransfers}笔", $"there are more than {PaymentOrder.MaxTransfers} transfers");
                    draft.Transfers.Add(await TransferAsync(xml));
                    break;
            }
        draft.Debtor = new Debtor(name ?? "", account ?? "", bank ?? new FinancialInstitution(null));
    }

    private static async ValueTask<CreditTransfer> TransferAsync(MessageReader xml)
    {
        string? id = null, name = null, account = null, purpose = null, remittance = null;
        Money? amount = null;
        FinancialInstitution? bank = null;
        await foreach (var child in xml.ChildrenAsync())
            switch (child)
            {
                case "PmtId":
                    id = await LeafAsync(xml, id, 35, "EndToEndId");
                    break;
                case "Amt":
                    await foreach (var choice in xml.ChildrenAsync())
                        if (choice == "InstdAmt")
                            amount = await xml.AmountAsync(amount);
                    break;
                case "CdtrAgt":
                    bank = await AgentAsync(xml, bank);
                    break;
                case "Cdtr":
                    name = await LeafAsync(xml, name, 140, "Nm");
                    break;
                case "CdtrAcct":
                    account = await LeafAsync(xml, account, 34, "Id", "Othr", "Id");
                    break;
                case "Purp":
                    purpose = await LeafAsync(xml, purpose, 4, "Cd");
                    break;
                case "RmtInf":
                    remittance = await LeafAsync(xml, remittance, 140, "Ustrd");
                    break;
            }
        // What is missing is told by the check, which names the transfer by its place.
        return new CreditTransfer(id ?? "", amount ?? Money.Zero, name ?? "", account ?? "", bank, remittance ?? "", purpose);
    }

    private static async ValueTask<FinancialInstitution> AgentAsync(MessageReader xml, FinancialInstitution? before)
    {
        xml.DemandFirst(before is null);
        string? name = null, cnaps = null;
        await foreach (var child in xml.ChildrenAsync())
            if (child == "FinInstnId")
                await foreach (var part in xml.ChildrenAsync())
                    switch (part)
                    {
                        case "ClrSysMmbId":
                            cnaps = await LeafAsync(xml, cnaps, 35, "MmbId");
                            break;
                        case "Nm":
                            name = await xml.OnceAsync(name, 140);
                            break;
                    }
        return new FinancialInstitution(name, cnaps);
    }

    /// <summary>The text at the end of a path of elements; what was there before when the path is not.</summary>
    private static async ValueTask<string?> LeafAsync(MessageReader xml, string? value, int maxLength, params string[] path)
    {
        await foreach (var name in xml.ChildrenAsync())
            if (name == path[0])
                value = path.Length == 1
                    ? await xml.OnceAsync(value, maxLength)
                    : await LeafAsync(xml, value, maxLength, path[1..]);
        return value;
    }

    private sealed class Draft
    {
        public string? MessageId { get; set; }
        public DateTimeOffset? CreatedAt { get; set; }
        public DateOnly? ExecutionDate { get; set; }
        public Debtor? Debtor { get; set; }
        public int? Count { get; set; }
        public Money? ControlSum { get; set; }
        public List<CreditTransfer> Transfers { get; } = [];

        public PaymentOrder Order() =>
            MessageId is { } id && CreatedAt is { } at && ExecutionDate is { } date && Debtor is { } debtor && Count is { } count && ControlSum is { } sum
                ? new PaymentOrder(id, at, date, debtor, count, sum)
                : throw new BankFileException(
                    "文件缺少报文编号、时间、执行日、付款人、笔数或总金额。",
                    "The file lacks message id, time, execution date, debtor, count or control sum.");
    }
}

/// <param name="Order">Null when the file was refused.</param>
/// <param name="Refusal">Null when it was not.</param>
public sealed record PaymentOrderReading(PaymentOrder? Order, IReadOnlyList<CreditTransfer> Transfers, Text? Refusal);
