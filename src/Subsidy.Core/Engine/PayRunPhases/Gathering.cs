using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>Leaves out what is held or flagged, and takes the rest from the books, so that no other run does.</summary>
internal sealed class Gathering(IPayRunBooks runs, HeldPayments held, FlagCheck flags, RunFunds funds) : IChunkPhase
{
    public bool IsDone(PayRun run, ChunkState state, int answer) => state >= ChunkState.Gathered;

    public async Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel)
    {
        var lines = await WantedPayments.EachAsync(await held.LeaveOutAsync(run, chunk.Lines, cancel), (line, stop) => FlagAsync(run, line, stop), cancel);
        // Whoever did this before and died may have gathered what a hold or a flag keeps out now.
        await funds.ScatterAsync(run.Id, lines.Where(line => !line.Included).Select(line => line.Entitlement), cancel);
        var positions = await funds.GatherAsync(run.Id, lines.Where(line => line.Included).Select(line => line.Entitlement), cancel);
        return chunk with
        {
            State = ChunkState.Gathered,
            Lines = [.. lines.Select(line => Forget(line.Included ? Settle(run, line, positions.GetValueOrDefault(line.Entitlement)) : line))],
        };
    }

    public Task LostAsync(PayRun run, PayChunk now, CancellationToken cancel) => funds.ScatterAsync(
        run.Id, now.Lines.Where(line => !line.Included || now.State is ChunkState.Scattered).Select(line => line.Entitlement), cancel);

    public async Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel) => new EndGathering(new Preparation(
        chunks.Aggregate(default(Total), (sum, chunk) => sum + chunk.Included),
        Total.Merge(chunks.Select(chunk => chunk.Excluded)),
        Total.Merge(chunks.Select(chunk => chunk.Schemes)),
        await BeforeAsync(run, cancel),
        LineDigest.OfRun(chunks))
    {
        Concerned = [.. chunks.SelectMany(chunk => chunk.Concerned).Distinct().Order(StringComparer.Ordinal)],
        Deciders = [.. chunks.SelectMany(chunk => chunk.Deciders).Distinct().Order(StringComparer.Ordinal)],
    });

    private async Task<PayLine> FlagAsync(PayRun run, PayLine line, CancellationToken cancel) =>
        line.Included && await flags.CheckAsync(run, line, cancel) is { Count: > 0 } found
            ? line with { Flags = found, Excluded = found.Any(flag => flag.ClearedBy is null) ? Exclusion.Flagged : null }
            : line;

    /// <summary>The books have the last word on the amount and the attempt.</summary>
    private static PayLine Settle(PayRun run, PayLine line, Position? position) =>
        position is { State: PositionState.Gathered } && position.Run == run.Id.ToString()
            ? line with { Amount = position.Amount, Attempt = position.Attempt }
            : line with { Excluded = Exclusion.Taken };

    /// <summary>Of what is not paid, no account is kept.</summary>
    private static PayLine Forget(PayLine line) => line.Included ? line : line with { Payee = null, IdNumber = null, PayeeDigest = null, Remittance = "" };

    private async Task<RunBefore?> BeforeAsync(PayRun run, CancellationToken cancel)
    {
        foreach (var id in (await runs.AllAsync(run.Id.Fund, cancel)).Where(id => id.Number < run.Id.Number))
            if (await runs.LoadAsync(id, cancel) is { Run.Ordered: { } order })
                return new RunBefore(id, order.Total);
        return null;
    }
}
