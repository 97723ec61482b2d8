using System.Security.Cryptography;

namespace Subsidy.Storage.Papers;

/// <summary>Reads plain content and gives it sealed.</summary>
internal sealed class SealingStream(Stream plain, byte[] key, string applicationId, string paperId) : ChunkStream(plain, PaperCipher.ChunkLength)
{
    private readonly byte[] prefix = RandomNumberGenerator.GetBytes(PaperCipher.PrefixLength);
    private readonly byte[] chunk = new byte[PaperCipher.ChunkLength + PaperCipher.TagLength];
    private PaperCipher? cipher;

    protected override ValueTask<ReadOnlyMemory<byte>> BeginAsync(CancellationToken cancel)
    {
        cipher = new PaperCipher(key, applicationId, paperId, prefix);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(prefix);
    }

    protected override ReadOnlyMemory<byte> Turn(ReadOnlySpan<byte> content, bool last)
    {
        cipher!.Seal(content, last, chunk);
        return chunk.AsMemory(0, content.Length + PaperCipher.TagLength);
    }

    protected override void Dispose(bool disposing)
    {
        cipher?.Dispose();
        base.Dispose(disposing);
    }
}
