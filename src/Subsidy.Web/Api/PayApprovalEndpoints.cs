using Microsoft.AspNetCore.Mvc;
using Subsidy.Web.Http;
using Subsidy.Web.Payments;

namespace Subsidy.Web.Api;

/// <summary>Approving a pay run through a link, for programs; people get the page of the same address.</summary>
internal static class PayApprovalEndpoints
{
    /// <summary>A digest and a reason.</summary>
    private const int MostBytes = 64 * 1024;

    public static void MapPayApprovalsApi(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/pay-approvals/{token}", DecideAsync)
        .WithTags("Pay runs")
        .RequireRateLimiting(RateLimits.Keyed)
        .WithMetadata(AnswersJson.Only)
        .WithSummary("Approve or discard a pay run, once")
        .WithDescription("With `Accept: application/json`. JSON, or a form with the same fields; `reason` is needed to discard.")
        .Accepts<ApprovalDocument>("application/json", "multipart/form-data", "application/x-www-form-urlencoded")
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
        .Answers(200, typeof(ApprovalAnswer), "Decided. `state` is the run's.")
        .Refuses(400, 403, 404, 409, 410, 413, 415, 422);

    private static async Task<IResult> DecideAsync(string token, HttpRequest request, ApprovalTaking approvals, CancellationToken cancel)
    {
        var opened = await approvals.OpenAsync(token, cancel);
        if (opened.Answer is not { } found)
            return opened.Problem!;
        if (found.Bar is { } bar)
            return bar;
        var read = await ApprovalRequest.ReadAsync(request, cancel);
        if (read.Answer is not { } decision)
            return read.Problem!;
        var outcome = await approvals.DecideAsync(found, decision, cancel);
        return outcome.Answer is { } answer ? TypedResults.Ok(answer) : outcome.Problem!;
    }
}

/// <param name="Digest">Of what was shown.</param>
internal sealed record ApprovalDocument(ApprovalDecision Decision, string Digest, string? Reason);
