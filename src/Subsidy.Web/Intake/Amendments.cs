using System.Text.Json;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Http;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Intake;

/// <summary>What an applicant hands in after a return, or to complete the papers of an emergency.</summary>
internal sealed class Amendments(Desk desk, Turns turns, ISchemes schemes, PaperIntake papers, FormRules rules, TimeProvider time)
{
    /// <summary>JSON alone, or as in a submission: a part <c>application</c>, if anything in the form changes, and files.</summary>
    public async Task<Outcome<Head>> TakeAsync(Head head, HttpRequest request, CancellationToken cancel)
    {
        var scheme = await schemes.PinnedAsync(head.Application.Scheme, cancel);
        if (MultipartRequest.Open(request, Submissions.MostBytes) is not { } parts)
        {
            var body = await JsonInput.ReadBodyAsync(request, cancel);
            using var document = body.Document;
            return body.Problem is { } malformed ? malformed : await TakeAsync(head, scheme, body.Root, new ArrivedPapers([], []), cancel);
        }

        var first = await parts.NextAsync(cancel);
        if (first is not { Name: "application" })
            return await TakeAsync(head, scheme, null, await papers.TakeAsync(parts, first, head.Application.Id, scheme, cancel), cancel);
        var read = await JsonInput.ReadAsync(first.Body, cancel);
        using var json = read.Document;
        return read.Problem is { } unreadable
            ? unreadable
            : await TakeAsync(head, scheme, read.Root, await papers.TakeAsync(parts, null, head.Application.Id, scheme, cancel), cancel);
    }

    /// <param name="json">Null: only papers are added.</param>
    public async Task<Outcome<Head>> TakeAsync(Head head, Scheme scheme, JsonElement? json, ArrivedPapers arrived, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var request = json is { } element
            ? ApplicationRequest.Read(element, ChinaTime.DateOf(time.GetUtcNow()), faults)
            : new ApplicationRequest(null, null, null, null);
        faults.AddRange(arrived.Faults);
        if (faults.Count > 0)
        {
            var counts = head.Application.Papers.ToDictionary();
            foreach (var added in arrived.Papers)
                counts[added.Paper.Kind] = counts.GetValueOrDefault(added.Paper.Kind) + 1;
            return Problem.Of(Refusal.Invalid(request.Form is { } faulty ? await rules.AllFaultsAsync(faults, scheme, faulty, counts, cancel) : faults));
        }

        IReadOnlyList<Core.PersonKey> persons = request.Form is { } form ? rules.Persons(form) : [];
        var answer = await desk.HandleAsync(
            head.Application.Id, head, new Amend(request.Form, persons, arrived.Papers, request.Comment), null, cancel);
        if (answer.Refusal is { } refusal)
            return Problem.Of(refusal);
        return (await turns.TakeClaimsAsync(answer.Head!, cancel)).Head!;
    }
}
