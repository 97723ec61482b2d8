using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.People;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Http;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Api;

/// <summary>Checking a permit by its number, for programs; people get the page of the same address.</summary>
internal static class PermitEndpoints
{
    public static void MapPermits(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/permits/{number}", CheckAsync)
        .WithMetadata(AnswersJson.Only)
        .WithTags("Permits")
        .WithSummary("Check a permit")
        .WithDescription("With `Accept: application/json`.")
        .RequireRateLimiting(RateLimits.Keyed)
        .Answers(200, typeof(PermitCheck), "The permit was issued; `valid` says whether it still counts.")
        .Refuses(404);

    private static async Task<IResult> CheckAsync(
        string number, [FromServices] PermitRegister register, IStreams streams, ISchemes schemes, CancellationToken cancel)
    {
        if (await register.FindAsync(number, cancel) is not { } found)
            return Failures.Of(StatusCodes.Status404NotFound);
        var (permit, title, holder) = (found.Permit, found.Permit.Kind, (string?)null);
        if (found.Application is { } application)
        {
            var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
            title = Titles.Certificate(scheme, permit.Kind).In(CultureInfo.CurrentUICulture);
            var form = await streams.ReadAsync(application.Id, cancel)
                .Select(stored => stored.Recorded.Event switch { Submitted e => e.Form, Amended e => e.Form, _ => null })
                .LastOrDefaultAsync(form => form is not null, cancel);
            holder = form is null ? null : Masking.Name(form.Applicant.Name);
        }
        return TypedResults.Ok(new PermitCheck(permit.Number, permit.Kind, title, !permit.Revoked, permit.IssuedAt, holder));
    }
}

/// <param name="Title">In the language of the request.</param>
/// <param name="Holder">Masked; null once the holder's data is erased.</param>
internal sealed record PermitCheck(string Number, string Kind, string Title, bool Valid, DateTimeOffset IssuedAt, string? Holder);
