using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Streams;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Papers;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Audit;

/// <summary>For auditors: everything can be read, nothing can be changed.</summary>
internal static class AuditEndpoints
{
    public static void MapAuditPages(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").RequireAuthorization(StaffPolicies.Auditor).ExcludeFromDescription();
        audit.MapGet("/{id}", ShowAsync);
        audit.MapGet("/{id}/history.jsonl", ExportAsync);
        audit.MapGet("/{id}/papers/{paper}", PaperAsync);
    }

    private static async Task<IResult> ShowAsync(
        string id, IStreams streams, ISchemes schemes, ITownship township, [FromServices] Histories histories, CancellationToken cancel)
    {
        if (Reference.ToId(id) is not { } application || await CaseFile.ReadAsync(application, streams, schemes, cancel) is not { } file)
            return Failures.Of(StatusCodes.Status404NotFound);
        var stored = await streams.ReadAsync(application, cancel).ToListAsync(cancel);
        var verdict = await histories.VerifyAsync(application, cancel);
        return Page.Show<AuditCasePage>(new AuditCaseModel(file, stored, verdict!, township.Register));
    }

    /// <summary>One line of JSON per event, exactly as stored: enough to verify the chain without this site.</summary>
    private static async Task ExportAsync(string id, HttpContext http, [FromServices] Histories histories, CancellationToken cancel)
    {
        var application = Reference.ToId(id) ?? id;
        http.Response.ContentType = "application/jsonl; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{Reference.Of(application)}.jsonl\"";
        await foreach (var line in histories.ExportAsync(application, cancel))
            await http.Response.WriteAsync(line.ToJson() + "\n", cancel);
    }

    private static async Task<IResult> PaperAsync(
        string id, string paper, IStreams streams, ISchemes schemes, IPaperStore store, CancellationToken cancel) =>
        Reference.ToId(id) is { } application
        && await CaseFile.ReadAsync(application, streams, schemes, cancel) is { } file
        && file.Papers.FirstOrDefault(one => one.Paper.Id == paper) is { } found
            ? new PaperDownload(store, application, found)
            : Failures.Of(StatusCodes.Status404NotFound);
}
