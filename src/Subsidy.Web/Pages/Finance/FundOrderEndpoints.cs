using System.Security.Claims;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Web.Http;
using Subsidy.Web.Keys;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance;

/// <summary>
/// Money that comes into a fund, leaves it, or goes to the petty fund. The first POST shows what it would do, the second one does it;
/// the form's key makes a double click count once.
/// </summary>
internal static class FundOrderEndpoints
{
    public static void MapFundOrders(this IEndpointRouteBuilder finance)
    {
        Map(finance.MapGroup("/funds/{name}/appropriation").RequireAuthorization(StaffPolicies.Budget), FundOrder.Appropriation);
        Map(finance.MapGroup("/funds/{name}/petty").RequireAuthorization(StaffPolicies.PettyFund), FundOrder.Petty);
    }

    private static void Map(RouteGroupBuilder group, FundOrder order)
    {
        group.MapGet("", async (string name, FundShelf shelf, CancellationToken cancel) =>
            await shelf.FindAsync(name, cancel) is { } fund
                ? Page.Show<FundOrderPage>(new FundOrderModel(fund, order, RandomKey.New(), FormState.Empty, null))
                : Failures.Of(StatusCodes.Status404NotFound));
        group.MapPost("", (
                string name, HttpContext http, ClaimsPrincipal user, FundShelf shelf, IFundBooks books, FundDesk desk, FundNewsDelivery news, ITownship township,
                TimeProvider time, CancellationToken cancel) =>
            OrderAsync(name, order, http, CurrentStaff.Of(user, township)!.Id, shelf, books, desk, news, time, cancel)).WithFormGuard();
    }

    private static async Task<IResult> OrderAsync(
        string name, FundOrder order, HttpContext http, string staff, FundShelf shelf, IFundBooks books, FundDesk desk, FundNewsDelivery news, TimeProvider time,
        CancellationToken cancel)
    {
        if (await shelf.FindAsync(name, cancel) is not { } fund)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var key = IdempotencyKey.Read(typed["key"]) is null ? RandomKey.New() : typed["key"];
        if (typed["action"] == "change")
            return Again([]);
        var faults = new List<Fault>();
        if (typed["/direction"] is not ("in" or "out"))
            faults.Add(new Fault("/direction", new Text("请选择。", "Please choose.")));
        if (YuanInput.Read(typed["/amount"]) is not { Fen: > 0 } amount)
        {
            amount = default;
            faults.Add(new Fault("/amount", YuanInput.Unreadable));
        }

        var signed = typed["/direction"] is "in" ? amount : Money.Zero - amount;
        var document = typed["/document"].Trim();
        FundCommand command = order is FundOrder.Petty
            ? new AdvancePetty(Actor.Staff(staff), key, signed, document)
            : new Appropriate(Actor.Staff(staff), key, signed, document);
        if (faults.Count > 0 || !typed.Has("confirm", "yes"))
        {
            var sheet = await books.LoadAsync(fund.Fund.Key, command.Entitlements, command.Entry, cancel);
            var rehearsed = FundDecider.Decide(sheet.View, command, time.GetUtcNow());
            // Of what could not be read only the other fields are looked at.
            var known = faults.Select(fault => fault.Pointer).ToHashSet();
            faults.AddRange((rehearsed.Refusal?.Faults ?? []).Where(fault => known.Count == 0 || (fault.Pointer.Length > 0 && !known.Contains(fault.Pointer))));
            return faults.Count > 0
                ? Again(faults)
                : Page.Show<FundOrderPage>(new FundOrderModel(fund with { Fund = sheet.View.Fund }, order, key, new FormState(typed, []), rehearsed.Fund));
        }

        var answer = await desk.HandleAsync(fund.Fund.Key, command, cancel);
        if (answer.Refusal is { } refusal)
            return refusal.Code is RefusalCode.Invalid ? Again(refusal.Faults) : Problem.Of(refusal);
        await desk.ServeAsync(fund.Fund.Key, cancel);
        await news.TellAsync(fund.Fund.Key, cancel);
        return SeeOther.To($"/finance/funds/{fund.Fund.Key}");

        IResult Again(IReadOnlyList<Fault> found) => Page.Show<FundOrderPage>(
            new FundOrderModel(fund, order, key, new FormState(typed, found), null), found.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
