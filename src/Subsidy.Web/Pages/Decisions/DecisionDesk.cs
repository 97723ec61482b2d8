using Microsoft.AspNetCore.Http;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Decisions;
using Subsidy.Web.Http;
using Subsidy.Web.Links;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Decisions;

/// <summary>What a decision link opens at this moment.</summary>
internal sealed class DecisionDesk(
    DecisionLinks links, IStreams streams, ISchemes schemes, Rehearsal rehearsal, Desk desk, Photos photographs, TimeProvider time)
{
    /// <param name="Model">The page to decide on; null when there is nothing to decide, and then what is shown instead.</param>
    public sealed record Opened(DecisionLink? Link, DecisionModel? Model, IResult? Otherwise);

    public async Task<Opened> OpenAsync(string token, CancellationToken cancel)
    {
        if (!links.TryRead(token, time.GetUtcNow(), out var link, out var fault))
            return Instead(null, Failures.Of(fault is LinkFault.Expired ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound));
        if (await CaseFile.ReadAsync(link.Application, streams, schemes, cancel) is not { } file)
            return Instead(link, Failures.Of(StatusCodes.Status404NotFound));

        var circumstances = await rehearsal.CircumstancesAsync(file.Application, cancel);
        if (file.Opinions.LastOrDefault(one => one.Staff == link.Staff && one.Assignment == link.Assignment && one.Round == link.Round) is { } own)
            return Instead(link, Page.Show<DonePage>(new DoneModel(own, file, circumstances.Township)));

        // Stepping aside is what a person may do whatever else bars them: if even that is refused, the link opens nothing any more.
        var aside = DecisionForm.Vote(link, Decision.Recuse, file.Application.Version);
        if (Rehearsal.Play(file.Application, aside, circumstances).Refusal is { } refusal)
            return Instead(link, Problem.Of(refusal));
        return new Opened(link, Model(token, link, file, aside, circumstances), null);
    }

    /// <param name="photos">How many photographs come with it.</param>
    public async Task<Decided> RehearseAsync(DecisionModel model, CastVote vote, int photos, CancellationToken cancel)
    {
        var pictures = Enumerable.Range(0, photos).Select(_ => new Paper("rehearsal", "photo", "", 0, "image/jpeg"));
        return await rehearsal.PlayAsync(model.Case.Application, vote with { Photos = [.. pictures] }, cancel);
    }

    /// <summary>Stores the photographs and casts the vote.</summary>
    public async Task<DeskAnswer> CastAsync(DecisionLink link, CastVote vote, IReadOnlyList<IFormFile> photos, CancellationToken cancel)
    {
        var taken = new List<Paper>();
        var faults = new List<Fault>();
        foreach (var photo in photos)
        {
            await using var content = photo.OpenReadStream();
            await photographs.TakeAsync(link.Application, content, taken, faults, cancel);
        }
        return faults.Count > 0
            ? new DeskAnswer(null, [], Refusal.Invalid(faults))
            : await desk.HandleAsync(link.Application, vote with { Photos = taken }, null, cancel);
    }

    private static DecisionModel Model(string token, DecisionLink link, CaseFile file, CastVote aside, Circumstances circumstances)
    {
        var application = file.Application;
        var assignment = application.Assignments.First(one => one.Key == link.Assignment && one.Round == link.Round);
        var barred = Rehearsal.Play(application, aside with { Decision = Decision.Reject }, circumstances).Refusal is { Code: RefusalCode.NotAllowed } bar
            ? bar.Faults[0].Message
            : null;
        return new DecisionModel(
            token,
            circumstances.Township.Find(link.Staff)!,
            assignment,
            file,
            circumstances.Township,
            Rehearsal.Colleagues(application, aside, circumstances),
            Checks(file, assignment, circumstances),
            barred,
            application.Version,
            FormState.Empty);
    }

    /// <summary>Null for a check that needs what has yet to be measured, or measured anew.</summary>
    private static Dictionary<string, bool?> Checks(CaseFile file, Assignment assignment, Circumstances circumstances)
    {
        var application = file.Application;
        if (MeasuringStep.Of(application, file.Scheme, assignment) is not { } step)
            return [];
        var measured = application.Measured.ContainsKey(assignment.Key);
        var scope = Facts.Scope(
            application.Facts, application.Measured, circumstances.Registers, application.Amount, application.SubmittedAt, application.Papers);
        return step.Checks.ToDictionary(check => check.Key, Holds, StringComparer.Ordinal);

        bool? Holds(Check check)
        {
            var own = $"measured.{step.Key}";
            return !measured && check.That.Names.Any(name => name == own || name.StartsWith(own + ".", StringComparison.Ordinal))
                ? null
                : check.That.Holds(scope);
        }
    }

    private static Opened Instead(DecisionLink? link, IResult result) => new(link, null, result);
}
