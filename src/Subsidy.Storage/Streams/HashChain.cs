using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Storage.Streams;

/// <summary>
/// Each event's hash covers the one before it:
/// <c>SHA-256(previous hash, 32 bytes ‖ application id, UTF-8 ‖ number, 4 bytes big-endian ‖ stored text, UTF-8)</c>. The first event's
/// previous hash is 32 zero bytes.
/// </summary>
/// <remarks>
/// Two different inputs never give the same bytes: the hash has a fixed length, an id holds no zero byte, and the number, below 2^24,
/// starts with one.
/// </remarks>
public static class HashChain
{
    public const int Length = SHA256.HashSizeInBytes;
    private const int MaxNumber = 1 << 24;

    /// <summary>What stands before the first event.</summary>
    public static byte[] Genesis => new byte[Length];

    public static byte[] Next(ReadOnlySpan<byte> previous, string applicationId, int number, ReadOnlySpan<byte> text)
    {
        if (previous.Length != Length)
            throw new ArgumentException($"A hash has {Length} bytes.", nameof(previous));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, MaxNumber);
        Span<byte> position = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(position, number);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(Encoding.UTF8.GetBytes(applicationId));
        hash.AppendData(position);
        hash.AppendData(text);
        return hash.GetHashAndReset();
    }
}
