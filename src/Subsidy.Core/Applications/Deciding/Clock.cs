using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>
/// Deadlines that have passed. A deadline reminds, then tells the level above; it never approves or rejects (DESIGN: promise 4). Only an
/// unanswered return lapses, and never before its warning has had its time.
/// </summary>
internal static class Clock
{
    /// <summary>Each pass moves a deadline on; an application that was asleep for years still comes to rest.</summary>
    private const int Passes = 64;

    public static Refusal? Pass(Unfolding u)
    {
        for (var pass = 0; pass < Passes && Timing.Passed(u.A, u.At); pass++)
            PassOne(u);
        return null;
    }

    private static void PassOne(Unfolding u)
    {
        var a = u.A;
        if (a is { Status: Status.Draft, DraftUntil: { } draft } && draft <= u.At)
            u.Emit(new Lapsed([]));
        else if (a.Assignments.FirstOrDefault(x => x.NextCall <= u.At) is { } assignment)
            Call(u, assignment);
        else if (a.Notice is { Until: { } until } notice && until <= u.At)
            Walking.Pass(u, notice.Step);
        else if (a is { Status: Status.Returned, Return: { } back } && (back.Warned ? back.Due : back.WarnAt) <= u.At)
            CallForCorrection(u, back);
        else if (a.Waiting is { } waiting && waiting.Call <= u.At)
            CallApplicant(u, waiting);
        else if (a is { Recurring: { Next: var next }, Rechecking: false } && next <= u.At)
            Granting.Continue(u);
        else if (a.PayeeCall <= u.At)
            Payees.Call(u);
        else if (a.Entitlements.FirstOrDefault(x => x.HandOver is { Open: true } handed && handed.Call <= u.At) is { } handedOver)
            HandingOver.Call(u, handedOver);
        else if (a.Recoveries.FirstOrDefault(x => x.Open && x.Call <= u.At) is { } recovery)
            Recovering.Call(u, recovery);
        else if (a is { Stopped.AppealUntil: { } stop, Appealing: false } && stop <= u.At)
            Stopping.Confirm(u);
        else
            Ending.Finish(u);
    }

    private static void Call(Unfolding u, Assignment assignment)
    {
        var key = assignment.Key;
        if (assignment.Blocked)
            Assigning.Fill(u, key);
        assignment = u.A.Assignments.First(x => x.Key == key);
        if (assignment.NextCall > u.At)
            return; // Somebody has been found, and has the question's own time.

        if (u.At < assignment.Due)
        {
            if (!assignment.Reminded && assignment.RemindAt <= u.At)
                u.Emit(new Reminded(key));
            else
                Assigning.Alarm(u, key, []);
            return;
        }

        var (within, escalation) = Assigning.Terms(u, assignment);
        var due = u.Calendar.After(assignment.Opened, within);
        if (due.At > assignment.Due)
        {
            u.Emit(new DeadlineMoved(key, due.At, due.Estimate, assignment.Blocked ? Assigning.NextAlarm(u, assignment) : due.At));
            return;
        }

        // A colleague's return is not held up for ever by one who does not answer.
        if (Voting.ReturnIsDue(assignment))
        {
            Voting.Settle(u, key, overdue: true);
            return;
        }
        Assigning.Fill(u, key);
        var above = Eligibility.Holders(u, escalation.To);
        if (u.A.Assignments.First(x => x.Key == key).Blocked)
            Assigning.Alarm(u, key, above);
        else
            u.Emit(new Escalated(key, above, u.After(escalation.Every).At));
    }

    private static void CallForCorrection(Unfolding u, Return back)
    {
        var due = Later(back.Due, back.Estimate, u.Calendar.After(back.From, u.Scheme.Correction.Within));
        if (back.Warned && due.At <= u.At)
        {
            Outcomes.CancelEntitlement(u);
            u.Emit(new Lapsed(u.A.Entitlements.Any(x => x.State is EntitlementState.Paid) ? Recovering.Finance(u) : []));
            return;
        }
        if (!back.Warned)
            due = Later(due.At, due.Estimate, u.After(u.Scheme.Correction.Warn));
        u.Emit(new LapseWarned(due.At, due.Estimate));
    }

    /// <summary>A corrected calendar gives more time; it never takes any.</summary>
    private static Deadline Later(DateTimeOffset due, bool estimate, Deadline other) =>
        other.At > due ? other : new Deadline(due, estimate);

    private static void CallApplicant(Unfolding u, Waiting waiting)
    {
        var oversight = Eligibility.Holders(u, u.Scheme.Oversight);
        switch (waiting.Kind)
        {
            case WaitingKind.Supplement when u.Scheme.StepOf(waiting.Step) is SupplementStep step:
                Supplement(u, waiting, Later(waiting.Due!.Value, waiting.Estimate, u.Calendar.After(waiting.From, step.Within)).At);
                break;
            case WaitingKind.Request when u.Scheme.StepOf(waiting.Step) is DecisionStep { Request: { } request }:
                u.Emit(new WaitingCalled([], u.After(request.Within).At));
                break;
            case WaitingKind.Rectification when u.Scheme.StepOf(waiting.Step) is DecisionStep step:
                u.Emit(new WaitingCalled(Eligibility.Holders(u, step.Escalation.To), u.After(step.Escalation.Every).At));
                break;
            case WaitingKind.Issue:
                u.Emit(new WaitingCalled(oversight, Walking.NextIssueCall(u).At));
                break;
            default:
                u.Emit(new WaitingCalled(oversight, Walking.NextFundsCall(u).At));
                break;
        }
    }

    private static void Supplement(Unfolding u, Waiting waiting, DateTimeOffset due)
    {
        if (due > u.At)
        {
            u.Emit(new WaitingCalled([], due));
            return;
        }
        u.Emit(new Supplemented(waiting.Step, Complete: waiting.Documents.All(u.A.Papers.ContainsKey)));
        Walking.Pass(u, waiting.Step);
    }
}
