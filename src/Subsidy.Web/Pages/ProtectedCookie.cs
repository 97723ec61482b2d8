using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Subsidy.Web.Pages;

/// <summary>A short text that a browser keeps for a while: encrypted, unreadable to scripts, void after its time.</summary>
internal sealed class ProtectedCookie(string name, TimeSpan life, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector($"Subsidy.Web.Pages.{name}.1");

    public void Write(HttpContext http, string text)
    {
        var until = (time.GetUtcNow() + life).ToUnixTimeSeconds();
        http.Response.Cookies.Append(name, _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until} {text}")), Options(http));
    }

    public string? Read(HttpContext http)
    {
        if (http.Request.Cookies[name] is not { } kept || Unprotect(kept)?.Split(' ', 2) is not [var until, var text])
            return null;
        return long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? text : null;
    }

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(name, Options(http));

    private string? Unprotect(string text)
    {
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            // Altered, or made under a key that is gone: as good as none.
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };
}
