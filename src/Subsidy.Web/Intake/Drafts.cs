using System.Text.Json;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Http;
using Subsidy.Web.Keys;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Intake;

/// <summary>An application in steps: a draft, papers one by one, then the form.</summary>
internal sealed class Drafts(
    Desk desk, IStreams streams, ISchemes schemes, PaperIntake papers, FormRules rules, Receipts receipts, Fingerprints fingerprints, Secrets secrets,
    TimeProvider time)
{
    public static Fault UnknownScheme => new("/scheme", new Text("没有这个事项，请从列表里选择。", "There is no such scheme; choose one from the list."));

    /// <summary>The same key for the same scheme and village again opens nothing new and is answered the same.</summary>
    public async Task<Outcome<IntakeAnswer>> OpenAsync(IdempotencyKey key, string? scheme, string? village, CancellationToken cancel)
    {
        var id = key.ApplicationId(secrets);
        var fingerprint = fingerprints.Of(JsonSerializer.SerializeToElement(new { scheme, village }), []);
        if (await desk.FindAsync(id, cancel) is { } earlier)
            return await AgainAsync(earlier.Application, fingerprint, cancel);
        if (schemes.Current.FirstOrDefault(current => current.Id == scheme) is not { } found)
            return Problem.Of(Refusal.Invalid(UnknownScheme));

        var answer = await desk.HandleAsync(id, null, new OpenDraft(id, village ?? "", Languages.Current, fingerprint), found, cancel);
        return answer.Refusal is { } refusal ? Problem.Of(refusal) : receipts.Of(answer.Application!);
    }

    /// <param name="number">1 for the first of its kind; papers of a kind come in order.</param>
    public async Task<Outcome<PaperAnswer>> AddPaperAsync(Head head, string kind, int number, string? fileName, Stream content, CancellationToken cancel)
    {
        var application = head.Application;
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        if (scheme.Documents.FirstOrDefault(document => document.Kind == kind) is not { } rule)
            return Problem.Of(Refusal.Invalid(PaperRules.UnknownKind(kind)));
        var there = application.Papers.GetValueOrDefault(kind);
        if (number < 1 || number > there + 1 || number > rule.MaxCount)
            return Problem.Of(Refusal.Invalid(new Fault(PaperRules.Pointer(kind), NumberText(Math.Min(there + 1, rule.MaxCount)))));
        if (number <= there)
            return await SameAsync(application.Id, kind, number, content, cancel);

        var added = new List<AddPaper>();
        var faults = new List<Fault>();
        await papers.TakeAsync(application.Id, rule, fileName, content, added, faults, cancel);
        if (faults.Count > 0)
            return Problem.Of(Refusal.Invalid(faults));
        var answer = await desk.HandleAsync(application.Id, head, added[0], null, cancel);
        return answer.Refusal is { } refusal ? Problem.Of(refusal) : PaperAnswer.Of(added[0].Paper, number);
    }

    /// <param name="application">The form as JSON; scheme and village are the draft's, and if they stand here they must be the same.</param>
    public async Task<Outcome<IntakeAnswer>> SubmitAsync(Head head, JsonElement application, CancellationToken cancel)
    {
        var draft = head.Application;
        var scheme = await schemes.PinnedAsync(draft.Scheme, cancel);
        var faults = new List<Fault>();
        var request = ApplicationRequest.Read(application, ChinaTime.DateOf(time.GetUtcNow()), faults);
        if (request.Scheme is { } other && other != draft.Scheme.Id)
            faults.Add(new Fault("/scheme", new Text("与草稿的事项不同。", "This is not the draft's scheme.")));
        if (request.Village is { } elsewhere && elsewhere != draft.Village)
            faults.Add(new Fault("/village", new Text("与草稿的村不同。", "This is not the draft's village.")));
        if (request.Form is not { } form)
            return Problem.Of(Refusal.Invalid([.. faults, new Fault("/applicant", new Text("请填写申请表。", "Please fill in the form."))]));
        if (faults.Count > 0)
            return Problem.Of(Refusal.Invalid(await rules.AllFaultsAsync(faults, scheme, form, draft.Papers, cancel)));

        var submit = new Submit(draft.Id, draft.Village, draft.Language, fingerprints.Of(application, []), form, rules.Persons(form), []);
        var answer = await desk.HandleAsync(draft.Id, head, submit, null, cancel);
        if (answer.Refusal is { } refusal)
            return Problem.Of(refusal);
        return answer.Events.Count > 0
            ? await receipts.AfterClaimsAsync(answer.Head!, cancel)
            : await receipts.AgainAsync(answer.Head!, cancel);
    }

    /// <summary>The draft may have become an application since, whose fingerprint is another one; its first event still has the draft's.</summary>
    private async Task<Outcome<IntakeAnswer>> AgainAsync(Application earlier, string fingerprint, CancellationToken cancel)
    {
        var first = await streams.ReadAsync(earlier.Id, cancel).FirstAsync(cancel);
        return first.Recorded.Event is DraftOpened opened && opened.Fingerprint == fingerprint
            ? receipts.Of(Evolver.Fold(earlier.Id, [first.Recorded]))
            : IdempotencyKey.OtherContent;
    }

    private async Task<Outcome<PaperAnswer>> SameAsync(string id, string kind, int number, Stream content, CancellationToken cancel)
    {
        var hash = await PaperIntake.HashAsync(content, cancel);
        var events = await streams.ReadAsync(id, cancel).Select(stored => stored.Recorded).ToListAsync(cancel);
        var there = PaperFile.Of(events).Where(file => file.Staff is null && file.Paper.Kind == kind).ElementAt(number - 1);
        return there.Paper.Sha256 == hash
            ? PaperAnswer.Of(there.Paper, number)
            : Problem.Of(Refusal.Of(RefusalCode.AlreadyDone, "这一份已经交过了，内容不同。", "Another paper has been handed in under this number."));
    }

    private static Text NumberText(int next) => new($"序号应当不大于{next}。", $"The number must not be greater than {next}.");
}

/// <param name="Number">Among those of its kind, from 1.</param>
/// <param name="Sha256">Of the plain content, lower-case hexadecimal: the sender can tell that it arrived whole.</param>
public sealed record PaperAnswer(string Id, string Kind, int Number, string Sha256, long Size, string ContentType)
{
    internal static PaperAnswer Of(Paper paper, int number) => new(paper.Id, paper.Kind, number, paper.Sha256, paper.Size, paper.ContentType);
}
