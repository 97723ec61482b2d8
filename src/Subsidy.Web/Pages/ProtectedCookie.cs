using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Subsidy.Web.Pages;

/// <summary>A short text that a browser keeps for a while: encrypted, unreadable to scripts, void after its time.</summary>
internal sealed class ProtectedCookie(string name, TimeSpan life, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly ProtectedText _text = new(name, life, protection, time);

    public void Write(HttpContext http, string text) => http.Response.Cookies.Append(name, _text.Protect(text), Options(http));

    public string? Read(HttpContext http) => http.Request.Cookies[name] is { } kept ? _text.Open(kept) : null;

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(name, Options(http));

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };
}
