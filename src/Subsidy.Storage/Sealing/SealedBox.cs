using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Storage.Sealing;

/// <summary>
/// AES-256-GCM with a random nonce: <c>nonce (12) ‖ ciphertext ‖ tag (16)</c>. The context says what the box is and whose; a box opens
/// only in the context it was made for.
/// </summary>
internal static class SealedBox
{
    public const int Overhead = NonceLength + TagLength;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <param name="context">Parts without line breaks, so that joining them by one is unambiguous.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, params ReadOnlySpan<string> context)
    {
        var box = new byte[Overhead + plain.Length];
        var nonce = box.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceLength, plain.Length), box.AsSpan(NonceLength + plain.Length), Bytes(context));
        return box;
    }

    /// <exception cref="CryptographicException">Wrong key or context, or the box was altered.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> box, params ReadOnlySpan<string> context)
    {
        if (box.Length < Overhead)
            throw new CryptographicException("Too short for a sealed box.");
        var plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box[..NonceLength], box[NonceLength..^TagLength], box[^TagLength..], plain, Bytes(context));
        return plain;
    }

    private static byte[] Bytes(ReadOnlySpan<string> context) => Encoding.UTF8.GetBytes(string.Join('\n', context));
}
