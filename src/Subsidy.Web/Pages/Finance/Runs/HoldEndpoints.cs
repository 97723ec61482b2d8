using System.Globalization;
using System.Security.Claims;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Core.Township;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>Payments that must not be made for the time being: placed and lifted, each with a reason.</summary>
internal static class HoldEndpoints
{
    private const string Address = "/finance/holds";

    public static void MapHolds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Address).RequireAuthorization(StaffPolicies.Finance).ExcludeFromDescription();
        group.MapGet("", async (
                ClaimsPrincipal user, IHolds holds, ISchemes schemes, IFundRegister funds, ITownship township, TimeProvider time, CancellationToken cancel) =>
            Page.Show<HoldsPage>(await ModelAsync(user, FormState.Empty, holds, schemes, funds, township, time, cancel)));
        group.MapPost("", PlaceAsync).WithFormGuard();
        group.MapPost("/lift", LiftAsync).WithFormGuard();
    }

    private static async Task<IResult> PlaceAsync(
        HttpContext http, HoldDesk desk, IHolds holds, IStreams streams, ISchemes schemes, IFundRegister funds, ITownship township, TimeProvider time,
        CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var faults = new List<Fault>();
        var target = await TargetAsync(typed, streams, schemes, funds, faults, cancel);
        DateOnly? until = null;
        if (typed["/until"].Length > 0)
        {
            if (DateOnly.TryParseExact(typed["/until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                until = day;
            else
                faults.Add(new Fault("/until", new Text("请填写日期。", "Please enter a date.")));
        }
        if (typed["/reason"].Trim() is not { Length: > 0 } reason)
        {
            reason = "";
            faults.Add(new Fault("/reason", new Text("请写明原因。", "Please give a reason.")));
        }
        if (faults.Count == 0)
        {
            var refusal = await desk.PlaceAsync(CurrentStaff.Of(http.User, township)!.Id, target, reason, until, cancel);
            return refusal is null ? SeeOther.To(Address) : Problem.Of(refusal);
        }
        return Page.Show<HoldsPage>(
            await ModelAsync(http.User, new FormState(typed, faults), holds, schemes, funds, township, time, cancel), StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>People and applications by a reference, so that no ID number is typed; schemes and funds by their names.</summary>
    private static async Task<HoldTarget> TargetAsync(
        Typed typed, IStreams streams, ISchemes schemes, IFundRegister funds, List<Fault> faults, CancellationToken cancel)
    {
        if (!Enum.TryParse<HoldKind>(typed["/kind"], out var kind) || !Enum.IsDefined(kind))
        {
            faults.Add(new Fault("/kind", new Text("请选择暂停什么。", "Please choose what is to be held.")));
            return HoldTarget.Everything;
        }
        switch (kind)
        {
            case HoldKind.Scheme when schemes.Current.Any(scheme => scheme.Id == typed["/scheme"]):
                return new HoldTarget(kind, typed["/scheme"]);
            case HoldKind.Fund when funds.Funds.Any(fund => fund.Id == typed["/fund"]):
                return new HoldTarget(kind, typed["/fund"]);
            case HoldKind.Scheme or HoldKind.Fund:
                faults.Add(new Fault($"/{(kind is HoldKind.Fund ? "fund" : "scheme")}", new Text("请选择。", "Please choose.")));
                break;
            case HoldKind.Application when Reference.ToId(typed["/reference"]) is { } id && await streams.IsThereAsync(id, cancel):
                return new HoldTarget(kind, id);
            case HoldKind.Person when Reference.ToId(typed["/reference"]) is { } id && await streams.LoadAsync(id, cancel) is { Application.Persons: [var applicant, ..] }:
                return HoldTarget.Person(applicant);
            case HoldKind.Person or HoldKind.Application:
                faults.Add(new Fault("/reference", Texts.NoReference));
                break;
        }
        return HoldTarget.Everything;
    }

    private static async Task<IResult> LiftAsync(HttpContext http, HoldDesk desk, ITownship township, CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        if (!Enum.TryParse<HoldKind>(typed["kind"], out var kind))
            return Failures.Of(StatusCodes.Status404NotFound);
        var refusal = await desk.LiftAsync(CurrentStaff.Of(http.User, township)!.Id, new HoldTarget(kind, typed["id"]), typed["reason"].Trim(), cancel);
        return refusal is null ? SeeOther.To(Address) : Problem.Of(refusal);
    }

    private static async Task<HoldsModel> ModelAsync(
        ClaimsPrincipal user, FormState state, IHolds holds, ISchemes schemes, IFundRegister funds, ITownship township, TimeProvider time,
        CancellationToken cancel)
    {
        var person = CurrentStaff.Of(user, township)!;
        return new HoldsModel(
            await holds.ActiveAsync(cancel), await holds.LiftedAsync(cancel), schemes.Current, funds.Funds, township.Register,
            person.OfFinance, ChinaTime.DateOf(time.GetUtcNow()), state);
    }
}
