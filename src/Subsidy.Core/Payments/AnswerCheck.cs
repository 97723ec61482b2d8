using Subsidy.Core.Bank;

namespace Subsidy.Core.Payments;

/// <summary>
/// Whether the bank's answer fits the run that it names: its totals, its end-to-end ids, its amounts, and what was heard before. An answer
/// with one thing that does not fit is refused as a whole.
/// </summary>
internal sealed class AnswerCheck(PayRun run, PaymentStatusReport report, DateTimeOffset now)
{
    /// <summary>The bank's clock need not be ours, nor say in which time zone it is.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    private readonly Dictionary<string, TransactionStatus> unseen = report.Transactions.ToDictionary(transaction => transaction.EndToEndId);

    /// <summary>What can be seen without the lines.</summary>
    public Text? Totals()
    {
        if (run.Ordered is not { } order)
            return new($"批次{run.Id}没有发送过银行。", $"Pay run {run.Id} was never sent to the bank.");
        if (report.OriginalCount is { } count && count != order.Total.Count)
            return new($"笔数不符：回执写{count}笔，批次为{order.Total.Count}笔。", $"The count is wrong: the answer says {count}, the run has {order.Total.Count}.");
        if (report.OriginalControlSum is { } sum && sum != order.Total.Sum)
            return new($"总金额不符：回执写{sum}元，批次为{order.Total.Sum}元。", $"The control sum is wrong: the answer says {sum} yuan, the run has {order.Total.Sum}.");
        if (report.Group is { IsRepetition: true })
            return new("银行认为这份文件重复提交，没有受理；第一次提交的处理结果不受影响。", "The bank has turned this away as a file that it has already; what becomes of the first is not said.");
        // One from the far future would make every later one older than it.
        if (report.CreatedAt < order.At - Tolerance || report.CreatedAt > now + Tolerance)
            return new("回执的时间不对：早于批次，或者还没有到。", "The time of the answer is wrong: before the run, or still to come.");
        return report.CreatedAt < run.AnsweredAt
            ? new("这份回执早于已读入的回执。", "This answer is older than one that was taken already.")
            : null;
    }

    /// <summary>Counts a line of the run in and says what is wrong with what the answer says of it.</summary>
    public Text? Next(PayLine line)
    {
        unseen.Remove(line.EndToEndId, out var own);
        if ((own?.Amount is { } amount && amount != line.Amount) || (own?.SettledAmount is { } settled && settled != line.Amount))
            return new($"{line.EndToEndId}的金额不符。", $"The amount of {line.EndToEndId} is not what was ordered.");
        var word = BankWord.Of(line, own?.Status ?? report.Group);
        if (own is not { Own: true } && word.Outcome is LineOutcome.Failed && line.Outcome is LineOutcome.Settled)
        {
            return new(
                $"{line.EndToEndId}已支付，回执却说整份文件被拒绝；退回的款项须逐笔列明。",
                $"{line.EndToEndId} was settled before, and the file is rejected as a whole now; what is sent back has to be named one by one.");
        }
        return word.Contradicts(line)
            ? new($"{line.EndToEndId}已被拒绝，回执却说已支付。", $"{line.EndToEndId} was rejected before, and is settled now.")
            : null;
    }

    /// <summary>When all lines were seen.</summary>
    public Text? Rest() => unseen.Keys.FirstOrDefault() is { } unknown
        ? new($"批次中没有{unknown}。", $"The run has no {unknown}.")
        : null;
}
