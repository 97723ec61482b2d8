using System.Globalization;
using System.Security.Cryptography;
using System.Xml;
using Subsidy.Core;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Local.Bank;

/// <summary>
/// The bank of a machine that has none: takes the files that finance has fetched, and answers as it is told to, into the inbox that the
/// engine reads as it would a real bank's. Nothing of the system is touched but by that way.
/// </summary>
internal sealed class SimulatedBank(IFundBooks books, IPayRunBooks runs, PayRunDesk desk, IBankFiles files, BankVault vault, TimeProvider time)
{
    private const string Settled = "ACSC";
    private const string Rejected = "RJCT";
    private const string Unanswered = "PDNG";

    /// <summary>All bank files there are, the latest run first.</summary>
    public async Task<IReadOnlyList<BankFileInHand>> FilesAsync(CancellationToken cancel)
    {
        var ordered = new List<PayRun>();
        foreach (var fund in await books.AllAsync(cancel))
            ordered.AddRange((await desk.AllAsync(fund, cancel)).Where(run => run.File is not null));
        var found = new List<BankFileInHand>();
        foreach (var run in ordered.OrderByDescending(run => run.OpenedAt))
            found.Add(await FindAsync(run, cancel));
        return found;
    }

    /// <returns>What keeps the bank from doing so; null when it did.</returns>
    public async Task<Text?> AnswerAsync(BankAnswerOrder order, CancellationToken cancel)
    {
        if (PayRunId.Parse(order.Run) is not { } id || await desk.FindAsync(id, cancel) is not { File: not null } run || await FindAsync(run, cancel) is not { Order: not null } file)
            return new("银行没有收到这个批次的文件，请先由财务下载。", "The bank has no file of this run; finance has to fetch it first.");
        if (order is { Do: BankDeed.Reject or BankDeed.Return, Payments: not { Count: > 0 } })
            return new("请选择退回的款项。", "Please choose which payments.");
        if (order.Do is BankDeed.Again)
            return await vault.RepeatAsync(id, $"{NewMessageId()}.xml", cancel) ? null : new("银行还没有回执。", "The bank has not answered yet.");

        var transactions = Transactions(file, order).ToList();
        if (transactions.Count == 0)
            return new("没有可以这样处理的款项。", "There is no payment that this can be done to.");
        var report = new PaymentStatusReport(
            NewMessageId(), time.GetUtcNow(), id.ToString(), null, transactions, file.Order.Count, file.Order.ControlSum);
        if (order.Do is BankDeed.Tamper)
            await vault.ForgeAsync(report, cancel);
        else if (Duration(order.After) is { } pause)
            await vault.SayLaterAsync(report, time.GetUtcNow() + pause, cancel);
        else
            await vault.SayAsync(report, cancel);
        return null;
    }

    public Task SayDueAsync(CancellationToken cancel) => vault.SayDueAsync(time.GetUtcNow(), cancel);

    private IEnumerable<TransactionStatus> Transactions(BankFileInHand file, BankAnswerOrder order)
    {
        var chosen = order.Payments?.ToHashSet() ?? [];
        var tampered = order.Do is BankDeed.Tamper;
        foreach (var (transfer, said) in file.Transfers)
        {
            var open = said is null or { Meaning: PaymentStatus.Pending or PaymentStatus.Accepted };
            var code = (order.Do, chosen.Contains(transfer.EndToEndId)) switch
            {
                (BankDeed.Reject, true) => open ? Rejected : null,
                (BankDeed.Accept or BankDeed.Reject, _) => open ? Settled : null,
                (BankDeed.Return, true) => said is { Meaning: PaymentStatus.Settled } ? Rejected : null,
                (BankDeed.Pending, _) => open ? Unanswered : null,
                (BankDeed.Tamper, _) => Settled,
                _ => null,
            };
            if (code is null)
                continue;
            yield return Status(transfer, code, order.Code, more: tampered ? Money.FromYuan(1) : Money.Zero);
            tampered = false;
        }
    }

    private TransactionStatus Status(CreditTransfer transfer, string code, string? reason, Money more) => new(
        transfer.EndToEndId,
        new ReportedStatus(code, code == Rejected ? [new StatusReason(reason ?? "AC04")] : []),
        BankReference: code == Settled ? RandomNumberGenerator.GetHexString(16) : null,
        Amount: transfer.Amount + more,
        SettledAmount: code == Settled ? transfer.Amount + more : null,
        SettledOn: code == Settled ? ChinaTime.DateOf(time.GetUtcNow()) : null);

    private async Task<BankFileInHand> FindAsync(PayRun run, CancellationToken cancel)
    {
        var fetched = await runs.ReadAsync(run.Id, cancel).AnyAsync(stored => stored.Recorded.Event is FileDownloaded { Kind: BankFileKind.PaymentOrder }, cancel);
        if (!fetched || await files.FindAsync(BankFileNames.Of(run.Id, BankFileKind.PaymentOrder), cancel) is not { } content)
            return new BankFileInHand(run.Id, null, [], 0, 0);
        using var stream = new MemoryStream(content, writable: false);
        var reading = await PaymentOrderReader.ReadAsync(stream, cancellation: cancel);
        var answers = await vault.AnswersAsync(run.Id, cancel);
        List<Func<string, ReportedStatus?>> latestFirst = [.. answers.Select(answer => answer.Report.StatusByEndToEndId()).Reverse()];
        return new BankFileInHand(
            run.Id,
            reading.Order ?? throw new InvalidOperationException($"The bank cannot read the file of {run.Id}: {reading.Refusal?.En}"),
            [.. reading.Transfers.Select(transfer => (transfer, latestFirst.Select(said => said(transfer.EndToEndId)).FirstOrDefault(status => status is not null)))],
            answers.Count(answer => !answer.Later),
            answers.Count(answer => answer.Later));
    }

    /// <summary>Its beginning sorts by time: the inbox is read in the order of names.</summary>
    private string NewMessageId() => string.Create(
        CultureInfo.InvariantCulture, $"BANK-{time.GetUtcNow():yyyyMMddHHmmssfff}-{RandomNumberGenerator.GetHexString(6)}");

    private static TimeSpan? Duration(string? text) => string.IsNullOrEmpty(text) ? null : XmlConvert.ToTimeSpan(text);
}
