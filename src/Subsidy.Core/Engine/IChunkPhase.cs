using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>A phase of a pay run, as it is done to one chunk. Every step may be done again, or by two at once: one of them is written.</summary>
internal interface IChunkPhase
{
    bool IsDone(PayRun run, ChunkState state, int answer);

    /// <summary>The chunk as it is to be written. A phase may take more than one step.</summary>
    Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel);

    /// <summary>The same for a chunk as somebody else has left it, perhaps long ago.</summary>
    Task<PayChunk> ResumeAsync(PayRun run, PayChunk chunk, CancellationToken cancel) => StepAsync(run, chunk, cancel);

    /// <summary>Somebody else was faster: what was done for a chunk that does not say so is undone.</summary>
    Task LostAsync(PayRun run, PayChunk now, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The chunk is done and written: whoever has to hear of it does.</summary>
    Task TellAsync(PayRun run, PayChunk chunk, CancellationToken cancel) => Task.CompletedTask;

    Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel);
}
