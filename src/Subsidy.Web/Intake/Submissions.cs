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

/// <summary>An application in one request: the form, then its papers.</summary>
internal sealed class Submissions(
    Desk desk, ISchemes schemes, PaperIntake papers, FormRules rules, Receipts receipts, Fingerprints fingerprints, Secrets secrets, TimeProvider time)
{
    /// <summary>Of the whole request.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    public async Task<Outcome<IntakeAnswer>> TakeAsync(IdempotencyKey? key, HttpRequest request, CancellationToken cancel)
    {
        if (key is null)
            return IdempotencyKey.Missing;
        if (MultipartRequest.Open(request, MostBytes) is not { } parts)
            return Failures.Of(StatusCodes.Status415UnsupportedMediaType);

        if (await parts.NextAsync(cancel) is not { Name: "application" } part)
            return ApplicationFirst;
        var read = await JsonInput.ReadAsync(part.Body, cancel);
        if (read.Problem is { } unreadable)
            return unreadable;
        using var json = read.Document!;

        var id = key.ApplicationId(secrets);
        if (await desk.FindAsync(id, cancel) is { } earlier)
            return await AgainAsync(earlier, fingerprints.Of(json.RootElement, await PaperIntake.HashAsync(parts, cancel)), cancel);

        var faults = new List<Fault>();
        var application = ApplicationRequest.Read(json.RootElement, ChinaTime.DateOf(time.GetUtcNow()), faults);
        if (schemes.Current.FirstOrDefault(current => current.Id == application.Scheme) is not { } scheme)
            return Problem.Of(Refusal.Invalid([.. faults, Drafts.UnknownScheme]));
        if (application.Form is not { } form)
            return Problem.Of(Refusal.Invalid([.. faults, FormMissing]));

        var arrived = await papers.TakeAsync(parts, null, id, scheme, cancel);
        faults.AddRange(arrived.Faults);
        if (faults.Count > 0)
        {
            var counts = arrived.Papers.CountBy(paper => paper.Paper.Kind).ToDictionary();
            return Problem.Of(Refusal.Invalid(await rules.AllFaultsAsync(faults, scheme, form, counts, cancel)));
        }

        var fingerprint = fingerprints.Of(json.RootElement, arrived.Papers.Select(paper => (paper.Paper.Kind, paper.Paper.Sha256)));
        var submit = new Submit(id, application.Village ?? "", Languages.Current, fingerprint, form, rules.Persons(form), arrived.Papers);
        var answer = await desk.HandleAsync(id, null, submit, scheme, cancel);
        if (answer.Refusal is { } refusal)
            return Problem.Of(refusal);
        // No events: the same request came twice at the same time, and the other one was quicker.
        return answer.Events.Count > 0
            ? await receipts.AfterClaimsAsync(answer.Head!, cancel)
            : await receipts.AgainAsync(answer.Head!, cancel);
    }

    private async Task<Outcome<IntakeAnswer>> AgainAsync(Head earlier, string fingerprint, CancellationToken cancel) =>
        earlier.Application is { Status: not Status.Draft } application && application.Fingerprint == fingerprint
            ? await receipts.AgainAsync(earlier, cancel)
            : IdempotencyKey.OtherContent;

    private static Problem ApplicationFirst => Problem.Of(400, "malformed", new Text("请求的格式不正确。", "The request is malformed."), new Text(
        "第一部分应当是名为 application 的 JSON。", "The first part must be the JSON, with the name application."));

    private static Fault FormMissing => new("/applicant", new Text("请填写申请表。", "Please fill in the form."));
}
