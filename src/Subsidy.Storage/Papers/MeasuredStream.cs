using System.Security.Cryptography;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Papers;

/// <summary>Measures what is read through it: size, SHA-256, first bytes. Breaks off beyond a limit. Leaves its source open.</summary>
internal sealed class MeasuredStream(Stream source, long most) : ForwardStream(source)
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] start = new byte[ContentTypes.Needed];

    public long Size { get; private set; }

    public ReadOnlySpan<byte> Start => start.AsSpan(0, (int)Math.Min(Size, start.Length));

    /// <summary>Lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <exception cref="TooLargeException">There is more than <c>most</c> bytes of it.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Source.ReadAsync(buffer, cancellationToken);
        var bytes = buffer.Span[..read];
        hash.AppendData(bytes);
        if (Size < start.Length)
            bytes[..Math.Min(read, start.Length - (int)Size)].CopyTo(start.AsSpan((int)Size));
        Size += read;
        return Size <= most ? read : throw new TooLargeException();
    }

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }

    public sealed class TooLargeException : IOException;
}
