using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>Stopping payments, asking money back, writing off. Whether somebody may is the core's to say.</summary>
internal static class CaseMoneyEndpoints
{
    public static void MapCaseMoney(this IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup("/finance/cases").RequireAuthorization(StaffPolicies.Staff).ExcludeFromDescription();
        cases.MapGet("", (string? reference) => Reference.ToId(reference) is { } id
            ? SeeOther.To($"/finance/cases/{id}")
            : (IResult)Problem.Of(StatusCodes.Status404NotFound, "not-found", Texts.NoReference));
        cases.MapGet("/{id}", ShowAsync);
        cases.MapHandOver();
        cases.MapGet("/{id}/{order}", AskAsync);
        cases.MapPost("/{id}/{order}", OrderAsync).WithFormGuard();
    }

    private static async Task<IResult> ShowAsync(string id, ClaimsPrincipal user, CaseMoney money, CancellationToken cancel) =>
        await money.FindAsync(id, user, cancel) is { } model
            ? Page.Show<CaseMoneyPage>(model)
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> AskAsync(
        string id, string order, string? of, ClaimsPrincipal user, CaseMoney money, IStringLocalizer<FinanceWords> words, CancellationToken cancel)
    {
        if (MoneyOrder.Find(order) is not { } found || await money.FindAsync(id, user, cancel) is not { } model)
            return Failures.Of(StatusCodes.Status404NotFound);
        return found.May(model, of ?? "")
            ? Page.Show<MoneyOrderPage>(found.Model(of ?? "", words, model, FormState.Empty))
            : SeeOther.To($"/finance/cases/{model.Application.Id}");
    }

    private static async Task<IResult> OrderAsync(
        string id, string order, string? of, HttpContext http, CaseMoney money, Desk desk, IStringLocalizer<FinanceWords> words, CancellationToken cancel)
    {
        if (MoneyOrder.Find(order) is not { } found || await money.FindAsync(id, http.User, cancel) is not { } model)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var faults = new List<Fault>();
        if (typed["action"].StartsWith("add:", StringComparison.Ordinal))
            return Again(faults);
        var command = found.Read(typed, of ?? "", model.Staff.Id, faults);
        if (faults.Count > 0)
        {
            // Everything is said at once: also what the core finds wrong besides.
            var besides = model.Refused(command)?.Faults.Where(one => one.Pointer.Length > 0 && !faults.Exists(known => known.Pointer.StartsWith(one.Pointer, StringComparison.Ordinal)));
            return Again([.. faults, .. besides ?? []]);
        }
        var answer = await desk.HandleAsync(model.Application.Id, command, null, cancel);
        return answer.Refusal switch
        {
            null => SeeOther.To($"/finance/cases/{model.Application.Id}"),
            { Code: RefusalCode.Invalid } invalid => Again(invalid.Faults),
            // A voucher that counts already may be a slip of the pen: what was typed is still there.
            { Code: RefusalCode.AlreadyDone } done => Again(done.Faults, StatusCodes.Status409Conflict),
            // The amount has changed since it was shown: the new one is.
            { Code: RefusalCode.MovedOn } moved when await money.FindAsync(id, http.User, cancel) is { } now && found.May(now, of ?? "") =>
                Page.Show<MoneyOrderPage>(found.Model(of ?? "", words, now, new FormState(typed, moved.Faults)), StatusCodes.Status409Conflict),
            var refusal => Problem.Of(refusal),
        };

        IResult Again(IReadOnlyList<Fault> wrong, int status = StatusCodes.Status422UnprocessableEntity) => Page.Show<MoneyOrderPage>(
            found.Model(of ?? "", words, model, new FormState(typed, wrong)), wrong.Count == 0 ? StatusCodes.Status200OK : status);
    }
}
