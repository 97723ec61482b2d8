using System.Security.Claims;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Papers;
using Subsidy.Web.Decisions;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Papers;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>
/// Paid on the spot out of the petty fund 备用金, in cash or kind: a receipt with its photo and two signatures. The payer signs first and
/// names the witness, who gets a mail; only the witness, signed in as such, completes or refuses it. GET shows, POST decides.
/// </summary>
internal static class HandOverEndpoints
{
    public static void MapHandOver(this IEndpointRouteBuilder cases)
    {
        cases.MapGet("/{id}/handover", AskAsync);
        cases.MapPost("/{id}/handover", SignAsync).WithFormGuard();
        cases.MapGet("/{id}/handovers/{number:int}", ShowAsync);
        cases.MapPost("/{id}/handovers/{number:int}", WitnessAsync).WithFormGuard();
        cases.MapPost("/{id}/handovers/{number:int}/refusal", RefuseAsync).WithFormGuard();
        cases.MapPost("/{id}/handovers/{number:int}/witness", NameAsync).WithFormGuard();
        cases.MapPost("/{id}/handovers/{number:int}/drop", DropAsync).WithFormGuard();
        cases.MapGet("/{id}/handovers/{number:int}/papers/{paper}", PaperAsync);
    }

    private static async Task<IResult> AskAsync(string id, string? of, ClaimsPrincipal user, CaseMoney money, CancellationToken cancel)
    {
        if (await money.FindAsync(id, user, cancel) is not { } model)
            return Failures.Of(StatusCodes.Status404NotFound);
        // Who clicks a second time reads who has signed already.
        if (model.Application.Entitlements.FirstOrDefault(one => one.Id == of)?.HandOver is { State: not HandOverState.Dropped } known)
            return SeeOther.To(AddressOf(model.Application, known.Number));
        return Open(model, of) is { } entitlement
            ? Page.Show<HandOverPage>(new HandOverModel(model, entitlement, model.WitnessesOf(entitlement), FormState.Empty))
            : Failures.Of(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SignAsync(
        string id, string? of, HttpContext http, CaseMoney money, Desk desk, Turns turns, Photos photos, CancellationToken cancel)
    {
        if (await money.FindAsync(id, http.User, cancel) is not { } model || model.Application.Entitlements.FirstOrDefault(one => one.Id == of) is not { } entitlement)
            return Failures.Of(StatusCodes.Status404NotFound);
        var posted = await http.Request.ReadFormAsync(cancel);
        var typed = Typed.From(posted);
        var files = posted.Files.Where(file => file is { Name: "photos", Length: > 0 }).ToList();
        var kind = typed["/kind"] is "inKind" ? HandOverKind.InKind : HandOverKind.Cash;
        // Nothing is stored before everything else is right.
        var signature = new SignHandOver(
            model.Staff.Id, entitlement.Id, kind, typed["/goods"], typed["/document"], [.. files.Select(_ => CaseMoneyModel.SomePhoto)], typed["/witness"]);
        if (model.Refused(signature) is { } refusal)
            return Again(refusal);

        var taken = new List<Paper>();
        var faults = new List<Fault>();
        foreach (var file in files)
        {
            await using var content = file.OpenReadStream();
            await photos.TakeAsync(model.Application.Id, content, taken, faults, cancel);
        }
        if (faults.Count > 0)
            return Again(Refusal.Invalid(faults));
        var answer = await desk.HandleAsync(model.Application.Id, signature with { Photos = taken }, null, cancel);
        if (answer.Refusal is { } late)
            return Again(late);
        await turns.PostHandOverAsync(answer.Head!, cancel);
        return SeeOther.To(AddressOf(model.Application, answer.Events.Single(recorded => recorded.Event is HandOverSigned).Number));

        IResult Again(Refusal wrong) => wrong.Code is RefusalCode.Invalid
            ? Page.Show<HandOverPage>(
                new HandOverModel(model, entitlement, model.WitnessesOf(entitlement), new FormState(typed, wrong.Faults)), StatusCodes.Status422UnprocessableEntity)
            : Problem.Of(wrong);
    }

    private static async Task<IResult> ShowAsync(string id, int number, ClaimsPrincipal user, CaseMoney money, CancellationToken cancel) =>
        await money.FindHandOverAsync(id, number, user, cancel) is { } model
            ? Page.Show<WitnessPage>(model)
            : Failures.Of(StatusCodes.Status404NotFound);

    private static Task<IResult> WitnessAsync(
        string id, int number, HttpContext http, CaseMoney money, Desk desk, Turns turns, CancellationToken cancel) => DecideAsync(
        id, number, http, money, desk, turns, (model, _) => new WitnessHandOver(model.Money.Staff.Id, model.File.Signed.Entitlement, number), cancel);

    private static Task<IResult> RefuseAsync(
        string id, int number, HttpContext http, CaseMoney money, Desk desk, Turns turns, CancellationToken cancel) => DecideAsync(
        id, number, http, money, desk, turns, (model, typed) => new RefuseHandOver(model.Money.Staff.Id, model.File.Signed.Entitlement, number, typed["/reason"]), cancel);

    private static Task<IResult> NameAsync(
        string id, int number, HttpContext http, CaseMoney money, Desk desk, Turns turns, CancellationToken cancel) => DecideAsync(
        id, number, http, money, desk, turns, (model, typed) => new NameWitness(model.Money.Staff.Id, model.File.Signed.Entitlement, number, typed["/witness"]), cancel);

    private static Task<IResult> DropAsync(
        string id, int number, HttpContext http, CaseMoney money, Desk desk, Turns turns, CancellationToken cancel) => DecideAsync(
        id, number, http, money, desk, turns, (model, typed) => new DropHandOver(model.Money.Staff.Id, model.File.Signed.Entitlement, number, typed["/reason"]), cancel);

    private static async Task<IResult> DecideAsync(
        string id, int number, HttpContext http, CaseMoney money, Desk desk, Turns turns, Func<WitnessModel, Typed, Command> read, CancellationToken cancel)
    {
        if (await money.FindHandOverAsync(id, number, http.User, cancel) is not { } model)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var answer = await desk.HandleAsync(model.Money.Application.Id, read(model, typed), null, cancel);
        switch (answer.Refusal)
        {
            case null:
                await turns.PostHandOverAsync(answer.Head!, cancel);
                return SeeOther.To(model.Address);
            case { Code: RefusalCode.Invalid } wrong:
                return Page.Show<WitnessPage>(model with { State = new FormState(typed, wrong.Faults) }, StatusCodes.Status422UnprocessableEntity);
            case var refusal:
                return Problem.Of(refusal);
        }
    }

    private static async Task<IResult> PaperAsync(
        string id, int number, string paper, ClaimsPrincipal user, CaseMoney money, IPaperStore store, CancellationToken cancel) =>
        await money.FindHandOverAsync(id, number, user, cancel) is { } model
        && model.File.Signed.Photos.FirstOrDefault(photo => photo.Id == paper) is { } found
            ? new PaperDownload(store, model.Money.Application.Id, new PaperFile(found, null, model.File.At, model.File.Signed.Payer))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static Entitlement? Open(CaseMoneyModel model, string? of) =>
        model.Application.Entitlements.FirstOrDefault(one => one.Id == of) is { } entitlement && model.MayHandOver(entitlement) ? entitlement : null;

    private static string AddressOf(Application application, int number) => $"/finance/cases/{application.Id}/handovers/{number}";
}
