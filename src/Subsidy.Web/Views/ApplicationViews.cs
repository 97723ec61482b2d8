using System.Globalization;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.History;
using Subsidy.Web.Papers;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Views;

/// <summary>Makes of a head and its stream what the applicant is shown.</summary>
public sealed class ApplicationViews(IStreams streams, ISchemes schemes, TimeProvider time)
{
    public async Task<ApplicationView> OfAsync(Head head, CancellationToken cancel)
    {
        var application = head.Application;
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        var events = await streams.ReadAsync(application.Id, cancel).Select(stored => stored.Recorded).ToListAsync(cancel);
        var culture = CultureInfo.CurrentUICulture;
        var (due, estimate) = Due(application);
        return new ApplicationView(
            application.Id,
            application.Reference,
            scheme.Id,
            scheme.Title.In(culture),
            application.Status,
            StatusTexts.Of(application.Status).In(culture),
            application.Step,
            application.Step is null ? null : Titles.Step(scheme, application.Step).In(culture),
            application.SubmittedAt,
            due,
            estimate,
            application.Amount?.Fen,
            Missing(application, scheme, culture),
            May(application, scheme, culture),
            [.. PaperFile.Of(events).Where(file => file.Staff is null).Select(file => View(file, scheme, culture))],
            [.. application.Permits.Select(permit => new PermitView(
                permit.Number, permit.Kind, Titles.Certificate(scheme, permit.Kind).In(culture), permit.IssuedAt, permit.Revoked))],
            [.. PaymentList.Of(events).Select(payment => PaymentView.Of(payment, culture))],
            [.. RecoveryList.Of(events).Select(recovery => RecoveryView.Of(recovery, events))],
            ApplicantHistory.Of(events, scheme, culture));
    }

    private static (DateTimeOffset? Due, bool Estimate) Due(Application application) => application switch
    {
        { Status: Status.Draft } => (application.DraftUntil, false),
        { Status: Status.Returned, Return: { } back } => (back.Due, back.Estimate),
        { Waiting: { Due: { } due } waiting } => (due, waiting.Estimate),
        { Assignments: [_, ..] open } => (open.Max(assignment => assignment.Due), open.Any(assignment => assignment.Estimate)),
        { Notice.Until: { } until } => (until, false),
        { Rejected.AppealUntil: { } appeal } => (appeal, false),
        { Stopped.AppealUntil: { } appeal } => (appeal, false),
        _ => (null, false),
    };

    private static IReadOnlyList<MissingView> Missing(Application application, Scheme scheme, CultureInfo culture) => application switch
    {
        { Status: Status.Returned, Return: { } back } => [.. back.Missing.Select(one => new MissingView(one.Pointer, one.Text))],
        // For a re-check papers come again: those of before say nothing.
        _ =>
        [
            .. AskedPapers.Of(application, scheme).Where(kind => application.Rechecking || application.Papers.GetValueOrDefault(kind) == 0)
                .Select(kind => new MissingView(PaperRules.Pointer(kind), Titles.Paper(scheme, kind).In(culture))),
        ],
    };

    // What the core would take now. Whatever is shown here, the core decides when it is tried.
    private MayView May(Application application, Scheme scheme, CultureInfo culture)
    {
        var asked = AskedPapers.Of(application, scheme).Count > 0;
        var request = application.Waiting is { Kind: WaitingKind.Request or WaitingKind.Rectification } waiting
            ? scheme.Route.OfType<DecisionStep>().FirstOrDefault(step => step.Key == waiting.Step)?.Request
            : null;
        return new MayView(
            Submit: application.Status is Status.Draft,
            Amend: application.Status is Status.Returned || asked,
            AddPapers: application.Status is Status.Draft or Status.Returned || asked,
            Withdraw: !application.Final && application.Permits.Count == 0
                && application.Status is not (Status.Rejected or Status.Paying or Status.Paid or Status.Recovering or Status.Suspended),
            Appeal: (application.Rejected?.AppealUntil ?? application.Stopped?.AppealUntil) > time.GetUtcNow() && !application.Appealing,
            CorrectPayee: scheme.Payee && application is { Final: false, ProposedPayee: null }
                && (application.Recurring is not null || application.Entitlements.Any(one => one.Owed))
                && application.Entitlements.All(one => one.State is not EntitlementState.Ordered),
            ReportChange: application is { Recurring: not null, Rechecking: false } && scheme.Amount?.Recheck is not null,
            request?.Key,
            request?.Title.In(culture));
    }

    private static PaperView View(PaperFile file, Scheme scheme, CultureInfo culture) => new(
        file.Paper.Id, file.Paper.Kind, Titles.Paper(scheme, file.Paper.Kind).In(culture), file.FileName, file.Paper.Size, file.Paper.ContentType, file.At);
}
