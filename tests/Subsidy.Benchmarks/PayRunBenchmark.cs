using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Funds;

namespace Subsidy.Benchmarks;

/// <summary>A pay run from what is due until every payment is settled, by the code that both heads run.</summary>
internal sealed class PayRunBenchmark(Township township)
{
    private const string Preparer = "qian-duoduo";
    private const string Approver = "bao-qingtian";

    /// <summary>Chunks at a time, as on Local.</summary>
    private const int AtOnce = 4;

    private readonly List<Phase> phases = [];

    private PayRunDesk Desk => township.Get<PayRunDesk>();

    public async Task<IReadOnlyList<Phase>> RunAsync(int count, CancellationToken cancel)
    {
        await MeasureAsync("(seeding)", count, () => new Granting(township).GrantAsync(count, cancel));
        var opened = await Desk.OpenAsync(Preparer, township.Fund, new DateOnly(2026, 3, 31), "benchmark", cancel);
        var id = opened.Run?.Id ?? throw new InvalidOperationException(opened.Refusal!.Faults[0].Message.En);
        var prepared = await CarryOnAsync(id, count, cancel);
        Demand(prepared.Prepared!.Included.Count == count, "every payment is included");

        var approved = await Desk.HandleAsync(id, new ApproveRun(Approver, prepared.Prepared.Digest), cancel);
        Demand(approved.Refusal is null, "the run is approved");
        var sent = await CarryOnAsync(id, count, cancel);
        Demand(sent.File is not null && sent.OneCard is not null, "the files are written");
        Console.WriteLine($"pain.001: {sent.File!.Length} bytes, {sent.File.Length / count} each; one-card: {sent.OneCard!.Length} bytes");

        await MeasureAsync("Download", count, async () => Demand(
            (await township.Get<PayRunFiles>().DownloadAsync(id, BankFileKind.PaymentOrder, Approver, cancel)).Refusal is null, "the file is handed out"));
        var answer = await AnswerOfAllAsync(sent, cancel);
        Console.WriteLine($"pain.002: {answer.Length} bytes");
        await MeasureAsync("Upload answer", count, async () => Demand(
            (await township.Get<BankAnswers>().UploadAsync(answer, Preparer, cancel)).Fate is AnswerFate.Proposed, "the answer fits"));
        var proposed = (await Desk.FindAsync(id, cancel))!.Proposed!;
        await MeasureAsync("Look at answer", count, async () => Demand(
            (await township.Get<BankAnswers>().PreviewAsync(id, cancel))!.Changes[LineOutcome.Settled] == sent.Ordered!.Total, "all would be paid"));
        await MeasureAsync("Confirm answer", count, async () => Demand(
            await township.Get<BankAnswers>().ConfirmAsync(id, proposed.Sha256, Approver, cancel) is null, "the answer is taken"));
        answer.SetLength(0);
        answer.Capacity = 0;
        var closed = await CarryOnAsync(id, count, cancel);
        Demand(closed.State is PayRunState.Closed, "the run is closed");
        Demand(closed.Outcomes[LineOutcome.Settled] == sent.Ordered!.Total, "every payment is settled");

        await MeasureAsync("Patrol", count, () => township.Get<PayRuns>().TendAsync(cancel));
        await MeasureAsync("Page", count, async () => await township.Get<PayRuns>().LinesAsync(id, closed.Chunks - 1, cancel));
        await MeasureAsync("Verify books", count, async () => Demand(
            (await township.Get<FundLedgers>().VerifyAsync(township.Fund, cancel))!.Sound, "the books are sound"));
        return phases;
    }

    private async Task<PayRun> CarryOnAsync(PayRunId id, int count, CancellationToken cancel)
    {
        var runs = township.Get<PayRuns>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        while (true)
        {
            using var clock = new PhaseClock(township.Meter);
            if (await runs.PlanAsync(id, cancel) is not { } work)
                return (await Desk.FindAsync(id, cancel))!;
            await Parallel.ForEachAsync(work.Chunks, options, async (chunk, stop) =>
            {
                await runs.DoChunkAsync(id, work.Phase, chunk, stop);
                clock.Lap(work.Chunks.Count == 1 ? 0 : PayChunk.MostLines);
            });
            await runs.FinishAsync(id, work.Phase, cancel);
            Add(clock.End(work.Phase.ToString(), count));
        }
    }

    private async Task MeasureAsync(string name, int count, Func<Task> work)
    {
        using var clock = new PhaseClock(township.Meter);
        await work();
        Add(clock.End(name, count));
    }

    private void Add(Phase phase)
    {
        Console.Error.WriteLine($"{phase.Name}: {phase.Time}");
        phases.Add(phase);
    }

    /// <summary>The bank has read the order and has paid every transfer of it.</summary>
    private async Task<MemoryStream> AnswerOfAllAsync(PayRun run, CancellationToken cancel)
    {
        using var order = new MemoryStream((await township.Get<IBankFiles>().FindAsync(BankFileNames.Of(run.Id, BankFileKind.PaymentOrder), cancel))!);
        var reading = await PaymentOrderReader.ReadAsync(order, cancellation: cancel);
        Demand(reading.Order is not null, "the bank can read the order");
        var day = new DateOnly(2026, 3, 31);
        var report = new PaymentStatusReport(
            "bank-1",
            township.Time.GetUtcNow(),
            run.Id.ToString(),
            null,
            [.. reading.Transfers.Select(transfer => new TransactionStatus(
                transfer.EndToEndId, new ReportedStatus("ACSC"), $"B{transfer.EndToEndId}", transfer.Amount, transfer.Amount, day))],
            reading.Order!.Count,
            reading.Order.ControlSum);
        var answer = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(report, answer, cancel);
        answer.Position = 0;
        return answer;
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"It does not hold that {what}.");
    }
}
