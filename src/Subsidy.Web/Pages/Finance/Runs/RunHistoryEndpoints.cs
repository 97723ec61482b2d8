using System.Security.Claims;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Payments;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Audit;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>What has happened to a pay run: read by whoever may read the books, proven by auditors.</summary>
internal static class RunHistoryEndpoints
{
    public static void MapRunHistories(this IEndpointRouteBuilder routes)
    {
        var run = routes.MapGroup("/finance/runs/{run}").RequireAuthorization(StaffPolicies.Finance).ExcludeFromDescription();
        run.MapGet("/history", ShowAsync);
        run.MapGet("/history.jsonl", Export).RequireAuthorization(StaffPolicies.Auditor);
    }

    private static async Task<IResult> ShowAsync(
        string run, ClaimsPrincipal user, IPayRunHistories histories, ISchemes schemes, ITownship township, CancellationToken cancel) =>
        PayRunId.Parse(run) is { } id && await histories.VerifyAsync(id, cancel) is { } verdict
            ? Page.Show<RunHistoryPage>(new RunHistoryModel(
                id, await histories.ReadAsync(id, cancel).ToListAsync(cancel), verdict, schemes.Current, township.Register, CurrentStaff.Of(user, township)!))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static IResult Export(string run, IPayRunHistories histories, CancellationToken cancel) => PayRunId.Parse(run) is { } id
        ? new HistoryFile(id.ToString(), histories.ExportAsync(id, cancel))
        : Failures.Of(StatusCodes.Status404NotFound);
}
