using System.Security.Cryptography;

namespace Subsidy.Storage.Papers;

/// <summary>Reads sealed content and gives it plain. What it gives has been proven, chunk by chunk; only its end proves that nothing was cut.</summary>
internal sealed class OpeningStream(Stream box, byte[] key, string applicationId, string paperId)
    : ChunkStream(box, PaperCipher.ChunkLength + PaperCipher.TagLength)
{
    private readonly byte[] chunk = new byte[PaperCipher.ChunkLength + PaperCipher.TagLength];
    private PaperCipher? cipher;

    protected override async ValueTask<ReadOnlyMemory<byte>> BeginAsync(CancellationToken cancel)
    {
        var prefix = new byte[PaperCipher.PrefixLength];
        if (await Source.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancel) < prefix.Length)
            throw new CryptographicException("The sealed paper was cut.");
        cipher = new PaperCipher(key, applicationId, paperId, prefix);
        return default;
    }

    /// <exception cref="CryptographicException">Altered, reordered or cut.</exception>
    protected override ReadOnlyMemory<byte> Turn(ReadOnlySpan<byte> content, bool last)
    {
        if (content.Length < PaperCipher.TagLength)
            throw new CryptographicException("The sealed paper was cut.");
        cipher!.Open(content, last, chunk.AsSpan(0, content.Length));
        return chunk.AsMemory(0, content.Length - PaperCipher.TagLength);
    }

    protected override void Dispose(bool disposing)
    {
        cipher?.Dispose();
        base.Dispose(disposing);
    }
}
