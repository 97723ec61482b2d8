using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Http;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Api;

/// <summary>For auditors: everything that is in the streams, and nothing that changes them.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/audit/applications").WithTags("Audit").RequireAuthorization(StaffPolicies.Auditor);
        group.MapGet("/{id}/history", HistoryAsync)
            .WithSummary("Every event of an application, with its hash")
            .WithDescription("`text` is exactly what is stored, with personal parts sealed: SHA-256(previous hash, application, number, text) gives the hash.")
            .Answers(200, typeof(AuditHistory), "The whole stream, in order.")
            .Refuses(401, 403, 404);
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
