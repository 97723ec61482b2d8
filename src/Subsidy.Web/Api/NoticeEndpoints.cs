using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Keys;

namespace Subsidy.Web.Api;

/// <summary>Public notices, and objecting to one.</summary>
internal static class NoticeEndpoints
{
    private const int LongestName = 100;

    public static void MapNotices(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/notices", ListAsync)
            .WithMetadata(AnswersJson.Only)
            .WithTags("Notices")
            .WithSummary("Public notices in force")
            .WithDescription("With `Accept: application/json`. What is posted is masked.")
            .Answers(200, typeof(IReadOnlyList<NoticeDocument>), "The latest first.")
            .Refuses();
        endpoints.MapPost("/api/notices/{id}/objections", ObjectAsync)
            .WithTags("Notices")
            .WithSummary("Object to a notice in force")
            .WithDescription("Without name and contact it is a lead: noted, and holding nothing up. The same content again objects once.")
            .Accepts<ObjectionDocument>("application/json")
            .RequireRateLimiting(RateLimits.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(JsonInput.MostBytes + 1))
            .Answers(201, typeof(ObjectionAnswer), "Taken.")
            .Refuses(400, 403, 404, 410, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(
        [FromServices] NoticeBoard board, ISchemes schemes, ITownship township, TimeProvider time, CancellationToken cancel)
    {
        var posted = new List<NoticeDocument>();
        foreach (var application in await board.InForceAsync(time.GetUtcNow(), cancel))
            posted.Add(NoticeDocument.Of(application, await schemes.PinnedAsync(application.Scheme, cancel), township.Register));
        return TypedResults.Ok(posted);
    }

    private static async Task<IResult> ObjectAsync(string id, HttpRequest request, Desk desk, Secrets secrets, CancellationToken cancel)
    {
        var read = await JsonInput.ReadBodyAsync(request, cancel);
        using var document = read.Document;
        if (read.Problem is { } malformed)
            return malformed;
        if (Reference.ToId(id) is not { } application || await desk.FindAsync(application, cancel) is not { } head)
            return Failures.Of(StatusCodes.Status404NotFound);

        var faults = new List<Fault>();
        var fields = new JsonFields(read.Root, "", faults);
        var (name, contact, reason) = (fields.Text("name", LongestName), fields.Text("contact", LongestName), fields.Text("reason"));
        fields.Close();
        if (string.IsNullOrWhiteSpace(reason) && faults.All(fault => fault.Pointer != "/reason"))
            faults.Add(new Fault("/reason", new Text("请写明理由。", "Please state the reason.")));
        if (faults.Count > 0)
            return Problem.Of(Refusal.Invalid(faults));

        var objection = new RaiseObjection(IdOf(secrets, head.Application, read.Root), name?.Trim(), contact?.Trim(), reason!.Trim());
        var answer = await desk.HandleAsync(application, head, objection, null, cancel);
        return answer.Refusal is { } refusal
            ? Problem.Of(refusal)
            : TypedResults.Created((string?)null, new ObjectionAnswer(objection.Id, string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(contact)));
    }

    /// <summary>Of the notice and the content, so that a repeated click objects once, and a later notice may be objected to in the same words.</summary>
    private static string IdOf(Secrets secrets, Application application, JsonElement content)
    {
        var text = $"objection\n{application.Id}\n{application.Notice?.Number}\n{Convert.ToBase64String(CanonicalJson.Of(content))}";
        return Symbols.Derive(secrets.Key(SecretPurpose.GeneratedNames), text, Reference.Length).ToLowerInvariant();
    }
}

/// <param name="Anonymous">It is a lead.</param>
internal sealed record ObjectionAnswer(string Id, bool Anonymous);
