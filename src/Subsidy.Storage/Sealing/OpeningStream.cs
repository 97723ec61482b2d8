using System.Security.Cryptography;

namespace Subsidy.Storage.Sealing;

/// <summary>Reads sealed content and gives it plain. What it gives has been proven, chunk by chunk; only its end proves that nothing was cut.</summary>
internal sealed class OpeningStream(Stream box, byte[] key, string context)
    : ChunkStream(box, ChunkCipher.ChunkLength + ChunkCipher.TagLength)
{
    private readonly byte[] chunk = new byte[ChunkCipher.ChunkLength + ChunkCipher.TagLength];
    private ChunkCipher? cipher;

    protected override async ValueTask<ReadOnlyMemory<byte>> BeginAsync(CancellationToken cancel)
    {
        var prefix = new byte[ChunkCipher.PrefixLength];
        if (await Source.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancel) < prefix.Length)
            throw new CryptographicException("The sealed content was cut.");
        cipher = new ChunkCipher(key, context, prefix);
        return default;
    }

    /// <exception cref="CryptographicException">Altered, reordered or cut.</exception>
    protected override ReadOnlyMemory<byte> Turn(ReadOnlySpan<byte> content, bool last)
    {
        if (content.Length < ChunkCipher.TagLength)
            throw new CryptographicException("The sealed content was cut.");
        cipher!.Open(content, last, chunk.AsSpan(0, content.Length));
        return chunk.AsMemory(0, content.Length - ChunkCipher.TagLength);
    }

    protected override void Dispose(bool disposing)
    {
        cipher?.Dispose();
        base.Dispose(disposing);
    }
}
