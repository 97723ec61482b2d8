using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Storage.Funds;
using Subsidy.Web.Exports;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Audit;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;

namespace Subsidy.Web.Pages.Finance;

/// <summary>What is due, running, failed and paid, and the books behind it. Reading is for finance, administrators and auditors.</summary>
internal static class FinanceEndpoints
{
    private const int PageSize = 50;

    public static void MapFinance(this IEndpointRouteBuilder routes)
    {
        var finance = routes.MapGroup("/finance").RequireAuthorization(StaffPolicies.Finance).ExcludeFromDescription();
        finance.MapGet("", OverviewAsync);
        finance.MapGet("/schemes" + SheetRoute.Ending, async (
                string format, ClaimsPrincipal user, FundShelf shelf, ISchemes schemes, ITownship township, CancellationToken cancel) =>
            SchemeSheet.Of(await FindAsync(user, shelf, schemes, township, cancel)).As(format));
        finance.MapGet("/funds/{name}", FundAsync);
        finance.MapGet("/funds/{name}/ledger" + SheetRoute.Ending, LedgerAsync);
        finance.MapGet("/funds/{name}/cash-book", CashBookAsync);
        finance.MapFundOrders();
        finance.MapYearEnd();
        var audit = finance.MapGroup("/funds/{name}").RequireAuthorization(StaffPolicies.Auditor);
        audit.MapGet("/check", CheckAsync);
        audit.MapGet("/ledger.jsonl", Export);
    }

    private static async Task<IResult> OverviewAsync(
        ClaimsPrincipal user, FundShelf shelf, IFundBooks books, IStreams streams, IPayRunBooks runs, IRefusedAnswers refused, ISchemes schemes,
        ITownship township, TimeProvider time, CancellationToken cancel)
    {
        var model = await FindAsync(user, shelf, schemes, township, cancel);
        var refusals = new Dictionary<FundKey, int>();
        foreach (var (fund, _) in model.Funds)
            refusals[fund.Key] = (await Unwitnessed.OfAsync(fund, books, streams, cancel)).Count(one => one.Refused);
        var since = time.GetUtcNow() - FinanceModel.RefusedLately;
        return Page.Show<FinancePage>(model with
        {
            Refusals = refusals,
            RefusedAnswers = (await refused.ListAsync(cancel)).Count(one => one.At >= since),
            Proposed = await ProposedAsync(runs, cancel),
        });
    }

    private static async Task<IReadOnlyList<PayRunId>> ProposedAsync(IPayRunBooks runs, CancellationToken cancel)
    {
        var proposed = new List<PayRunId>();
        foreach (var id in await runs.UnfinishedAsync(cancel))
            if (await runs.LoadAsync(id, cancel) is { Run.Proposed: not null })
                proposed.Add(id);
        return proposed;
    }

    private static async Task<FinanceModel> FindAsync(
        ClaimsPrincipal user, FundShelf shelf, ISchemes schemes, ITownship township, CancellationToken cancel) =>
        new(await shelf.AllAsync(cancel), schemes.Current, CurrentStaff.Of(user, township)!);

    /// <param name="before">Entries with lower numbers; null for the newest.</param>
    private static async Task<IResult> FundAsync(
        string name, int? before, ClaimsPrincipal user, FundShelf shelf, IFundBooks books, ISchemes schemes, ITownship township, CancellationToken cancel)
    {
        if (await shelf.FindAsync(name, cancel) is not { } fund)
            return Failures.Of(StatusCodes.Status404NotFound);
        var end = Math.Clamp(before ?? int.MaxValue, 1, fund.Fund.Version + 1);
        var first = Math.Max(1, end - PageSize);
        var entries = await books.PageAsync(fund.Fund.Key, first, end - first, cancel).ToListAsync(cancel);
        entries.Reverse();
        var queue = (await books.LoadQueueAsync(fund.Fund.Key, PageSize, cancel)).View.Positions;
        return Page.Show<FundPage>(new FundModel(
            fund, entries, queue, first > 1 ? first : null, schemes.Current, township.Register, CurrentStaff.Of(user, township)!));
    }

    private static async Task<IResult> LedgerAsync(
        string name, string format, FundShelf shelf, IFundBooks books, ITownship township, CancellationToken cancel) =>
        await shelf.FindAsync(name, cancel) is { } fund
            ? LedgerSheet.Of(fund.Fund.Key, books.ReadAsync(fund.Fund.Key, cancel), township.Register).As(format)
            : Failures.Of(StatusCodes.Status404NotFound);

    /// <summary>Whoever counts the cash reads the year's whole ledger once; the sums on the fund's page come from its head.</summary>
    private static async Task<IResult> CashBookAsync(string name, FundShelf shelf, IFundBooks books, IStreams streams, ITownship township, CancellationToken cancel) =>
        await shelf.FindAsync(name, cancel) is { } fund
            ? Page.Show<CashBookPage>(new CashBookModel(
                fund,
                await CashBookLine.OfAsync(books.ReadAsync(fund.Fund.Key, cancel).Select(stored => stored.Entry)),
                await Unwitnessed.OfAsync(fund.Fund, books, streams, cancel),
                township.Register))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> CheckAsync(string name, FundShelf shelf, [FromServices] FundLedgers ledgers, CancellationToken cancel) =>
        await shelf.FindAsync(name, cancel) is { } fund && await ledgers.VerifyAsync(fund.Fund.Key, cancel) is { } verdict
            ? Page.Show<FundCheckPage>(new FundCheckModel(fund, verdict))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static IResult Export(string name, [FromServices] FundLedgers ledgers, CancellationToken cancel) => FundKey.Parse(name) is { } key
        ? new HistoryFile($"{key}-ledger", ledgers.ExportAsync(key, cancel))
        : Failures.Of(StatusCodes.Status404NotFound);
}
