namespace Subsidy.Storage.Sealing;

/// <summary>Turns one stream into another, chunk by chunk, and knows which chunk is the last.</summary>
/// <param name="source">Disposed of with this stream.</param>
/// <param name="chunkLength">Of the source's chunks.</param>
internal abstract class ChunkStream(Stream source, int chunkLength) : ForwardStream(source)
{
    private byte[] current = new byte[chunkLength];
    private byte[] following = new byte[chunkLength];
    private int followingLength = -1;
    private ReadOnlyMemory<byte> ready;
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (ready.IsEmpty && !ended)
        {
            // One chunk ahead: only so is it known whether this one is the last.
            if (followingLength < 0)
            {
                ready = await BeginAsync(cancellationToken);
                followingLength = await Source.ReadAtLeastAsync(following, chunkLength, throwOnEndOfStream: false, cancellationToken);
                if (!ready.IsEmpty)
                    break;
            }
            (current, following) = (following, current);
            var length = followingLength;
            followingLength = length < chunkLength
                ? 0
                : await Source.ReadAtLeastAsync(following, chunkLength, throwOnEndOfStream: false, cancellationToken);
            ended = followingLength == 0;
            ready = Turn(current.AsSpan(0, length), ended);
        }
        var count = Math.Min(buffer.Length, ready.Length);
        ready[..count].CopyTo(buffer);
        ready = ready[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Source.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Before the first chunk: reads or gives what stands at the start.</summary>
    protected abstract ValueTask<ReadOnlyMemory<byte>> BeginAsync(CancellationToken cancel);

    protected abstract ReadOnlyMemory<byte> Turn(ReadOnlySpan<byte> chunk, bool last);
}
