using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Mail;

/// <summary>What a mail is about, and until when.</summary>
internal static class MatterText
{
    /// <summary>The route has gone on meanwhile; where it is has nothing to do with this.</summary>
    public static readonly Text HandOver = new("当面给付", "Handover on the spot");

    public static bool IsHandOver(MailKind kind) =>
        kind is MailKind.HandOverWitness or MailKind.HandOverOverdue or MailKind.HandOverRefused or MailKind.HandOverDropped;

    public static Text Of(Application application, Assignment? assignment, Scheme scheme)
    {
        var step = scheme.Route.FirstOrDefault(s => s.Key == (assignment?.Step ?? application.Step))?.Title ?? new Text("受理", "Intake");
        return assignment?.Kind switch
        {
            AssignmentKind.Objection => new Text($"对“{step.Zh}”的异议", $"Objection to “{step.En}”"),
            AssignmentKind.Appeal when application.Stopped is not null => new Text("对停止发放的复核", "Appeal against the stop of the regular payments"),
            AssignmentKind.Appeal => new Text($"对“{step.Zh}”结果的复核", $"Appeal against the outcome of “{step.En}”"),
            AssignmentKind.Recheck => new Text("继续发放的复核", "Re-check of the regular payments"),
            AssignmentKind.Payee => new Text($"“{step.Zh}”的新收款人", $"New payee for “{step.En}”"),
            _ => step,
        };
    }

    /// <summary>For mails that are about no question put to staff: what the applicant, or the township, has until then.</summary>
    public static Text? Deadline(Application application, MailKind kind) => kind switch
    {
        MailKind.Returned or MailKind.LapseWarning or MailKind.Reopened when application.Return is { } back =>
            DateText.Deadline(back.Due, back.Estimate),
        MailKind.Posted when application.Notice?.Until is { } until => DateText.Deadline(until),
        MailKind.RequestReminder or MailKind.SupplementAsked or MailKind.Rectify or MailKind.Overdue when application.Waiting is { Due: { } due } waiting =>
            DateText.Deadline(due, waiting.Estimate),
        MailKind.Rejected when application.Rejected?.AppealUntil is { } appeal => DateText.Deadline(appeal),
        MailKind.PaymentsStopped when application.Stopped?.AppealUntil is { } appeal => DateText.Deadline(appeal),
        _ => null,
    };
}
