using System.Security.Cryptography;
using System.Text;
using Subsidy.Storage.Sealing;

namespace Subsidy.Web.Keys;

/// <summary>
/// What an applicant shows to see and continue an application: 24 symbols (117 bits) that derive from its id. Nothing is stored, so
/// nothing can leak, and a repeated submission is given the same key.
/// </summary>
public sealed class AccessKeys(Secrets secrets)
{
    public const string Header = "X-Access-Key";
    public const int Length = 24;

    public string Of(string applicationId) => Symbols.Derive(secrets.Key(SecretPurpose.AccessKeys), applicationId, Length);

    /// <summary>Compares in constant time. Case, dashes and spaces of what a person typed do not count.</summary>
    public bool Fits(string applicationId, string? typed)
    {
        var normal = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-').Take(Length + 1)).ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(normal), Encoding.UTF8.GetBytes(Of(applicationId)));
    }

    /// <summary>In groups of four, as it is read out and written down.</summary>
    public static string Grouped(string accessKey) => string.Join('-', accessKey.Chunk(4).Select(group => new string(group)));
}
