using System.Buffers.Text;
using System.Security.Cryptography;

namespace Subsidy.Web.Links;

/// <summary>A token that stands in a link: base64url of a payload and its HMAC-SHA-256. A payload's first byte says what kind it is of.</summary>
internal static class SignedPayload
{
    private const int MaxTokenLength = 512;

    public static string Make(byte[] payload, byte[] key) => Base64Url.EncodeToString([.. payload, .. HMACSHA256.HashData(key, payload)]);

    /// <returns>Null when it was not made here, or was altered.</returns>
    public static byte[]? Verify(string? token, byte[] key)
    {
        if (token is null or { Length: > MaxTokenLength } || !Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= HMACSHA256.HashSizeInBytes)
            return null;
        var payload = bytes[..^HMACSHA256.HashSizeInBytes];
        // A second spelling of the same bytes (padding, spaces) is not the token that was sent.
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, payload), bytes.AsSpan(payload.Length)) && Base64Url.EncodeToString(bytes) == token
            ? payload
            : null;
    }
}
