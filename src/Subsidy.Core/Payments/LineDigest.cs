using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Core.Payments;

/// <summary>
/// What an approver puts their name to: SHA-256 over <c>entitlement|attempt|fen|payee digest</c>, a line each with a line feed, of the
/// lines of a chunk; and over the chunks' digests, in order, for the run. The payee enters as a keyed hash, so that nobody can find an
/// account by trying.
/// </summary>
public static class LineDigest
{
    public static string Of(IEnumerable<PayLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return Of(lines.Select(line => string.Create(
            CultureInfo.InvariantCulture, $"{line.Entitlement}|{line.Attempt}|{line.Amount.Fen}|{line.PayeeDigest}")));
    }

    public static string OfRun(IEnumerable<ChunkTally> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return Of(chunks.OrderBy(chunk => chunk.Number).Select(chunk => chunk.Digest));
    }

    private static string Of(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line + '\n'));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
