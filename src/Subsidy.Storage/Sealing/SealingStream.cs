using System.Security.Cryptography;

namespace Subsidy.Storage.Sealing;

/// <summary>Reads plain content and gives it sealed.</summary>
internal sealed class SealingStream(Stream plain, byte[] key, string context) : ChunkStream(plain, ChunkCipher.ChunkLength)
{
    private readonly byte[] prefix = RandomNumberGenerator.GetBytes(ChunkCipher.PrefixLength);
    private readonly byte[] chunk = new byte[ChunkCipher.ChunkLength + ChunkCipher.TagLength];
    private ChunkCipher? cipher;

    protected override ValueTask<ReadOnlyMemory<byte>> BeginAsync(CancellationToken cancel)
    {
        cipher = new ChunkCipher(key, context, prefix);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(prefix);
    }

    protected override ReadOnlyMemory<byte> Turn(ReadOnlySpan<byte> content, bool last)
    {
        cipher!.Seal(content, last, chunk);
        return chunk.AsMemory(0, content.Length + ChunkCipher.TagLength);
    }

    protected override void Dispose(bool disposing)
    {
        cipher?.Dispose();
        base.Dispose(disposing);
    }
}
