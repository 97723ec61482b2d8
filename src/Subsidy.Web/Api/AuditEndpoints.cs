using Microsoft.AspNetCore.Mvc;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Http;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Api;

/// <summary>For auditors: everything that is in the streams, and nothing that changes them.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/audit/applications").WithTags("Audit").RequireAuthorization(StaffPolicies.Auditor);
        group.MapGet("/", SearchAsync)
            .WithSummary("Find applications")
            .WithDescription(
                "`from` and `to` are local dates, both included, or moments of RFC 3339, the latter not included; they are about the submission, "
                + "or the beginning of a draft. `after` is the `next` of the page before.")
            .Answers(200, typeof(AuditPage), "The newest first, 50 to a page.")
            .Refuses(401, 403, 422);
        group.MapGet("/{id}/history", HistoryAsync)
            .WithSummary("Every event of an application, with its hash")
            .WithDescription("`text` is exactly what is stored, with personal parts sealed: SHA-256(previous hash, application, number, text) gives the hash.")
            .Answers(200, typeof(AuditHistory), "The whole stream, in order.")
            .Refuses(401, 403, 404);
    }

    private static async Task<IResult> SearchAsync(
        string? scheme, string? status, string? village, string? from, string? to, string? after, [FromServices] ApplicationSearch search,
        CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var query = AuditQuery.Read(scheme, status, village, from, to, after, faults);
        if (faults.Count > 0)
            return Problem.Of(Refusal.Invalid(faults));
        var page = await search.FindAsync(query, cancel);
        return TypedResults.Ok(new AuditPage([.. page.Rows.Select(AuditRow.Of)], page.Next));
    }

    private static async Task<IResult> HistoryAsync(string id, Desk desk, IStreams streams, ITownship township, CancellationToken cancel)
    {
        if (Reference.ToId(id) is not { } application || await desk.FindAsync(application, cancel) is null)
            return Failures.Of(StatusCodes.Status404NotFound);
        var events = await streams.ReadAsync(application, cancel)
            .Select(stored => AuditEvent.Of(stored, township.Register))
            .ToListAsync(cancel);
        return TypedResults.Ok(new AuditHistory(application, Reference.Of(application), events));
    }
}
