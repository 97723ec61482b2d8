using Microsoft.AspNetCore.Mvc;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Papers;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Keys;
using Subsidy.Web.Papers;
using Subsidy.Web.Views;

namespace Subsidy.Web.Api;

/// <summary>Handing in an application, and seeing how it stands.</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplications(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/applications").WithTags("Applications");
        group.MapPost("/", SubmitAsync)
            .WithSummary("Hand in an application and its papers in one request")
            .WithDescription("The part `application` comes first. 25 MB in all. The same key with the same content again is given the same answer.")
            .Accepts<ApplicationForm>("multipart/form-data")
            .RequireRateLimiting(RateLimits.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(Submissions.MostBytes))
            .Answers(201, typeof(IntakeAnswer), "Taken. `status` says whether it goes its way or is a duplicate of an earlier one.")
            .Refuses(400, 413, 415, 422);
        group.MapGet("/{id}", ShowAsync)
            .WithSummary("How an application stands")
            .RequireRateLimiting(RateLimits.Keyed)
            .Answers(200, typeof(ApplicationView), "What is the applicant's to see.")
            .Refuses(404);
        group.MapGet("/{id}/papers/{paper}", DownloadAsync)
            .WithSummary("A paper that was handed in")
            .RequireRateLimiting(RateLimits.Keyed)
            .Answers(200, typeof(FileResult), "The file as it came.", "application/octet-stream")
            .Refuses(404);
    }

    private static async Task<IResult> SubmitAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey, HttpRequest request, Submissions submissions, CancellationToken cancel)
    {
        var outcome = await submissions.TakeAsync(IdempotencyKey.Read(idempotencyKey), request, cancel);
        return outcome.Answer is { } answer ? TypedResults.Created($"/api/applications/{answer.Id}", answer) : outcome.Problem!;
    }

    private static async Task<IResult> ShowAsync(
        string id, [FromHeader(Name = AccessKeys.Header)] string? accessKey, Applicants applicants, ApplicationViews views, CancellationToken cancel) =>
        await applicants.OpenAsync(id, accessKey, cancel) is { } head
            ? TypedResults.Ok(await views.OfAsync(head, cancel))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> DownloadAsync(
        string id, string paper, [FromHeader(Name = AccessKeys.Header)] string? accessKey, Applicants applicants, IStreams streams, IPaperStore store, CancellationToken cancel)
    {
        if (await applicants.OpenAsync(id, accessKey, cancel) is not { Application: var application })
            return Failures.Of(StatusCodes.Status404NotFound);
        var events = await streams.ReadAsync(application.Id, cancel).Select(stored => stored.Recorded).ToListAsync(cancel);
        // A reviewer's pictures are not the applicant's papers.
        return PaperFile.Of(events).FirstOrDefault(file => file.Staff is null && file.Paper.Id == paper) is { } found
            ? new PaperDownload(store, application.Id, found)
            : Failures.Of(StatusCodes.Status404NotFound);
    }
}
