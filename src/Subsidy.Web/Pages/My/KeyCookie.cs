using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Subsidy.Web.Pages.My;

/// <summary>
/// Remembers for half an hour which application a browser may see, so that reference and key are typed once and never stand in an
/// address.
/// </summary>
internal sealed class KeyCookie(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly ProtectedCookie _cookie = new("subsidy-application", TimeSpan.FromMinutes(30), protection, time);

    public void Write(HttpContext http, string applicationId) => _cookie.Write(http, applicationId);

    /// <summary>The application's id, or null.</summary>
    public string? Read(HttpContext http) => _cookie.Read(http);

    public void Clear(HttpContext http) => _cookie.Clear(http);
}
