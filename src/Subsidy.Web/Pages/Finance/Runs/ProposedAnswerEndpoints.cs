using System.Security.Claims;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>An answer of the bank that somebody has uploaded or entered: what it would change, for another person to confirm or to decline.</summary>
internal static class ProposedAnswerEndpoints
{
    public static void MapProposedAnswers(this IEndpointRouteBuilder routes)
    {
        var answer = routes.MapGroup("/finance/runs/{run}/answer").RequireAuthorization(StaffPolicies.Finance).ExcludeFromDescription();
        answer.MapGet("", ShowAsync);
        answer.MapGet("/by-hand", FormAsync).RequireAuthorization(StaffPolicies.PayRuns);
        answer.MapPost("/by-hand", EnterAsync).WithFormGuard().RequireAuthorization(StaffPolicies.PayRuns);
        answer.MapPost("/confirmation", ConfirmAsync).WithFormGuard().RequireAuthorization(StaffPolicies.PayRuns);
        answer.MapPost("/decline", DeclineAsync).WithFormGuard().RequireAuthorization(StaffPolicies.PayRuns);
    }

    private static async Task<IResult> ShowAsync(
        string run, ClaimsPrincipal user, BankAnswers answers, PayRunDesk desk, ITownship township, TimeProvider time, CancellationToken cancel)
    {
        if (PayRunId.Parse(run) is not { } id || await desk.FindAsync(id, cancel) is not { } found)
            return Failures.Of(StatusCodes.Status404NotFound);
        return await answers.PreviewAsync(id, cancel) is { } preview
            ? Page.Show<ProposedAnswerPage>(new ProposedAnswerModel(
                found.Id, preview, township.Register,
                command => PayRunDecider.Decide(found, command, township.Register, time.GetUtcNow()).Refusal, CurrentStaff.Of(user, township)!, found.Answers))
            : SeeOther.To($"/finance/runs/{id}"); // dealt with meanwhile
    }

    private static async Task<IResult> FormAsync(string run, PayRunDesk desk, CancellationToken cancel) =>
        PayRunId.Parse(run) is { } id && await desk.FindAsync(id, cancel) is { Ordered: not null }
            ? Page.Show<SpokenAnswerPage>(new SpokenAnswerModel(id, FormState.Empty))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> EnterAsync(string run, HttpContext http, SpokenAnswers answers, ITownship township, CancellationToken cancel)
    {
        if (PayRunId.Parse(run) is not { } id)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        if (typed["/said"] is not ("paid" or "notPaid"))
            return Again(typed, [new Fault("/said", new Text("请选择。", "Please choose."))]);
        var answer = new SpokenAnswer(typed["/payment"], typed["/said"] is "paid" ? null : typed["/code"], typed["/document"].Trim());
        return await answers.EnterAsync(id, answer, CurrentStaff.Of(http.User, township)!.Id, cancel) switch
        {
            null => SeeOther.To($"/finance/runs/{id}/answer"),
            { Code: RefusalCode.Invalid } refusal => Again(typed, refusal.Faults),
            { } refusal => Problem.Of(refusal),
        };

        IResult Again(Typed typed, IReadOnlyList<Fault> faults) =>
            Page.Show<SpokenAnswerPage>(new SpokenAnswerModel(id, new FormState(typed, faults)), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ConfirmAsync(string run, HttpContext http, BankAnswers answers, ITownship township, CancellationToken cancel)
    {
        if (PayRunId.Parse(run) is not { } id)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        return await answers.ConfirmAsync(id, typed["sha256"], CurrentStaff.Of(http.User, township)!.Id, cancel) is { } refusal
            ? Problem.Of(refusal)
            : SeeOther.To($"/finance/runs/{id}");
    }

    private static async Task<IResult> DeclineAsync(string run, HttpContext http, PayRunDesk desk, ITownship township, CancellationToken cancel)
    {
        if (PayRunId.Parse(run) is not { } id)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var declined = await desk.HandleAsync(
            id, new DeclineAnswer(CurrentStaff.Of(http.User, township)!.Id, typed["sha256"], typed["reason"].ReplaceLineEndings("\n").Trim()), cancel);
        return declined.Refusal is { } refusal ? Problem.Of(refusal) : SeeOther.To($"/finance/runs/{id}");
    }
}
