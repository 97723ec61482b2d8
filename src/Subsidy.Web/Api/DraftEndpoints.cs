using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Subsidy.Core.Applications;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Keys;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Api;

/// <summary>An application in steps, for slow connections: a draft, one paper per request, then the form.</summary>
internal static class DraftEndpoints
{
    // A form's framing around one file.
    private const long MostBytes = PaperRules.MostBytes + 64 * 1024;

    public static void MapDrafts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/drafts", OpenAsync)
            .WithTags("Drafts")
            .WithSummary("Open a draft")
            .WithDescription("It is dropped when it is not submitted within 14 days. The same key with the same content again is given the same answer.")
            .Accepts<DraftDocument>("application/json")
            .RequireRateLimiting(RateLimits.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(JsonInput.MostBytes + 1))
            .Answers(201, typeof(IntakeAnswer), "Opened.")
            .Refuses(400, 413, 415, 422);
        endpoints.MapPut("/api/applications/{id}/papers/{kind}/{number:int}", AddPaperAsync)
            .WithTags("Drafts")
            .WithSummary("Add a paper")
            .WithDescription("The body is the file, or a form with one file. At most 20 MB; papers of a kind come in order, from 1. The same file again changes nothing.")
            .RequireRateLimiting(RateLimits.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Answers(200, typeof(PaperAnswer), "It is there.")
            .Refuses(400, 404, 409, 413, 422);
        endpoints.MapPost("/api/applications/{id}/submission", SubmitAsync)
            .WithTags("Drafts")
            .WithSummary("Submit a draft")
            .Accepts<FormDocument>("application/json")
            .RequireRateLimiting(RateLimits.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(JsonInput.MostBytes + 1))
            .Answers(200, typeof(IntakeAnswer), "Taken. `status` says whether it goes its way or is a duplicate of an earlier one.")
            .Refuses(400, 404, 413, 415, 422);
    }

    private static async Task<IResult> OpenAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey, HttpRequest request, Drafts drafts, CancellationToken cancel)
    {
        if (IdempotencyKey.Read(idempotencyKey) is not { } key)
            return IdempotencyKey.Missing;
        var read = await JsonInput.ReadBodyAsync(request, cancel);
        using var document = read.Document;
        if (read.Problem is { } malformed)
            return malformed;
        var faults = new List<Fault>();
        var fields = new JsonFields(read.Root, "", faults);
        var (scheme, village) = (fields.Text("scheme"), fields.Text("village"));
        fields.Close();
        if (faults.Count > 0)
            return Problem.Of(Refusal.Invalid(faults));
        var outcome = await drafts.OpenAsync(key, scheme, village, cancel);
        return outcome.Answer is { } answer ? TypedResults.Created($"/api/applications/{answer.Id}", answer) : outcome.Problem!;
    }

    private static async Task<IResult> AddPaperAsync(
        string id, string kind, int number, [FromHeader(Name = AccessKeys.Header)] string? accessKey, HttpRequest request, Applicants applicants,
        Drafts drafts, CancellationToken cancel)
    {
        if (await applicants.OpenAsync(id, accessKey, cancel) is not { } head)
            return Failures.Of(StatusCodes.Status404NotFound);
        var (fileName, content) = await FileAsync(request, cancel);
        var outcome = await drafts.AddPaperAsync(head, kind, number, fileName, content, cancel);
        return outcome.Answer is { } answer ? TypedResults.Ok(answer) : outcome.Problem!;
    }

    private static async Task<(string? Name, Stream Content)> FileAsync(HttpRequest request, CancellationToken cancel)
    {
        if (MultipartRequest.Open(request, MostBytes) is not { } parts)
        {
            var name = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition)
                ? MultipartRequest.FileNameOf(disposition)
                : null;
            return (name, new BoundedStream(request.Body, MostBytes));
        }
        while (await parts.NextAsync(cancel) is { } part)
        {
            if (part is { IsFile: true, FileName: not null })
                return (part.FileName, part.Body);
        }
        throw new BadHttpRequestException("The form holds no file.");
    }

    private static async Task<IResult> SubmitAsync(
        string id, [FromHeader(Name = AccessKeys.Header)] string? accessKey, HttpRequest request, Applicants applicants, Drafts drafts, CancellationToken cancel)
    {
        if (await applicants.OpenAsync(id, accessKey, cancel) is not { } head)
            return Failures.Of(StatusCodes.Status404NotFound);
        var read = await JsonInput.ReadBodyAsync(request, cancel);
        using var document = read.Document;
        if (read.Problem is { } malformed)
            return malformed;
        var outcome = await drafts.SubmitAsync(head, read.Root, cancel);
        return outcome.Answer is { } answer ? TypedResults.Ok(answer) : outcome.Problem!;
    }
}
