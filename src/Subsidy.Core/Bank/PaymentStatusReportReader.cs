namespace Subsidy.Core.Bank;

/// <summary>
/// Reads a bank's answer: CustomerPaymentStatusReportV10 of ISO 20022 (<c>pain.002.001.10</c>). The file comes from outside and is not
/// trusted; see <see cref="MessageReader"/> for what is refused.
/// </summary>
public static class PaymentStatusReportReader
{
    public const long DefaultMaxBytes = 64 * 1024 * 1024;

    private const int MaxReasons = 20;
    private const int MaxInformation = 1000;

    /// <summary>The whole report, or the reason why the file is refused; never a part of a report.</summary>
    /// <param name="input">Left open.</param>
    public static async Task<PaymentStatusReading> ReadAsync(
        Stream input, long maxBytes = DefaultMaxBytes, CancellationToken cancellation = default)
    {
        try
        {
            using var xml = await MessageReader.OpenAsync(input, Messages.PaymentStatusReport, maxBytes, cancellation);
            var draft = new PaymentStatusDraft();
            await foreach (var _ in PartsAsync(xml, draft))
            {
                // All of them.
            }
            await xml.EndAsync();
            return new PaymentStatusReading(draft.Report(), null);
        }
        catch (BankFileException e)
        {
            return new PaymentStatusReading(null, e.Fault);
        }
    }

    /// <summary>Reads no further than it must. Null where the whole would be refused for what comes so far; the rest is not looked at.</summary>
    /// <param name="input">Left open.</param>
    public static async Task<PaymentStatusHead?> ReadHeadAsync(Stream input, CancellationToken cancellation = default)
    {
        try
        {
            using var xml = await MessageReader.OpenAsync(input, Messages.PaymentStatusReport, DefaultMaxBytes, cancellation);
            var draft = new PaymentStatusDraft();
            await foreach (var _ in PartsAsync(xml, draft))
            {
                if (draft is { CreatedAt: { } at, OriginalMessageId: { } original })
                    return new PaymentStatusHead(at, original);
            }
            return null;
        }
        catch (BankFileException)
        {
            return null;
        }
    }

    /// <summary>Each time a part of the message is read into the draft, its name.</summary>
    private static async IAsyncEnumerable<string> PartsAsync(MessageReader xml, PaymentStatusDraft draft)
    {
        await foreach (var message in xml.ChildrenAsync())
        {
            if (message != "CstmrPmtStsRpt")
                continue;
            await foreach (var name in xml.ChildrenAsync())
            {
                switch (name)
                {
                    case "GrpHdr":
                        await ReadHeaderAsync(xml, draft);
                        break;
                    case "OrgnlGrpInfAndSts":
                        await ReadGroupAsync(xml, draft);
                        break;
                    case "OrgnlPmtInfAndSts":
                        await ReadInstructionAsync(xml, draft);
                        break;
                }
                yield return name;
            }
        }
    }

