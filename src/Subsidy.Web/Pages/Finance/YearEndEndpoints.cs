using System.Security.Claims;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance;

/// <summary>Ends a fund's fiscal year. Safe to send again: what is done stays done, and what is left is tried once more.</summary>
internal static class YearEndEndpoints
{
    public static void MapYearEnd(this IEndpointRouteBuilder finance)
    {
        var yearEnd = finance.MapGroup("/funds/{name}/year-end").RequireAuthorization(StaffPolicies.YearEnd);
        yearEnd.MapGet("", ShowAsync);
        yearEnd.MapPost("", EndAsync).WithFormGuard();
    }

    private static async Task<IResult> ShowAsync(string name, FundShelf shelf, IFundBooks books, TimeProvider time, CancellationToken cancel) =>
        await shelf.FindAsync(name, cancel) is { } fund
            ? Page.Show<YearEndPage>(await ModelAsync(fund, books, time, FormState.Empty, null, cancel))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> EndAsync(
        string name, HttpContext http, ClaimsPrincipal user, FundShelf shelf, IFundBooks books, YearEnd yearEnd, FundNewsDelivery news, ITownship township,
        TimeProvider time, CancellationToken cancel)
    {
        if (await shelf.FindAsync(name, cancel) is not { } fund)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var key = fund.Fund.Key;
        var faults = new List<Fault>();
        if (typed["/way"] is not ("carry" or "release"))
            faults.Add(new Fault("/way", new Text("请选择结转还是收回。", "Choose whether to carry over or to give back.")));
        if (!typed.Has("/confirm", "yes"))
            faults.Add(new Fault("/confirm", new Text("请确认。", "Please confirm.")));
        if (!IsOver(key, time))
            faults.Add(new Fault("", new Text($"{key.Year}年度还没有结束。", $"The year {key.Year} is not over yet.")));
        if (faults.Count > 0)
        {
            return Page.Show<YearEndPage>(
                await ModelAsync(fund, books, time, new FormState(typed, faults), null, cancel), StatusCodes.Status422UnprocessableEntity);
        }

        var actor = Actor.Staff(CurrentStaff.Of(user, township)!.Id);
        var report = typed["/way"] is "carry" ? await yearEnd.CarryOverAsync(key, actor, cancel) : await yearEnd.ReleaseAsync(key, actor, cancel);
        await news.TellAsync(key, cancel);
        await news.TellAsync(key with { Year = key.Year + 1 }, cancel);
        return Page.Show<YearEndPage>(await ModelAsync((await shelf.FindAsync(name, cancel))!, books, time, FormState.Empty, report, cancel));
    }

    private static async Task<YearEndModel> ModelAsync(
        NamedFund fund, IFundBooks books, TimeProvider time, FormState state, YearEndReport? report, CancellationToken cancel)
    {
        var open = await books.OpenAsync(fund.Fund.Key, cancel).GroupBy(position => position.State)
            .ToDictionaryAsync(group => group.Key, group => (group.Count(), group.Aggregate(Money.Zero, (sum, one) => sum + one.Amount)), cancellationToken: cancel);
        return new YearEndModel(fund, open, IsOver(fund.Fund.Key, time), state, report);
    }

    private static bool IsOver(FundKey key, TimeProvider time) => ChinaTime.DateOf(time.GetUtcNow()).Year > key.Year;
}
