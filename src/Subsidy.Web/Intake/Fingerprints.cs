using System.Text;
using System.Text.Json;
using Subsidy.Storage.Sealing;

namespace Subsidy.Web.Intake;

/// <summary>Digests by which a repeated request is known again, and another one under the same key is not taken for it.</summary>
internal sealed class Fingerprints(Secrets secrets)
{
    /// <param name="files">Kind and SHA-256 of each file, in the order of the request.</param>
    public string Of(JsonElement application, IEnumerable<(string Kind, string Sha256)> files)
    {
        var listed = string.Concat(files.Select(file => $"\n{file.Kind}\n{file.Sha256}"));
        byte[] content = [.. CanonicalJson.Of(application), .. Encoding.UTF8.GetBytes(listed)];
        return Convert.ToHexStringLower(secrets.Mac(SecretPurpose.Fingerprints, content));
    }
}
