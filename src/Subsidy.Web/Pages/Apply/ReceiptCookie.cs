using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Subsidy.Web.Pages.Apply;

/// <summary>
/// Carries what has just been submitted from the POST to the receipt. The access key itself derives from the application and stands in
/// neither cookie nor address; a quarter of an hour leaves time to reload and to print.
/// </summary>
internal sealed class ReceiptCookie(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly ProtectedCookie _cookie = new("subsidy-receipt", TimeSpan.FromMinutes(15), protection, time);

    public void Write(HttpContext http, string applicationId) => _cookie.Write(http, applicationId);

    /// <summary>The application's id, or null.</summary>
    public string? Read(HttpContext http) => _cookie.Read(http);
}
