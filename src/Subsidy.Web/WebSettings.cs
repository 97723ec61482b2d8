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

    /// <summary>
    /// Whether what stands before this pipeline in the same process reads the forwarded headers, as the Functions worker does. Each
    /// reading believes <see cref="TrustedProxies"/> entries, so that a second one would believe what the client wrote itself.
    /// </summary>
    public bool PlatformReadsForwarded { get; set; }

    /// <summary>Id of the one Front Door that requests may come through; empty lets them come from anywhere.</summary>
    public string? FrontDoorId { get; set; }

    public RateLimitSettings RateLimits { get; set; } = new();

    public MailSettings Mail { get; set; } = new();
}
