using System.Text.Json;

namespace Subsidy.Web.Staff;

/// <summary>
/// The header that App Service Authentication sets after a sign-in with Microsoft Entra: base64 of JSON with the token's claims.
/// </summary>
internal static class PlatformPrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private static readonly string[] Tenant = ["http://schemas.microsoft.com/identity/claims/tenantid", "tid"];
    private static readonly string[] Object = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];

    /// <returns><c>tenant/object</c>, by which the staff register knows people; null when the header says no such thing.</returns>
    public static string? Read(string? header)
    {
        if (string.IsNullOrEmpty(header))
            return null;
        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(header));
            var claims = json.RootElement.GetProperty("claims").EnumerateArray()
                .ToLookup(claim => claim.GetProperty("typ").GetString(), claim => claim.GetProperty("val").GetString());
            return Find(claims, Tenant) is { } tenant && Find(claims, Object) is { } id ? $"{tenant}/{id}" : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? Find(ILookup<string?, string?> claims, string[] names) =>
        names.SelectMany(name => claims[name]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
