using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Subsidy.Core.Engine;
using Subsidy.Core.Township;
using Subsidy.Web.Http;

namespace Subsidy.Web.Staff;

/// <summary>
/// Says who is signed in: by the platform's header where the platform sets it, or by the choice at <c>/sign-in</c> where that is
/// allowed. Somebody whom the platform knows and the staff register does not is signed in, and may do nothing.
/// </summary>
internal sealed class StaffAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<WebSettings> settings, ITownship township,
    StaffCookie cookie)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "staff";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TrustsHeader && PlatformPrincipal.Read(Request.Headers[PlatformPrincipal.Header]) is { } principal)
            return Task.FromResult(SignedIn(Find(principal)));
        if (settings.Value.AllowLocalSignIn && township.Register.Find(cookie.Read(Context)) is { } chosen)
            return Task.FromResult(SignedIn(chosen));
        return Task.FromResult(AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!Negotiation.WantsHtml(Request) || !HttpMethods.IsGet(Request.Method))
            return Failures.Of(StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
        var back = UrlEncoder.Encode(Request.PathBase + Request.Path + Request.QueryString);
        Response.Redirect(settings.Value.AllowLocalSignIn ? $"/sign-in?returnTo={back}" : $"/.auth/login/aad?post_login_redirect_uri={back}");
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Failures.Of(StatusCodes.Status403Forbidden).ExecuteAsync(Context);

    /// <summary>Elsewhere the header is anybody's claim. On a machine of one's own one may make it, and only there.</summary>
    private bool TrustsHeader => settings.Value.PlatformSignsIn
        || (settings.Value.AllowLocalSignIn && Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));

    /// <summary>The sample township's people have no account with Microsoft: on one's own machine they go by their id in the tenant <c>local</c>.</summary>
    private StaffMember? Find(string principal) => township.Register.Staff.FirstOrDefault(person =>
        person.Principal == principal || (settings.Value.AllowLocalSignIn && principal == $"local/{person.Id}"));

    private static AuthenticateResult SignedIn(StaffMember? person)
    {
        var identity = new ClaimsIdentity(Scheme, CurrentStaff.IdClaim, ClaimTypes.Role);
        if (person is not null)
        {
            identity.AddClaim(new Claim(CurrentStaff.IdClaim, person.Id));
            identity.AddClaims(person.Grants.Select(grant => grant.Role).Distinct().Select(role => new Claim(ClaimTypes.Role, role)));
        }
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}
