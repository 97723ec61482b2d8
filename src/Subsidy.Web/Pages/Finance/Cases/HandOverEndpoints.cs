using System.Security.Claims;
using Microsoft.Extensions.Options;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>
/// Paid on the spot out of the petty fund 备用金, in cash or kind: a receipt and two signatures. The payer signs first and names the
/// witness; only the witness, signed in as such, completes it.
/// </summary>
internal static class HandOverEndpoints
{
    /// <summary>The books take documents of at most 100 characters, and the two who signed stand beside it.</summary>
    private const int LongestReceipt = 40;

    public static void MapHandOver(this IEndpointRouteBuilder cases)
    {
        cases.MapGet("/{id}/handover", AskAsync);
        cases.MapPost("/{id}/handover", SignAsync).WithFormGuard();
        cases.MapGet("/witness/{token}", ShowAsync);
        cases.MapPost("/witness/{token}", WitnessAsync).WithFormGuard();
    }

    private static async Task<IResult> AskAsync(string id, string? of, ClaimsPrincipal user, CaseMoney money, CancellationToken cancel) =>
        await OpenAsync(id, of, user, money, cancel) is { Model: { } model, Entitlement: { } entitlement }
            ? Page.Show<HandOverPage>(new HandOverModel(model, entitlement, FormState.Empty, null))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> SignAsync(
        string id, string? of, HttpContext http, CaseMoney money, HandOverTokens tokens, IOptions<WebSettings> settings, CancellationToken cancel)
    {
        if (await OpenAsync(id, of, http.User, money, cancel) is not { Model: { } model, Entitlement: { } entitlement })
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var (receipt, witness) = (typed["/document"].Trim(), typed["/witness"]);
        var faults = new List<Fault>();
        if (receipt.Length is 0 or > LongestReceipt || receipt.Contains('\n', StringComparison.Ordinal))
            faults.Add(new Fault("/document", new Text($"请填写收据号（最多{LongestReceipt}字）。", $"Enter the number of the receipt (at most {LongestReceipt} characters).")));
        if (model.Witnesses.All(person => person.Id != witness))
            faults.Add(new Fault("/witness", new Text("请选择另一位在场的工作人员。", "Choose another member of staff who was there.")));
        if (faults.Count > 0)
            return Page.Show<HandOverPage>(new HandOverModel(model, entitlement, new FormState(typed, faults), null), StatusCodes.Status422UnprocessableEntity);
        var token = tokens.Make(new HandOver(model.Application.Id, entitlement.Id, receipt, model.Staff.Id, witness));
        return Page.Show<HandOverPage>(new HandOverModel(
            model, entitlement, new FormState(typed, []), $"{settings.Value.PublicBaseUrl}/finance/cases/witness/{token}"));
    }

    private static async Task<IResult> ShowAsync(
        string token, ClaimsPrincipal user, HandOverTokens tokens, IStreams streams, ITownship township, CancellationToken cancel)
    {
        var (problem, model) = await ReadAsync(token, user, tokens, streams, township, cancel);
        return problem ?? Page.Show<WitnessPage>(model!);
    }

    private static async Task<IResult> WitnessAsync(
        string token, ClaimsPrincipal user, HandOverTokens tokens, IStreams streams, ITownship township, FundDesk funds, FundNewsDelivery news,
        CancellationToken cancel)
    {
        var (problem, model) = await ReadAsync(token, user, tokens, streams, township, cancel);
        if (problem is not null)
            return problem;
        var key = new FundKey(model!.Entitlement.Fund, model.Entitlement.Year);
        var document = $"{model.HandOver.Receipt} ({model.HandOver.Payer}, {model.HandOver.Witness})";
        await funds.HandleAsync(key, new HandOut(model.Entitlement.Id, 1), cancel);
        var answer = await funds.HandleAsync(key, new PayFromPetty(Actor.Staff(model.HandOver.Payer), model.Entitlement.Id, 1, document), cancel);
        if (answer.Refusal is { } refusal)
            return Problem.Of(refusal);
        await funds.ServeAsync(key, cancel);
        await news.TellAsync(key, cancel);
        return SeeOther.To($"/finance/cases/witness/{token}");
    }

    private static async Task<(CaseMoneyModel? Model, Entitlement? Entitlement)> OpenAsync(
        string id, string? of, ClaimsPrincipal user, CaseMoney money, CancellationToken cancel) =>
        await money.FindAsync(id, user, cancel) is { } model
        && model.Application.Entitlements.FirstOrDefault(one => one.Id == of) is { } entitlement
        && model.MayHandOver(entitlement)
            ? (model, entitlement)
            : (null, null);

    private static async Task<(IResult? Problem, WitnessModel? Model)> ReadAsync(
        string token, ClaimsPrincipal user, HandOverTokens tokens, IStreams streams, ITownship township, CancellationToken cancel)
    {
        if (tokens.Read(token) is not { } handOver
            || await streams.LoadAsync(handOver.Application, cancel) is not { Application: var application }
            || application.Entitlements.FirstOrDefault(one => one.Id == handOver.Entitlement) is not { } entitlement)
        {
            return (Failures.Of(StatusCodes.Status404NotFound), null);
        }
        if (CurrentStaff.Of(user, township)!.Id != handOver.Witness)
        {
            return (Problem.Of(Refusal.Of(
                RefusalCode.NotAllowed, "只有付款人指定的见证人可以签字，付款人自己不能。", "Only the witness whom the payer has named can sign here, and never the payer.")), null);
        }
        var payer = township.Register.Find(handOver.Payer)?.Name ?? handOver.Payer;
        return (null, new WitnessModel(handOver, entitlement, application.Reference, application.Payee?.Name, payer, token));
    }
}
