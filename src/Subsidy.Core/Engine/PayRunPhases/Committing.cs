using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Commits what was approved, but for what is held, withdrawn or changed since. First it is written what is dropped, then the books are
/// told: so of two who do it at once, neither commits what the other has dropped.
/// </summary>
internal sealed class Committing(WantedPayments wanted, HeldPayments held, RunFunds funds, FundNewsDelivery news) : IChunkPhase
{
    public bool IsDone(PayRun run, ChunkState state, int answer) => state >= ChunkState.Committed;

    public Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel) =>
        chunk.State is ChunkState.Confirmed ? CommitAsync(run, chunk, cancel) : ConfirmAsync(run, chunk, cancel);

    public Task TellAsync(PayRun run, PayChunk chunk, CancellationToken cancel) =>
        news.TellAsync(run.Id.Fund, [.. chunk.Included.Select(line => line.Entitlement)], cancel);

    public Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel) => Task.FromResult<PayRunCommand>(
        new EndCommitting(chunks.Aggregate(default(Total), (sum, chunk) => sum + chunk.Included), LineDigest.OfRun(chunks)));

    private async Task<PayChunk> ConfirmAsync(PayRun run, PayChunk chunk, CancellationToken cancel) =>
        chunk with { State = ChunkState.Confirmed, Lines = await StillWantedAsync(run, chunk, cancel) };

    /// <summary>What is held is not opened: so a hold leads a run past an application that can no longer be.</summary>
    private async Task<PayLine[]> StillWantedAsync(PayRun run, PayChunk chunk, CancellationToken cancel) => await WantedPayments.EachAsync(
        await held.LeaveOutAsync(run, chunk.Lines, cancel), async (line, stop) => line.Included ? await wanted.ConfirmAsync(line, stop) : line, cancel);

    private async Task<PayChunk> CommitAsync(PayRun run, PayChunk chunk, CancellationToken cancel)
    {
        await funds.ScatterAsync(run.Id, chunk.Lines.Where(line => !line.Included).Select(line => line.Entitlement), cancel);
        var positions = await funds.CommitAsync(run.Id, chunk.Included, cancel);
        return chunk with
        {
            State = ChunkState.Committed,
            Lines = [.. chunk.Lines.Select(line => !line.Included || IsCommitted(run, line, positions.GetValueOrDefault(line.Entitlement))
                ? line
                : line with { Excluded = Exclusion.Taken })],
        };
    }

    private static bool IsCommitted(PayRun run, PayLine line, Position? position) =>
        position is { State: PositionState.Committed } && position.Run == run.Id.ToString() && position.Attempt == line.Attempt && position.Amount == line.Amount;
}
