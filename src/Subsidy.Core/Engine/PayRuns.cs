using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>What a run needs done now.</summary>
/// <param name="Chunks">Numbers of the chunks that are not done; in any order, several at once.</param>
public sealed record PayRunWork(PayRunPhase Phase, IReadOnlyList<int> Chunks);

/// <summary>
/// Carries a pay run on, in steps that may be repeated and done by several at once: plan, do each chunk, finish; again until there is no
/// plan. Whoever crashes, at whatever line, the next who does the step finishes it: the books know what is gathered, committed and
/// answered, and a chunk's row says how far it is.
/// </summary>
public sealed class PayRuns
{
    private readonly IPayRunBooks runs;
    private readonly IFundBooks books;
    private readonly PayRunDesk desk;
    private readonly LateWork late;
    private readonly Collecting collecting;
    private readonly BankFileWriting writing;
    private readonly AskingApprovers asking;
    private readonly Dictionary<PayRunPhase, IChunkPhase> phases;

    public PayRuns(
        IPayRunBooks runs,
        IFundBooks books,
        IStreams streams,
        ISchemes schemes,
        ITownship township,
        IHolds holds,
        IPayeeIndex payees,
        IClearances clearances,
        IPayeeDigests digests,
        IBankFiles files,
        FundDesk fundDesk,
        IFundRegister register,
        FundNewsDelivery news,
        IApproverMailer mailer,
        PayRunDesk desk)
    {
        (this.runs, this.books, this.desk) = (runs, books, desk);
        var funds = new RunFunds(fundDesk);
        late = new LateWork(runs, books, funds, news);
        collecting = new Collecting(runs, books);
        writing = new BankFileWriting(runs, files);
        asking = new AskingApprovers(desk, township, register, mailer);
        var wanted = new WantedPayments(streams, digests);
        var held = new HeldPayments(holds, desk);
        var flags = new FlagCheck(payees, clearances, schemes, township);
        phases = new Dictionary<PayRunPhase, IChunkPhase>
        {
            [PayRunPhase.Look] = new Looking(streams, schemes, wanted, held, flags),
            [PayRunPhase.Gather] = new Gathering(runs, held, flags, funds),
            [PayRunPhase.Commit] = new Committing(wanted, held, funds, news),
            [PayRunPhase.Answer] = new Answering(files, funds, news),
            [PayRunPhase.Discard] = new Discarding(funds),
        };
    }

    /// <summary>What is to be done now; null while people or the bank are awaited, when all is over, or where there is no such run.</summary>
    public async Task<PayRunWork?> PlanAsync(PayRunId run, CancellationToken cancel)
    {
        if (await runs.LoadAsync(run, cancel) is not { } sheet || sheet.Run.PhaseAt(desk.Now) is not { } phase)
            return null;
        if (phase is PayRunPhase.Ask && !asking.IsWanted(sheet.Run))
            return null;
        if (!phases.TryGetValue(phase, out var chunked))
            return new PayRunWork(phase, [0]);
        var left = new List<int>();
        await foreach (var tally in runs.TalliesAsync(sheet, cancel))
            if (!chunked.IsDone(sheet.Run, tally.State, tally.Answer))
                left.Add(tally.Number);
        return new PayRunWork(phase, left);
    }

    /// <summary>Does one chunk of a phase; nothing when the run is no longer in it, or the chunk is done.</summary>
    public async Task DoChunkAsync(PayRunId run, PayRunPhase phase, int chunk, CancellationToken cancel)
    {
        if (await runs.LoadAsync(run, cancel) is not { } sheet || sheet.Run.PhaseAt(desk.Now) != phase)
            return;
        if (phase is PayRunPhase.Collect)
            await desk.HandleAsync(run, await collecting.CollectAsync(sheet, cancel), cancel);
        else if (phase is PayRunPhase.Write)
            await desk.HandleAsync(run, await writing.WriteAsync(sheet, cancel), cancel);
        else if (phase is PayRunPhase.Ask)
            await asking.AskAsync(sheet.Run, cancel);
        else
            await DoAsync(sheet, phases[phase], chunk, cancel);
    }

    /// <summary>Ends the phase when every chunk of it is done; otherwise nothing.</summary>
    public async Task<PayRun?> FinishAsync(PayRunId run, PayRunPhase phase, CancellationToken cancel)
    {
        if (await runs.LoadAsync(run, cancel) is not { } sheet)
            return null;
        if (sheet.Run.PhaseAt(desk.Now) != phase || !phases.TryGetValue(phase, out var chunked))
            return sheet.Run;
        var tallies = await runs.TalliesAsync(sheet, cancel).ToListAsync(cancel);
        if (tallies.Count != sheet.Run.Chunks)
            throw new InvalidOperationException($"{run} has {tallies.Count} chunks and counts {sheet.Run.Chunks}.");
        if (tallies.Any(tally => !chunked.IsDone(sheet.Run, tally.State, tally.Answer)))
            return sheet.Run;
        return (await desk.HandleAsync(run, await chunked.EndAsync(sheet.Run, tallies, cancel), cancel)).Run;
    }

