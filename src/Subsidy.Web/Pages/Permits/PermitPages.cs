using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Pages.My;
using Subsidy.Web.Staff;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Pages.Permits;

/// <summary>Checking a permit, for anyone; the permit itself, for its holder and for staff in charge of the village.</summary>
internal static class PermitPages
{
    public static void MapPermitPages(this IEndpointRouteBuilder routes)
    {
        var permits = routes.MapGroup("/permits").RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
        permits.MapGet("", SearchAsync);
        permits.MapGet("/{number}", ShowAsync);
        permits.MapGet("/{number}/qr.svg", Code);
        permits.MapGet("/{number}/print", PrintAsync);
    }

    private static async Task<IResult> SearchAsync(string? number, [FromServices] PermitRegister register, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(number))
            return Page.Show<PermitSearchPage>(new PermitSearchModel(FormState.Empty));
        if (await register.FindAsync(number.Trim(), cancel) is { } found)
            return SeeOther.To(PathOf(found.Permit.Number));
        var typed = new Typed(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["number"] = number });
        return Page.Show<PermitSearchPage>(
            new PermitSearchModel(new FormState(typed, [new Fault("/number", Texts.NoPermit)])), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ShowAsync(
        string number, HttpContext http, [FromServices] PermitRegister register, KeyCookie mine, IStreams streams, ISchemes schemes, ITownship township,
        CancellationToken cancel)
    {
        if (await register.FindAsync(number, cancel) is not { } found)
            return Problem.Of(StatusCodes.Status404NotFound, "not-found", Texts.NoPermit);
        var file = await CaseFile.ReadAsync(found.ApplicationId, streams, schemes, cancel);
        return Page.Show<PermitPage>(new PermitModel(
            found.Permit.Number,
            file is null ? new Text(found.Permit.Kind, found.Permit.Kind) : Titles.Certificate(file.Scheme, found.Permit.Kind),
            !found.Permit.Revoked,
            found.Permit.IssuedAt,
            file?.Form is { } form ? Masking.Name(form.Applicant.Name) : null,
            file is not null && MayPrint(http, file.Application, mine, township)));
    }

    /// <summary>Says nothing that the number itself does not say, so it is drawn for any number.</summary>
    private static IResult Code(string number, IOptions<WebSettings> settings) =>
        Results.Bytes(QrCode.Svg($"{settings.Value.PublicBaseUrl}{PathOf(number)}"), "image/svg+xml");

    private static async Task<IResult> PrintAsync(
        string number, HttpContext http, [FromServices] PermitRegister register, KeyCookie mine, IStreams streams, ISchemes schemes, ITownship township,
        CancellationToken cancel)
    {
        if (await register.FindAsync(number, cancel) is not { } found
            || await CaseFile.ReadAsync(found.ApplicationId, streams, schemes, cancel) is not { } file)
        {
            return Problem.Of(StatusCodes.Status404NotFound, "not-found", Texts.NoPermit);
        }
        if (!MayPrint(http, file.Application, mine, township))
            return Failures.Of(StatusCodes.Status403Forbidden);
        var lines = file.Events.Select(recorded => recorded.Event).OfType<PermitsIssued>()
            .Select(issued => issued.Lines?.GetValueOrDefault(found.Permit.Number))
            .LastOrDefault(one => one is not null);
        return Page.Show<PermitPaperPage>(new PermitPaperModel(
            found.Permit.Number, Titles.Certificate(file.Scheme, found.Permit.Kind), township.Register.Name, file.Application.Reference,
            !found.Permit.Revoked, found.Permit.IssuedAt, lines ?? []));
    }

    private static bool MayPrint(HttpContext http, Application application, KeyCookie mine, ITownship township) =>
        mine.Read(http) == application.Id
        || (CurrentStaff.Of(http.User, township) is { } person && person.Grants.Any(grant => grant.Area is not Area.Village || grant.Village == application.Village));

    private static string PathOf(string number) => $"/permits/{Uri.EscapeDataString(number)}";
}
