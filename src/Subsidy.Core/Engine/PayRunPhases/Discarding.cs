using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>Gives back all that was gathered: it is due again.</summary>
internal sealed class Discarding(RunFunds funds) : IChunkPhase
{
    public bool IsDone(PayRun run, ChunkState state, int answer) => state is ChunkState.Scattered;

    public async Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel)
    {
        await funds.ScatterAsync(run.Id, chunk.Lines.Select(line => line.Entitlement), cancel);
        return chunk with { State = ChunkState.Scattered };
    }

    public Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel) =>
        Task.FromResult<PayRunCommand>(new EndDiscarding());
}