    /// <summary>Goes on until people or the bank are awaited, or all is over.</summary>
    /// <param name="atOnce">Chunks at a time.</param>
    public async Task<PayRun?> RunToEndAsync(PayRunId run, int atOnce, CancellationToken cancel)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel };
        while (await PlanAsync(run, cancel) is { } work)
        {
            await Parallel.ForEachAsync(work.Chunks, options, async (chunk, stop) => await DoChunkAsync(run, work.Phase, chunk, stop));
            await FinishAsync(run, work.Phase, cancel);
        }
        return await desk.FindAsync(run, cancel);
    }

    /// <summary>
    /// For the patrol: carries on every run that somebody has left in the middle, and undoes what a worker has done that came too late. One run
    /// that fails does not keep the others waiting.
    /// </summary>
    /// <exception cref="AggregateException">One <see cref="PayRunTendingException"/> for each run that failed.</exception>
    public async Task TendAsync(CancellationToken cancel)
    {
        var failures = new List<Exception>();
        foreach (var run in await runs.UnfinishedAsync(cancel))
        {
            try
            {
                await TendAsync(run, cancel);
            }
            catch (PayRunTendingException failure)
            {
                failures.Add(failure);
            }
        }
        await TidyAsync(cancel);
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    /// <summary>Carries one run on as far as it goes without people and bank; one that is over leaves the list of the unfinished.</summary>
    /// <exception cref="PayRunTendingException">It failed.</exception>
    public async Task TendAsync(PayRunId run, CancellationToken cancel)
    {
        try
        {
            if (await RunToEndAsync(run, atOnce: 4, cancel) is null or { Final: true })
                await runs.ForgetAsync(run, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            throw new PayRunTendingException(run, failure);
        }
    }

    /// <summary>Gives back what a worker that came too late has gathered for a run that is over.</summary>
    public async Task TidyAsync(CancellationToken cancel)
    {
        foreach (var fund in await books.AllAsync(cancel))
            await late.UndoAsync(fund, cancel);
    }

    /// <summary>The lines of one chunk, for people who may see them.</summary>
    public async Task<PayChunk?> LinesAsync(PayRunId run, int chunk, CancellationToken cancel) =>
        await runs.LoadAsync(run, cancel) is { } sheet && sheet.Run.Counts(chunk) ? (await runs.FindAsync(sheet, chunk, cancel))?.Chunk : null;

    /// <summary>The next chunk with lines that were left out, failed or are disputed; null where there is none. Opens none of them.</summary>
    public async Task<int?> NextRemarkableAsync(PayRunId run, int after, CancellationToken cancel) =>
        await runs.LoadAsync(run, cancel) is { Run.Remarkable: true } sheet
            ? (await runs.TalliesAsync(sheet, cancel).FirstOrDefaultAsync(tally => tally.Number > after && tally.Remarkable, cancel))?.Number
            : null;

    private async Task DoAsync(PayRunSheet sheet, IChunkPhase phase, int number, CancellationToken cancel)
    {
        var (run, own, lost) = (sheet.Run, false, false);
        while (true)
        {
            var before = await runs.FindAsync(sheet, number, cancel) ?? throw new InvalidOperationException($"{run.Id} has no chunk {number}.");
            if (phase.IsDone(run, before.Chunk.State, before.Chunk.Answer))
            {
                if (lost)
                    await phase.LostAsync(run, before.Chunk, cancel);
                await phase.TellAsync(run, before.Chunk, cancel);
                return;
            }
            var after = own ? await phase.StepAsync(run, before.Chunk, cancel) : await phase.ResumeAsync(run, before.Chunk, cancel);
            own = await WriteAsync(sheet, new ChunkChange(before, after), cancel);
            lost |= !own;
        }
    }

    /// <summary>What was approved and is left out now is written down in the same transaction.</summary>
    private async Task<bool> WriteAsync(PayRunSheet sheet, ChunkChange change, CancellationToken cancel)
    {
        var dropped = sheet.Run.State is PayRunState.Committing
            ? change.Before.Chunk.Lines.Zip(change.After.Lines).Where(pair => pair is { First.Included: true, Second.Included: false })
                .Select(pair => new DroppedLine(pair.Second.Entitlement, pair.Second.Amount, pair.Second.Excluded!.Value)).ToList()
            : [];
        return dropped.Count == 0
            ? await runs.ReplaceAsync(sheet, change, cancel)
            : (await desk.HandleAsync(sheet.Run.Id, new DropLines(change.After.Number, dropped), change, cancel)).Written;
    }
}
