using Microsoft.AspNetCore.Mvc;
using Subsidy.Web.Decisions;
using Subsidy.Web.Http;

namespace Subsidy.Web.Api;

/// <summary>Deciding through a link, for programs; people get the page of the same address.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisionsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/decisions/{token}").WithTags("Decisions").RequireRateLimiting(RateLimits.Keyed);
        group.MapPost("/", DecideAsync)
            .WithMetadata(AnswersJson.Only)
            .WithSummary("Decide, once")
            .WithDescription(
                "With `Accept: application/json`. JSON, or a form with the same fields: `checklist` once per item, `measurements` and `missing` as JSON, "
                + "pictures in parts `photos`.")
            .Accepts<DecisionDocument>("application/json", "multipart/form-data", "application/x-www-form-urlencoded")
            .WithMetadata(new RequestSizeLimitAttribute(DecisionTaking.MostBytes))
            .Answers(200, typeof(DecisionAnswer), "Decided. `status` and `step` say what that did.")
            .Refuses(400, 403, 404, 409, 410, 413, 415, 422);
        group.MapGet("/papers/{paper}", DownloadAsync)
            .WithSummary("A paper of the case")
            .Answers(200, typeof(Stream), "The file as it came.", "application/octet-stream")
            .Refuses(404, 410);
    }

    private static async Task<IResult> DecideAsync(string token, HttpRequest request, DecisionTaking decisions, CancellationToken cancel)
    {
        var outcome = await decisions.DecideAsync(token, request, cancel);
        return outcome.Answer is { } answer ? TypedResults.Ok(answer) : outcome.Problem!;
    }

    private static async Task<IResult> DownloadAsync(string token, string paper, DecisionTaking decisions, CancellationToken cancel)
    {
        var outcome = await decisions.FindPaperAsync(token, paper, cancel);
        return outcome.Answer is { } found ? found : outcome.Problem!;
    }
}
