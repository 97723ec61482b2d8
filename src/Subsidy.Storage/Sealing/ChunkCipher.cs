using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Storage.Sealing;

/// <summary>
/// Seals long content in chunks of 64 KiB, each with AES-256-GCM, in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015):
/// the nonce is <c>prefix (7) ‖ chunk number (4, big-endian) ‖ 1 for the last chunk, else 0 (1)</c>. So a chunk opens only in its
/// place, and content that was cut does not end. Sealed content is <c>prefix ‖ chunk ‖ chunk …</c>, a chunk <c>ciphertext ‖ tag (16)</c>.
/// </summary>
internal sealed class ChunkCipher : IDisposable
{
    public const int ChunkLength = 64 * 1024;
    public const int TagLength = 16;
    public const int PrefixLength = 7;

    private readonly AesGcm aes;
    private readonly byte[] nonce = new byte[12];
    private uint number;
    private bool ended;

    /// <param name="key">From which a key is derived that is used for this content alone.</param>
    /// <param name="context">Says what the content is and whose; it opens only in the context it was made for.</param>
    public ChunkCipher(byte[] key, string context, ReadOnlySpan<byte> prefix)
    {
        var own = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(context));
        aes = new AesGcm(own, TagLength);
        prefix.CopyTo(nonce);
    }

    /// <summary>Seals the next chunk. All but the last have full length.</summary>
    public void Seal(ReadOnlySpan<byte> plain, bool last, Span<byte> chunk) =>
        aes.Encrypt(Next(last), plain, chunk[..plain.Length], chunk.Slice(plain.Length, TagLength));

    /// <exception cref="CryptographicException">The chunk was altered, or does not belong here.</exception>
    public void Open(ReadOnlySpan<byte> chunk, bool last, Span<byte> plain) =>
        aes.Decrypt(Next(last), chunk[..^TagLength], chunk[^TagLength..], plain[..^TagLength]);

    public void Dispose() => aes.Dispose();

    private byte[] Next(bool last)
    {
        if (ended)
            throw new InvalidOperationException("The last chunk is past.");
        ended = last;
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(PrefixLength), checked(number++));
        nonce[^1] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}
