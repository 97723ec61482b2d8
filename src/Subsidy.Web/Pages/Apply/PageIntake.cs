using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Keys;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Pages.Apply;

/// <summary>One attempt to send the form.</summary>
/// <param name="Document">The <c>application</c> document of the HTTP contract.</param>
/// <param name="Files">Each by its document kind.</param>
internal sealed record Attempt(IdempotencyKey Key, Scheme Scheme, JsonObject Document, IReadOnlyList<(string Kind, IFormFile File)> Files);

/// <summary>
/// Takes an application from a page. Unlike a program, a browser cannot send the same files again without the person choosing them
/// again: so the papers of a faulty attempt are kept with a draft of the same key, and the next attempt goes on from there.
/// </summary>
internal sealed class PageIntake(
    Desk desk, IStreams streams, PaperIntake papers, FormRules rules, Receipts receipts, Fingerprints fingerprints, Secrets secrets, TimeProvider time)
{
    /// <summary>Submits; what is faulty comes back as a problem, with the good papers kept.</summary>
    public async Task<Outcome<IntakeAnswer>> SubmitAsync(Attempt attempt, CancellationToken cancel)
    {
        var id = attempt.Key.ApplicationId(secrets);
        var head = await desk.FindAsync(id, cancel);
        var json = JsonSerializer.SerializeToElement(attempt.Document);
        if (head is { Application.Status: not Status.Draft })
            return await AgainAsync(head, json, attempt, cancel);

        var arrived = await TakePapersAsync(id, attempt, cancel);
        var faults = new List<Fault>();
        var request = ApplicationRequest.Read(json, ChinaTime.DateOf(time.GetUtcNow()), faults);
        faults.AddRange(arrived.Faults);
        if (faults.Count > 0 && request.Form is { } faulty)
            return await KeepAsync(head, id, attempt, arrived, await rules.AllFaultsAsync(faults, attempt.Scheme, faulty, Counts(head, arrived), cancel), cancel);

        var form = request.Form ?? throw new InvalidOperationException("The page's form has fields.");
        var submit = new Submit(id, request.Village ?? "", Languages.Current, Fingerprint(json, arrived), form, rules.Persons(form), arrived.Papers);
        var answer = await desk.HandleAsync(id, head, submit, attempt.Scheme, cancel);
        if (answer.Refusal is { Code: RefusalCode.Invalid } refusal)
            return await KeepAsync(head, id, attempt, arrived, refusal.Faults, cancel);
        if (answer.Refusal is { } other)
            return Problem.Of(other);
        return answer.Events.Count > 0 ? await receipts.AfterClaimsAsync(answer.Head!, cancel) : await receipts.AgainAsync(answer.Head!, cancel);
    }

    /// <summary>Keeps the papers of an attempt that is not sent yet: a row was added, or a number could not be read.</summary>
    /// <returns>What is wrong with the papers themselves.</returns>
    public async Task<IReadOnlyList<Fault>> KeepAsync(Attempt attempt, CancellationToken cancel)
    {
        var id = attempt.Key.ApplicationId(secrets);
        var head = await desk.FindAsync(id, cancel);
        if (attempt.Files.Count == 0 || head is { Application.Status: not Status.Draft })
            return [];
        var arrived = await TakePapersAsync(id, attempt, cancel);
        return (await KeepAsync(head, id, attempt, arrived, arrived.Faults, cancel)).Errors;
    }

    /// <summary>What lies with the key's draft.</summary>
    public async Task<IReadOnlyList<PaperFile>> KeptAsync(IdempotencyKey key, CancellationToken cancel)
    {
        var id = key.ApplicationId(secrets);
        return await desk.FindAsync(id, cancel) is null
            ? []
            : PaperFile.Of(await streams.ReadAsync(id, cancel).Select(stored => stored.Recorded).ToListAsync(cancel));
    }

    private async Task<Problem> KeepAsync(
        Head? head, string id, Attempt attempt, ArrivedPapers arrived, IReadOnlyList<Fault> faults, CancellationToken cancel)
    {
        if (arrived.Papers.Count == 0)
            return Problem.Of(Refusal.Invalid(faults));
        var draft = head;
        if (draft is null)
        {
            var village = (string?)attempt.Document["village"] ?? "";
            var opened = await desk.HandleAsync(id, null, new OpenDraft(id, village, Languages.Current, null), attempt.Scheme, cancel);
            if (opened.Refusal is not null)
                return Problem.Of(Refusal.Invalid([.. faults, new Fault("/village", Texts.ChooseVillageFirst)]));
            draft = opened.Head;
        }
        foreach (var paper in arrived.Papers)
            draft = (await desk.HandleAsync(id, draft, paper, attempt.Scheme, cancel)).Head;
        return Problem.Of(Refusal.Invalid(faults));
    }

    private async Task<Outcome<IntakeAnswer>> AgainAsync(Head head, JsonElement json, Attempt attempt, CancellationToken cancel)
    {
        var hashes = new List<(string, string)>();
        foreach (var (kind, file) in attempt.Files)
        {
            await using var content = file.OpenReadStream();
            hashes.Add((kind, await PaperIntake.HashAsync(content, cancel)));
        }
        return head.Application.Fingerprint == fingerprints.Of(json, hashes)
            ? await receipts.AgainAsync(head, cancel)
            : Problem.Of(StatusCodes.Status422UnprocessableEntity, "sent-already", Texts.SentAlready(head.Application.Reference));
    }

    private async Task<ArrivedPapers> TakePapersAsync(string id, Attempt attempt, CancellationToken cancel)
    {
        var taken = new List<AddPaper>();
        var faults = new List<Fault>();
        foreach (var (kind, file) in attempt.Files)
        {
            if (attempt.Scheme.Documents.FirstOrDefault(document => document.Kind == kind) is not { } rule)
                continue;
            await using var content = file.OpenReadStream();
            await papers.TakeAsync(id, rule, file.FileName, content, taken, faults, cancel);
        }
        return new ArrivedPapers(taken, faults);
    }

    private string Fingerprint(JsonElement json, ArrivedPapers arrived) =>
        fingerprints.Of(json, arrived.Papers.Select(paper => (paper.Paper.Kind, paper.Paper.Sha256)));

    private static Dictionary<string, int> Counts(Head? head, ArrivedPapers arrived)
    {
        var counts = head?.Application.Papers.ToDictionary(StringComparer.Ordinal) ?? new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var added in arrived.Papers)
            counts[added.Paper.Kind] = counts.GetValueOrDefault(added.Paper.Kind) + 1;
        return counts;
    }
}
