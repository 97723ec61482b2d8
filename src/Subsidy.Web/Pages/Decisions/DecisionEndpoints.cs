using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Web.Http;
using Subsidy.Web.Links;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Decisions;

/// <summary>
/// The approver's page. GET shows and changes nothing, however often a mail scanner opens it; the first POST shows what the decision
/// would do, the second one decides.
/// </summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/decisions/{token}", ShowAsync).RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
        routes.MapPost("/decisions/{token}", DecideAsync).WithFormGuard().RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(string token, DecisionDesk desk, CancellationToken cancel)
    {
        var opened = await desk.OpenAsync(token, cancel);
        return opened.Model is { } model ? Page.Show<DecisionPage>(model) : opened.Otherwise!;
    }

    private static async Task<IResult> DecideAsync(string token, HttpContext http, DecisionDesk desk, CancellationToken cancel)
    {
        var opened = await desk.OpenAsync(token, cancel);
        if (opened is not { Model: { } model, Link: { } link })
            return opened.Otherwise!;
        var posted = await http.Request.ReadFormAsync(cancel);
        var typed = Typed.From(posted);
        var vote = DecisionForm.Read(typed, model, link, out var unreadable);
        if (typed["action"] == "change")
            return Page.Show<DecisionPage>(model with { State = new FormState(typed, []) });
        if (unreadable.Count > 0)
            return Faulty(model, typed, unreadable);

        var photos = posted.Files.Where(file => file is { Name: "photos", Length: > 0 }).ToList();
        var confirmed = typed.Has(DecisionForm.Confirm, "yes");
        var rehearsed = await desk.RehearseAsync(model, vote, confirmed ? photos.Count : model.PhotosNeeded, cancel);
        if (rehearsed.Refusal is { Code: RefusalCode.Invalid } invalid)
        {
            // Photographs are asked for on the confirmation page, so that is where their absence is told.
            return confirmed && invalid.Faults.All(fault => fault.Pointer == "/photos")
                ? Confirm(model with { State = new FormState(typed, invalid.Faults) }, vote, await desk.RehearseAsync(model, vote, model.PhotosNeeded, cancel), typed)
                : Faulty(model, typed, invalid.Faults);
        }
        if (rehearsed.Refusal is { } refusal)
            return Problem.Of(refusal);
        if (!confirmed)
            return Confirm(model, vote, rehearsed, typed);

        var answer = await desk.CastAsync(link, vote, photos, cancel);
        return answer.Refusal switch
        {
            null => SeeOther.To($"/decisions/{token}"),
            { Code: RefusalCode.Invalid } faults => Faulty(model, typed, faults.Faults),
            var other => Problem.Of(other),
        };
    }

    private static IResult Confirm(DecisionModel model, CastVote vote, Decided rehearsed, Typed typed) => Page.Show<ConfirmPage>(
        new ConfirmModel(model, vote, rehearsed, [.. DecisionForm.Carried(typed)]),
        model.State.Faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static IResult Faulty(DecisionModel model, Typed typed, IReadOnlyList<Fault> faults) =>
        Page.Show<DecisionPage>(model with { State = new FormState(typed, faults) }, StatusCodes.Status422UnprocessableEntity);
}
