using Subsidy.Web.Http;
using Subsidy.Web.Mail;

namespace Subsidy.Web;

/// <summary>Settings of the pipeline, the same in every head.</summary>
public sealed class WebSettings
{
    /// <summary>Where people reach this site; it begins every link in a mail. No slash at its end.</summary>
    public string PublicBaseUrl { get; set; } = "http://localhost:7071";

    /// <summary>Lets anyone choose at <c>/sign-in</c> which member of staff to be. For one machine with a sample township only.</summary>
    public bool AllowLocalSignIn { get; set; }

    /// <summary>
    /// Whether the platform in front signs people in and sets <c>X-MS-CLIENT-PRINCIPAL</c> itself (App Service Authentication sets
    /// <c>WEBSITE_AUTH_ENABLED</c>). Otherwise the header is anybody's claim and is not read.
    /// </summary>
    public bool PlatformSignsIn { get; set; }

    /// <summary>Number of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; 0 believes none.</summary>
    public int TrustedProxies { get; set; }

    public RateLimitSettings RateLimits { get; set; } = new();

    public MailSettings Mail { get; set; } = new();
}
