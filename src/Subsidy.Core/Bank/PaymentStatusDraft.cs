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
        return new PaymentStatusReport(id, at, original, whole, transactions, OriginalCount, OriginalControlSum);
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
            ("RJCT", _) => part != "RJCT",
            ("ACTC" or "ACCP" or "ACSP" or "ACSC" or "ACCC" or "ACWC" or "PDNG" or "RCVD", _) => part == "RJCT",
            _ => false,
        };
        if (contradicted)
            throw new BankFileException(
                $"回执自相矛盾：整体状态为{whole}，其中却有{part}。", $"The report contradicts itself: as a whole it says {whole}, yet {part} inside.");
    }

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
                BankReference, Amount, SettledAmount, SettledOn);
        }
    }
}
