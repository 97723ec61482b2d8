using System.Text;
using Azure.Storage.Blobs.Specialized;

namespace Subsidy.Storage.Papers;

/// <summary>
/// Knows one thing only: the EICAR test file, by which one sees that the way through a scanner works. It is no protection; a real
/// scanner takes its place.
/// </summary>
internal sealed class EicarScanner : IScanner
{
    // In two parts, so that no scanner takes this file, or the program made of it, for the test file itself.
    private static readonly byte[] Signature =
        [.. Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"), .. Encoding.ASCII.GetBytes("-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")];

    public async Task<Verdict> ScanAsync(BlobBaseClient copy, CancellationToken cancel)
    {
        await using var content = await PaperBlobs.ReadAsync(copy, cancel);
        return await IsCleanAsync(content, cancel) ? Verdict.Clean : Verdict.Harmful;
    }

    internal static async Task<bool> IsCleanAsync(Stream content, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        var kept = 0;
        while (true)
        {
            var read = await content.ReadAsync(buffer.AsMemory(kept), cancel);
            if (read == 0)
                return true;
            var seen = buffer.AsSpan(0, kept + read);
            if (seen.IndexOf(Signature) >= 0)
                return false;
            // The signature may lie across two reads: as much as could be its beginning is looked at again.
            var tail = seen[Math.Max(0, seen.Length - Signature.Length + 1)..];
            kept = tail.Length;
            tail.CopyTo(buffer);
        }
    }
}
