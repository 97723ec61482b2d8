using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Commits what was approved, but for what is held, withdrawn or changed since. First it is written what is dropped, then the books are
/// told: so of two who do it at once, neither commits what the other has dropped. A chunk that somebody has confirmed and left is confirmed
/// once more; what falls out of it then is first given back by the books, which keep what they have committed by now.
/// </summary>
internal sealed class Committing(WantedPayments wanted, HeldPayments held, RunFunds funds, FundNewsDelivery news) : IChunkPhase
{
    public bool IsDone(PayRun run, ChunkState state, int answer) => state >= ChunkState.Committed;

    public Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel) =>
        chunk.State is ChunkState.Confirmed ? CommitAsync(run, chunk, chunk.Lines, cancel) : ConfirmAsync(run, chunk, cancel);

    public async Task<PayChunk> ResumeAsync(PayRun run, PayChunk chunk, CancellationToken cancel) => chunk.State is ChunkState.Confirmed
        ? await CommitAsync(run, chunk, await StillWantedAsync(run, chunk, cancel), cancel)
        : await StepAsync(run, chunk, cancel);

    public Task TellAsync(PayRun run, PayChunk chunk, CancellationToken cancel) =>
        news.TellAsync(run.Id.Fund, [.. chunk.Included.Select(line => line.Entitlement)], cancel);

    public Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel) => Task.FromResult<PayRunCommand>(
        new EndCommitting(chunks.Aggregate(default(Total), (sum, chunk) => sum + chunk.Included), LineDigest.OfRun(chunks)));

    private async Task<PayChunk> ConfirmAsync(PayRun run, PayChunk chunk, CancellationToken cancel) =>
        chunk with { State = ChunkState.Confirmed, Lines = await StillWantedAsync(run, chunk, cancel) };

    /// <summary>
    /// What is held is not opened: so a hold leads a run past an application that can no longer be. Who has joined the household since is seen
    /// when it was opened.
    /// </summary>
    private async Task<IReadOnlyList<PayLine>> StillWantedAsync(PayRun run, PayChunk chunk, CancellationToken cancel)
    {
        var confirmed = await WantedPayments.EachAsync(
            await held.LeaveOutAsync(run, chunk.Lines, cancel), async (line, stop) => line.Included ? await wanted.ConfirmAsync(line, stop) : line, cancel);
        return await held.LeaveOutAsync(run, confirmed, cancel);
    }

    /// <param name="wants">The chunk's lines, some of them left out now.</param>
    private async Task<PayChunk> CommitAsync(PayRun run, PayChunk chunk, IReadOnlyList<PayLine> wants, CancellationToken cancel)
    {
        var left = await funds.ScatterAsync(run.Id, wants.Where(line => !line.Included).Select(line => line.Entitlement), cancel);
        // Whoever confirmed them may have committed them: of that, nothing is dropped any more.
        var lines = chunk.Lines.Zip(wants, (line, now) =>
            line.Included && !now.Included && IsCommitted(run, line, left.GetValueOrDefault(line.Entitlement)) ? line : now).ToList();
        var positions = await funds.CommitAsync(run.Id, lines.Where(line => line.Included), cancel);
        return chunk with
        {
            State = ChunkState.Committed,
            Lines = [.. lines.Select(line => !line.Included || IsCommitted(run, line, positions.GetValueOrDefault(line.Entitlement))
                ? line
                : line with { Excluded = Exclusion.Taken })],
        };
    }

    private static bool IsCommitted(PayRun run, PayLine line, Position? position) =>
        position is { State: PositionState.Committed } && position.Run == run.Id.ToString() && position.Attempt == line.Attempt && position.Amount == line.Amount;
}
