using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Subsidy.Web.Staff;

/// <summary>Who one chose to be at <c>/sign-in</c>, on a machine that allows it. Protected: it cannot be written by hand.</summary>
internal sealed class StaffCookie(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Name = "subsidy-staff";
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly IDataProtector _protector = protection.CreateProtector("Subsidy.Web.Staff");

    public void Write(HttpContext http, string staff)
    {
        // The time stands inside: a browser's clock is nobody's proof.
        var until = (time.GetUtcNow() + Life).ToUnixTimeSeconds();
        http.Response.Cookies.Append(Name, _protector.Protect($"{until} {staff}"), Options(http));
    }

    public string? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { } value)
            return null;
        try
        {
            var parts = _protector.Unprotect(value).Split(' ', 2);
            return DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)) > time.GetUtcNow() ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true, Path = "/",
    };
}
