using System.Security.Claims;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Payments;
using Subsidy.Web.Http;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>What has happened to a pay run: read by whoever may read the books, proven by auditors.</summary>
internal static class RunHistoryEndpoints
{
    public static void MapRunHistories(this IEndpointRouteBuilder routes)
    {
        var run = routes.MapGroup("/finance/runs/{run}").RequireAuthorization(StaffPolicies.Finance).ExcludeFromDescription();
        run.MapGet("/history", ShowAsync);
        run.MapGet("/history.jsonl", ExportAsync).RequireAuthorization(StaffPolicies.Auditor);
    }

    private static async Task<IResult> ShowAsync(
        string run, ClaimsPrincipal user, IPayRunHistories histories, ISchemes schemes, ITownship township, CancellationToken cancel) =>
        PayRunId.Parse(run) is { } id && await histories.VerifyAsync(id, cancel) is { } verdict
            ? Page.Show<RunHistoryPage>(new RunHistoryModel(
                id, await histories.ReadAsync(id, cancel).ToListAsync(cancel), verdict, schemes.Current, township.Register, CurrentStaff.Of(user, township)!))
            : Failures.Of(StatusCodes.Status404NotFound);

    /// <summary>One line of JSON per event, exactly as stored: enough to verify the chain without this site.</summary>
    private static async Task ExportAsync(string run, HttpContext http, PayRunDesk desk, IPayRunHistories histories, CancellationToken cancel)
    {
        if (PayRunId.Parse(run) is not { } id || await desk.FindAsync(id, cancel) is null)
        {
            await Failures.Of(StatusCodes.Status404NotFound).ExecuteAsync(http);
            return;
        }
        http.Response.ContentType = "application/jsonl; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.jsonl\"";
        await foreach (var line in histories.ExportAsync(id, cancel))
            await http.Response.WriteAsync(line.ToJson() + "\n", cancel);
    }
}
