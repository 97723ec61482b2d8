using System.Diagnostics.CodeAnalysis;
using System.Text;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;

namespace Subsidy.Web.Links;

/// <summary>
/// Makes and reads the tokens of links by which pay runs are approved (<see cref="SignedPayload"/>), with the key of the decision links: the
/// first byte tells the two apart. Whether the person may still decide is for the run to say.
/// </summary>
public sealed class ApprovalLinks(Secrets secrets)
{
    private const byte Format = 2;

    private byte[] Key => secrets.Key(SecretPurpose.DecisionLinks);

    public string Make(ApprovalLink link)
    {
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(link.Run.ToString());
            writer.Write(link.Digest);
            writer.Write(link.Staff);
            writer.Write7BitEncodedInt64(link.Expires.ToUnixTimeSeconds());
        }
        return SignedPayload.Make(payload.ToArray(), Key);
    }

    /// <summary>An expired link is still returned with its fault.</summary>
    /// <returns>True when the link may be used at <paramref name="now"/>.</returns>
    public bool TryRead(string? token, DateTimeOffset now, [NotNullWhen(true)] out ApprovalLink? link, out LinkFault fault)
    {
        link = SignedPayload.Verify(token, Key) is { } payload ? Parse(payload) : null;
        fault = link is null ? LinkFault.Forged : link.Expires <= now ? LinkFault.Expired : LinkFault.None;
        return fault is LinkFault.None;
    }

    private static ApprovalLink? Parse(byte[] payload)
    {
        // Only signed bytes come here: what does not parse was made by another version of this software, or is a decision link.
        using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
        return reader.ReadByte() == Format && PayRunId.Parse(reader.ReadString()) is { } run
            ? new ApprovalLink(run, reader.ReadString(), reader.ReadString(), DateTimeOffset.FromUnixTimeSeconds(reader.Read7BitEncodedInt64()))
            : null;
    }
}
