using Microsoft.AspNetCore.Mvc;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Keys;
using Subsidy.Web.Views;

namespace Subsidy.Web.Api;

/// <summary>What an applicant does later: correct, withdraw, appeal, ask for the next step.</summary>
internal static class ApplicantEndpoints
{
    public static void MapApplicants(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/applications/{id}").WithTags("Applications").RequireRateLimiting(RateLimits.Intake);
        group.MapPost("/amendments", AmendAsync)
            .WithSummary("Put right what was asked for")
            .WithDescription("A part `application` with the whole form, where anything in it changes, and files; or the form alone as JSON.")
            .Accepts<AmendmentForm>("multipart/form-data", "application/json")
            .WithMetadata(new RequestSizeLimitAttribute(Submissions.MostBytes))
            .Answers(200, typeof(ApplicationView), "How the application stands now.")
            .Refuses(400, 404, 409, 413, 415, 422);
        Map<ReasonDocument>(group, "/withdrawal", "Withdraw the application", fields => new Withdraw(fields.Text("reason")));
        Map<ReasonDocument>(group, "/appeal", "Appeal against a rejection, or against payments being stopped", fields => new Appeal(fields.Text("reason") ?? ""));
        Map<RequestDocument>(group, "/requests", "Ask for what the route lets the applicant ask for",
            fields => new MakeRequest(fields.Text("request") ?? "", fields.Text("comment")));
        Map<ChangeDocument>(group, "/changes", "Say that circumstances have changed", fields => new ReportChange(fields.Text("comment") ?? ""),
            "For payments that follow one another: it is checked again whether they are still right, and how much is due. Until that is decided no further period is granted.");
        Map<PayeeDocument>(group, "/payee", "Correct the account to be paid to", fields => new CorrectPayee(
            fields.Object("payee") is { } payee ? ApplicationRequest.ReadPayee(payee) : ApplicationRequest.PayeeOf(null, null, null)),
            "Another account of the same holder is taken at once, and failed payments are made again; another holder is confirmed by a second person first.");
    }

    private static void Map<TDocument>(RouteGroupBuilder group, string path, string summary, Func<JsonFields, Command> command, string description = "")
        where TDocument : notnull =>
        group.MapPost(path, (
                string id, [FromHeader(Name = AccessKeys.Header)] string? accessKey, HttpRequest request, Applicants applicants, Desk desk,
                ApplicationViews views, CancellationToken cancel) => OrderAsync(id, accessKey, request, command, applicants, desk, views, cancel))
            .WithSummary(summary)
            .WithDescription(description)
            .Accepts<TDocument>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(JsonInput.MostBytes + 1))
            .Answers(200, typeof(ApplicationView), "How the application stands now.")
            .Refuses(400, 404, 409, 410, 413, 415, 422);

    private static async Task<IResult> AmendAsync(
        string id, [FromHeader(Name = AccessKeys.Header)] string? accessKey, HttpRequest request, Applicants applicants, Amendments amendments,
        ApplicationViews views, CancellationToken cancel)
    {
        if (await applicants.OpenAsync(id, accessKey, cancel) is not { } head)
            return Failures.Of(StatusCodes.Status404NotFound);
        var outcome = await amendments.TakeAsync(head, request, cancel);
        return outcome.Answer is { } amended ? TypedResults.Ok(await views.OfAsync(amended, cancel)) : outcome.Problem!;
    }

    private static async Task<IResult> OrderAsync(
        string id, string? accessKey, HttpRequest request, Func<JsonFields, Command> command, Applicants applicants, Desk desk, ApplicationViews views,
        CancellationToken cancel)
    {
        if (await applicants.OpenAsync(id, accessKey, cancel) is not { } head)
            return Failures.Of(StatusCodes.Status404NotFound);
        var read = await JsonInput.ReadBodyAsync(request, cancel);
        using var document = read.Document;
        if (read.Problem is { } malformed)
            return malformed;
        var faults = new List<Fault>();
        var fields = new JsonFields(read.Root, "", faults);
        var order = command(fields);
        fields.Close();
        if (faults.Count > 0)
            return Problem.Of(Refusal.Invalid(faults));

        var answer = await desk.HandleAsync(head.Application.Id, head, order, null, cancel);
        return answer.Refusal is { } refusal ? Problem.Of(refusal) : TypedResults.Ok(await views.OfAsync(answer.Head!, cancel));
    }
}
