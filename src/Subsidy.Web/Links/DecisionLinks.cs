using System.Diagnostics.CodeAnalysis;
using System.Text;
using Subsidy.Storage.Sealing;

namespace Subsidy.Web.Links;

/// <summary>
/// Makes and reads the tokens of decision links (<see cref="SignedPayload"/>). A token is proof by itself; whether it still counts (the
/// round, the number, the seat) is for the application to say.
/// </summary>
public sealed class DecisionLinks(Secrets secrets)
{
    /// <summary>Long enough for any step, appeal included, and short enough that an old mailbox opens nothing.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(60);

    private const byte Format = 1;

    public string Make(DecisionLink link)
    {
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(link.Application);
            writer.Write(link.Assignment);
            writer.Write7BitEncodedInt(link.Round);
            writer.Write(link.Staff);
            writer.Write7BitEncodedInt(link.Number);
            writer.Write7BitEncodedInt64(link.Expires.ToUnixTimeSeconds());
        }
        return SignedPayload.Make(payload.ToArray(), Key);
    }

    /// <summary>An expired link is still returned with its fault, so that the page can say which case it was for.</summary>
    /// <returns>True when the link may be used at <paramref name="now"/>.</returns>
    public bool TryRead(string? token, DateTimeOffset now, [NotNullWhen(true)] out DecisionLink? link, out LinkFault fault)
    {
        link = SignedPayload.Verify(token, Key) is { } payload ? Parse(payload) : null;
        fault = link is null ? LinkFault.Forged : link.Expires <= now ? LinkFault.Expired : LinkFault.None;
        return fault is LinkFault.None;
    }

    private static DecisionLink? Parse(byte[] payload)
    {
        // Only signed bytes come here: what does not parse was made by another version of this software.
        using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
        return reader.ReadByte() == Format
            ? new DecisionLink(
                reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt(), reader.ReadString(), reader.Read7BitEncodedInt(),
                DateTimeOffset.FromUnixTimeSeconds(reader.Read7BitEncodedInt64()))
            : null;
    }

    private byte[] Key => secrets.Key(SecretPurpose.DecisionLinks);
}
