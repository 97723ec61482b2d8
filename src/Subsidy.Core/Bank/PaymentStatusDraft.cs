namespace Subsidy.Core.Bank;

/// <summary>What was read of a report so far, and what must hold once it is whole.</summary>
internal sealed class PaymentStatusDraft
{
    private readonly HashSet<string> _endToEndIds = [];

    public string? MessageId { get; set; }
    public DateTimeOffset? CreatedAt { get; set; }
    public string? OriginalMessageId { get; set; }
    public int? OriginalCount { get; set; }
    public Money? OriginalControlSum { get; set; }
    public int? InstructionCount { get; set; }
    public Money? InstructionControlSum { get; set; }

    /// <summary>Which instructions it speaks of. A file of this system has one, which is called like the file.</summary>
    public HashSet<string> InstructionIds { get; } = [];
    public ReportedStatus? Group { get; set; }
    public ReportedStatus? Instruction { get; set; }
    public List<Transaction> Transactions { get; } = [];

    /// <returns>False when the end-to-end id came before.</returns>
    public bool Add(Transaction transaction)
    {
        Transactions.Add(transaction);
        return _endToEndIds.Add(transaction.EndToEndId);
    }

    public PaymentStatusReport Report()
    {
        if (MessageId is not { } id || CreatedAt is not { } at || OriginalMessageId is not { } original)
            throw new BankFileException(
                "回执缺少报文编号、时间或所答复文件的编号。", "The report lacks its message id, its time or the message id of the file that it answers.");
        if (InstructionIds.Any(instruction => instruction != original))
            throw new BankFileException("回执答复的是别的付款批次。", "The report answers another instruction than that of the file.");
        DemandAgreement(Group?.Code, Instruction?.Code);
        var whole = Instruction ?? Group;
        var transactions = Transactions.ConvertAll(transaction => transaction.With(whole));
        foreach (var transaction in transactions)
        {
            DemandAgreement(Group?.Code, transaction.Status.Code);
            DemandAgreement(Instruction?.Code, transaction.Status.Code);
        }
        if (whole is null && transactions.Count == 0)
            throw new BankFileException("回执没有任何状态。", "The report states no status at all.");
        return new PaymentStatusReport(
            id, at, original, whole, transactions, Agreed(OriginalCount, InstructionCount), Agreed(OriginalControlSum, InstructionControlSum));
    }

    /// <summary>
    /// The message's own rules: what is rejected as a whole has no part that is not, and what is accepted or pending as a whole has
    /// no rejected part. A report that breaks them may mean either, and money must not follow from it.
    /// </summary>
    private static void DemandAgreement(string? whole, string? part)
    {
        var contradicted = (whole, part) switch
        {
            (null, _) or (_, null) => false,
            ("RJCT" or "CANC", _) => part is not ("RJCT" or "CANC"),
            ("PDNG" or "RCVD", _) => part is "RJCT" or "CANC",
            _ => new ReportedStatus(whole).Meaning is PaymentStatus.Accepted or PaymentStatus.Settled && part is "RJCT" or "CANC",
        };
        if (contradicted)
            throw new BankFileException(
                $"回执自相矛盾：整体状态为{whole}，其中却有{part}。", $"The report contradicts itself: as a whole it says {whole}, yet {part} inside.");
    }

    /// <summary>The file has one instruction, so what is said of the one holds for the other.</summary>
    private static T? Agreed<T>(T? ofFile, T? ofInstruction) where T : struct =>
        ofFile is null || ofInstruction is null || ofFile.Equals(ofInstruction)
            ? ofFile ?? ofInstruction
            : throw new BankFileException("回执自相矛盾：文件与批次的合计不同。", "The report contradicts itself: the totals of the file and of its instruction differ.");

    /// <param name="Code">Null when the transaction only stands under the status of the whole.</param>
    public sealed record Transaction(
        string EndToEndId,
        string? Code,
        IReadOnlyList<StatusReason> Reasons,
        string? BankReference,
        Money? Amount,
        Money? SettledAmount,
        DateOnly? SettledOn)
    {
        public TransactionStatus With(ReportedStatus? whole)
        {
            var code = Code ?? whole?.Code ?? throw new BankFileException("一笔交易没有状态。", "A transaction has no status.");
            return new TransactionStatus(
                EndToEndId,
                new ReportedStatus(code, Code is null && Reasons.Count == 0 ? whole!.Reasons : Reasons),
                BankReference, Amount, SettledAmount, SettledOn) { Own = Code is not null };
        }
    }
}
