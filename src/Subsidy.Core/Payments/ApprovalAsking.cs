using Subsidy.Core.Applications.Deciding;
using Subsidy.Core.Township;

namespace Subsidy.Core.Payments;

/// <summary>What becomes of it that people are asked to approve a run. Late word changes nothing.</summary>
internal static class ApprovalAsking
{
    public static PayRunEvent[] Decide(PayRun run, PayRunCommand command, TownshipRegister staff, DateTimeOffset now) => command switch
    {
        AskApprovers c => Ask(run, c, staff, now),
        RecordAsked c when IsUnsent(run, c.Approver) => [new ApproverAsked(c.Approver, c.Evidence)],
        RecordNotAsked c when IsUnsent(run, c.Approver) => [Failed(run, c, staff, now)],
        RecordReturnedMail c when Of(run)?.Approvers.FirstOrDefault(one => run.Asking!.MailTo(run.Id, one.Staff) == c.Mail) is { State: AskedState.Sent } approver =>
            [new ApprovalMailReturned(approver.Staff, c.Reason)],
        _ => [],
    };

    private static PayRunEvent[] Ask(PayRun run, AskApprovers c, TownshipRegister staff, DateTimeOffset now)
    {
        if (run.PhaseAt(now) is not PayRunPhase.Ask)
            return [];
        var before = run.Asking;
        if (before is { Approvers.Count: > 0 } && !(before.RemindAt <= now))
            return [new AskingTaken(c.Until)];
        // The register as it is now: who was asked before may have left, and another may have come.
        var approvers = Approvers.Of(run, staff);
        if (approvers.Count == 0)
            return before is { Approvers.Count: 0 } ? [] : [new ApproversNamed([], Reminder: false, null)];
        var reminder = before is { Approvers.Count: > 0 };
        return [new ApproversNamed(approvers, reminder, reminder ? null : c.RemindAt), new AskingTaken(c.Until)];
    }

    private static ApproverNotAsked Failed(PayRun run, RecordNotAsked c, TownshipRegister staff, DateTimeOffset now)
    {
        var attempts = run.Asking!.Approvers.First(one => one.Staff == c.Approver).Attempts + 1;
        var over = attempts >= Retrying.GivenUpAfter || !Approvers.MayApprove(run, c.Approver, staff);
        return new ApproverNotAsked(
            c.Approver, c.Reason, attempts, over ? null : now + Retrying.PauseAfter(attempts), attempts >= Retrying.StuckAfter);
    }

    private static bool IsUnsent(PayRun run, string staff) =>
        Of(run)?.Approvers.FirstOrDefault(one => one.Staff == staff) is { State: AskedState.Unsent };

    /// <summary>Once somebody has decided, nobody is asked any more.</summary>
    private static Asking? Of(PayRun run) => run.State is PayRunState.Prepared ? run.Asking : null;
}
