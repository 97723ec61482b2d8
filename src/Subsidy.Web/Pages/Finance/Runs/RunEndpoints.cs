using System.Globalization;
using System.Security.Claims;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Web.Http;
using Subsidy.Web.Keys;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>Pay runs: prepared by one, approved by another, sent, answered. Whether somebody may is the core's to say; auditors read.</summary>
internal static class RunEndpoints
{
    private const string Address = "/finance/runs";

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup(Address).RequireAuthorization(StaffPolicies.Finance).ExcludeFromDescription();
        runs.MapGet("", ListAsync);
        runs.MapPost("", PrepareAsync).WithFormGuard();
        runs.MapGet("/{run}", ShowAsync);
        runs.MapPost("/{run}/approval", ApproveAsync).WithFormGuard();
        runs.MapPost("/{run}/discard", DiscardAsync).WithFormGuard();
        runs.MapPost("/{run}/flags", ClearAsync).WithFormGuard();
        runs.MapPost("/{run}/disputes", EndDisputeAsync).WithFormGuard();
        runs.MapPost("/{run}/files", DownloadAsync).WithFormGuard();
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, PayRunDesk desk, FundShelf shelf, ITownship township, CancellationToken cancel) =>
        Page.Show<RunsPage>(await RunsAsync(user, desk, shelf, township, FormState.Empty, cancel));

    private static async Task<IResult> PrepareAsync(HttpContext http, PayRunDesk desk, FundShelf shelf, ITownship township, CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var faults = new List<Fault>();
        // By the form's key a second click, or a form sent again, leads to the same run.
        if (IdempotencyKey.Read(typed["key"]) is null)
            return Failures.Of(StatusCodes.Status400BadRequest);
        var fund = await shelf.FindAsync(typed["/fund"], cancel);
        if (fund is null)
            faults.Add(new Fault("/fund", new Text("请选择资金。", "Please choose a fund.")));
        if (!DateOnly.TryParseExact(typed["/until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
            faults.Add(new Fault("/until", new Text("请填写日期。", "Please enter a date.")));
        if (faults.Count == 0)
        {
            var opened = await desk.OpenAsync(CurrentStaff.Of(http.User, township)!.Id, fund!.Fund.Key, until, typed["key"], cancel);
            if (opened.Refusal is null)
                return SeeOther.To($"{Address}/{opened.Run!.Id}");
            if (opened.Refusal.Code is not RefusalCode.Invalid)
                return Problem.Of(opened.Refusal);
            faults.AddRange(opened.Refusal.Faults);
        }
        return Page.Show<RunsPage>(
            await RunsAsync(http.User, desk, shelf, township, new FormState(typed, faults), cancel), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<RunsModel> RunsAsync(
        ClaimsPrincipal user, PayRunDesk desk, FundShelf shelf, ITownship township, FormState state, CancellationToken cancel)
    {
        var funds = await shelf.AllAsync(cancel);
        var all = new List<PayRun>();
        foreach (var fund in funds)
            all.AddRange(await desk.AllAsync(fund.Fund.Key, cancel));
        return new RunsModel(
            [.. all.OrderByDescending(run => run.OpenedAt)], [.. funds.Where(fund => !fund.Fund.Closed)], CurrentStaff.Of(user, township)!, state);
    }

    /// <param name="page">Number of the chunk of lines that is shown; 0 for the first.</param>
    private static async Task<IResult> ShowAsync(
        string run, int? page, ClaimsPrincipal user, PayRunDesk desk, PayRuns runs, FundShelf shelf, ISchemes schemes, ITownship township, TimeProvider time,
        CancellationToken cancel)
    {
        if (PayRunId.Parse(run) is not { } id || await desk.FindAsync(id, cancel) is not { } found)
            return Failures.Of(StatusCodes.Status404NotFound);
        var chunk = Math.Max(0, page ?? 0);
        return Page.Show<RunPage>(new RunModel(
            found, shelf.TitleOf(id.Fund.Code), await runs.PlanAsync(id, cancel), await runs.LinesAsync(id, chunk, cancel),
            await runs.NextRemarkableAsync(id, chunk, cancel), schemes.Current, township.Register, CurrentStaff.Of(user, township)!,
            command => PayRunDecider.Decide(found, command, township.Register, time.GetUtcNow()).Refusal, FormState.Empty));
    }

    private static Task<IResult> ApproveAsync(string run, HttpContext http, PayRunDesk desk, ITownship township, CancellationToken cancel) =>
        OrderAsync(run, http, desk, township, (staff, typed) => new ApproveRun(staff, typed["digest"]), cancel);

    private static Task<IResult> DiscardAsync(string run, HttpContext http, PayRunDesk desk, ITownship township, CancellationToken cancel) =>
        OrderAsync(run, http, desk, township, (staff, typed) => new DiscardRun(staff, typed["reason"].Trim()), cancel);

    private static async Task<IResult> OrderAsync(
        string run, HttpContext http, PayRunDesk desk, ITownship township, Func<string, Typed, PayRunCommand> command, CancellationToken cancel)
    {
        if (PayRunId.Parse(run) is not { } id)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var answer = await desk.HandleAsync(id, command(CurrentStaff.Of(http.User, township)!.Id, typed), cancel);
        return answer.Refusal is { } refusal ? Problem.Of(refusal) : SeeOther.To($"{Address}/{id}");
    }

    private static async Task<IResult> ClearAsync(string run, HttpContext http, FlagDesk flags, ITownship township, CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        if (PayRunId.Parse(run) is not { } id
            || !Enum.TryParse<FlagKind>(typed["kind"], out var kind)
            || !int.TryParse(typed["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var chunk))
        {
            return Failures.Of(StatusCodes.Status404NotFound);
        }
        var other = typed["other"] is { Length: > 0 } text ? text : null;
        var refusal = await flags.ClearAsync(
            id, chunk, new ClearFlag(CurrentStaff.Of(http.User, township)!.Id, typed["entitlement"], kind, typed["subject"], other, typed["reason"].Trim()), cancel);
        return refusal is null ? SeeOther.To($"{Address}/{id}?page={chunk.ToString(CultureInfo.InvariantCulture)}#lines") : Problem.Of(refusal);
    }

    private static async Task<IResult> EndDisputeAsync(string run, HttpContext http, DisputeDesk disputes, ITownship township, CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        if (PayRunId.Parse(run) is not { } id
            || !Enum.TryParse<DisputeEnding>(typed["ending"], out var ending) || !Enum.IsDefined(ending)
            || !int.TryParse(typed["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var chunk))
        {
            return Failures.Of(StatusCodes.Status404NotFound);
        }
        var refusal = await disputes.EndAsync(
            id, chunk, typed["payment"], CurrentStaff.Of(http.User, township)!.Id, ending, typed["reason"].ReplaceLineEndings("\n").Trim(), cancel);
        return refusal is null ? SeeOther.To($"{Address}/{id}?page={chunk.ToString(CultureInfo.InvariantCulture)}#lines") : Problem.Of(refusal);
    }

    /// <summary>A POST, because who has had the file is written down.</summary>
    private static async Task<IResult> DownloadAsync(string run, HttpContext http, PayRunFiles files, ITownship township, CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        if (PayRunId.Parse(run) is not { } id || !Enum.TryParse<BankFileKind>(typed["kind"], out var kind))
            return Failures.Of(StatusCodes.Status404NotFound);
        var download = await files.DownloadAsync(id, kind, CurrentStaff.Of(http.User, township)!.Id, cancel, typed.Has("instead", "yes"));
        if (download.Refusal is { } refusal)
            return Problem.Of(refusal);
        return kind is BankFileKind.PaymentOrder
            ? Results.Bytes(download.Content!, "application/xml", $"{id}.xml")
            : Results.Bytes(download.Content!, "text/csv; charset=utf-8", $"{id}.csv");
    }
}
