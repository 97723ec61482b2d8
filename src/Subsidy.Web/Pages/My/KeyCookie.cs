using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Subsidy.Web.Pages.My;

/// <summary>
/// Remembers for half an hour which application a browser may see, so that reference and key are typed once and never stand in an
/// address. Encrypted, unreadable to scripts, bound to this site.
/// </summary>
internal sealed class KeyCookie(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private const string Name = "subsidy-application";

    private readonly IDataProtector _protector = protection.CreateProtector("Subsidy.Web.Pages.KeyCookie.1");

    public void Write(HttpContext http, string applicationId)
    {
        var until = (time.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        http.Response.Cookies.Append(Name, _protector.Protect($"{until} {applicationId}"), Options(http));
    }

    /// <summary>The application's id, or null.</summary>
    public string? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { } sealedText || Unprotect(sealedText)?.Split(' ') is not [var until, var id])
            return null;
        return long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? id : null;
    }

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    private string? Unprotect(string text)
    {
        try
        {
            return _protector.Unprotect(text);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Altered, or made under a key that is gone: as good as none.
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };
}