    private static async ValueTask ReadHeaderAsync(MessageReader xml, PaymentStatusDraft draft)
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
            }
    }

    private static async ValueTask ReadGroupAsync(MessageReader xml, PaymentStatusDraft draft)
    {
        string? code = null, original = null;
        var reasons = new List<StatusReason>();
        await foreach (var name in xml.ChildrenAsync())
            switch (name)
            {
                case "OrgnlMsgId":
                    draft.OriginalMessageId = await xml.IdAsync(draft.OriginalMessageId);
                    break;
                case "OrgnlMsgNmId":
                    original = await xml.IdAsync(original);
                    // A report on a direct debit or another message is somebody else's.
                    if (!original.StartsWith("pain.001", StringComparison.OrdinalIgnoreCase))
                        throw xml.Refused("回执所答复的不是付款文件（pain.001）", "the report does not answer a payment file (pain.001)");
                    break;
                case "OrgnlNbOfTxs":
                    draft.OriginalCount = await xml.CountAsync(draft.OriginalCount);
                    break;
                case "OrgnlCtrlSum":
                    draft.OriginalControlSum = await xml.SumAsync(draft.OriginalControlSum);
                    break;
                case "GrpSts":
                    code = await CodeAsync(xml, code);
                    break;
                case "StsRsnInf":
                    reasons.Add(await ReasonAsync(xml, reasons.Count));
                    break;
            }
        if (code is not null)
            draft.Group = new ReportedStatus(code, reasons);
    }

    /// <summary>This system sends one instruction to a file, so its status is that of the file.</summary>
    private static async ValueTask ReadInstructionAsync(MessageReader xml, PaymentStatusDraft draft)
    {
        string? code = null, id = null;
        var reasons = new List<StatusReason>();
        await foreach (var name in xml.ChildrenAsync())
            switch (name)
            {
                case "OrgnlPmtInfId":
                    id = await xml.IdAsync(id);
                    draft.InstructionIds.Add(id);
                    break;
                case "OrgnlNbOfTxs":
                    draft.InstructionCount = await xml.CountAsync(draft.InstructionCount);
                    break;
                case "OrgnlCtrlSum":
                    draft.InstructionControlSum = await xml.SumAsync(draft.InstructionControlSum);
                    break;
                case "PmtInfSts":
                    xml.DemandFirst(draft.Instruction is null);
                    code = await CodeAsync(xml, code);
                    break;
                case "StsRsnInf":
                    reasons.Add(await ReasonAsync(xml, reasons.Count));
                    break;
                case "TxInfAndSts":
                    await ReadTransactionAsync(xml, draft);
                    break;
            }
        if (code is not null)
            draft.Instruction = new ReportedStatus(code, reasons);
    }

    private static async ValueTask ReadTransactionAsync(MessageReader xml, PaymentStatusDraft draft)
    {
        string? id = null, code = null, reference = null;
        Money? amount = null, settled = null;
        DateOnly? settledOn = null;
        var reasons = new List<StatusReason>();
        await foreach (var name in xml.ChildrenAsync())
            switch (name)
            {
                case "OrgnlEndToEndId":
                    id = await xml.IdAsync(id);
                    break;
                case "TxSts":
                    code = await CodeAsync(xml, code);
                    break;
                case "StsRsnInf":
                    reasons.Add(await ReasonAsync(xml, reasons.Count));
                    break;
                case "AcctSvcrRef":
                    reference = await xml.IdAsync(reference);
                    break;
                case "OrgnlTxRef":
                    await foreach (var original in xml.ChildrenAsync())
                        switch (original)
                        {
                            case "IntrBkSttlmAmt":
                                settled = await xml.AmountAsync(settled);
                                break;
                            case "IntrBkSttlmDt":
                                settledOn = await xml.DateAsync(settledOn);
                                break;
                            case "Amt":
                                await foreach (var choice in xml.ChildrenAsync())
                                    if (choice == "InstdAmt")
                                        amount = await xml.AmountAsync(amount);
                                break;
                        }
                    break;
            }
        if (id is null)
            throw xml.Refused("一笔交易缺少端到端标识", "a transaction has no end-to-end id");
        if (draft.Transactions.Count == PaymentOrder.MaxTransfers)
            throw xml.Refused($"超过{PaymentOrder.MaxTransfers}笔", $"there are more than {PaymentOrder.MaxTransfers} transactions");
        if (!draft.Add(new PaymentStatusDraft.Transaction(id, code, reasons, reference, amount, settled, settledOn)))
            throw xml.Refused("端到端标识重复", "an end-to-end id is repeated");
    }

    private static async ValueTask<string> CodeAsync(MessageReader xml, string? before) => await xml.OnceAsync(before, 4);

    private static async ValueTask<StatusReason> ReasonAsync(MessageReader xml, int before)
    {
        if (before == MaxReasons)
            throw xml.Refused($"原因超过{MaxReasons}条", $"there are more than {MaxReasons} reasons");
        string? code = null;
        var information = new List<string>();
        await foreach (var name in xml.ChildrenAsync())
            switch (name)
            {
                case "Rsn":
                    await foreach (var choice in xml.ChildrenAsync())
                        if (choice is "Cd" or "Prtry")
                            code = await xml.OnceAsync(code, 35);
                    break;
                case "AddtlInf":
                    if (information.Count == MaxReasons)
                        throw xml.Refused($"附加说明超过{MaxReasons}条", $"there are more than {MaxReasons} pieces of additional information");
                    information.Add(await xml.TextAsync(MaxInformation));
                    break;
            }
        return new StatusReason(code, information.Count == 0 ? null : string.Join('\n', information));
    }
}
