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
            u.Emit(new Lapsed());
        else if (a.Assignments.FirstOrDefault(x => x.NextCall <= u.At) is { } assignment)
            Call(u, assignment);
        else if (a.Notice is { Until: { } until } notice && until <= u.At)
            Walking.Pass(u, notice.Step);
        else if (a is { Status: Status.Returned, Return: { } back })
            CallForCorrection(u, back);
        else if (a.Waiting is { } waiting && waiting.Call <= u.At)
            CallApplicant(u, waiting);
        else
            u.Emit(new RejectionFinal());
    }

    private static void Call(Unfolding u, Assignment assignment)
    {
        if (assignment.Blocked)
        {
            Assigning.Refill(u, assignment.Key);
            return;
        }
        if (!assignment.Reminded && assignment.NextCall < assignment.Due)
        {
            u.Emit(new Reminded(assignment.Key));
            return;
        }

        var (within, escalation) = Assigning.Terms(u, assignment);
        var due = u.Calendar.After(assignment.Opened, within);
        if (due.At > assignment.Due)
        {
            u.Emit(new DeadlineMoved(assignment.Key, due.At, due.Estimate, due.At));
            return;
        }

        // A colleague's return is not held up for ever by one who does not answer.
        if (Voting.ReturnIsDue(assignment))
        {
            Voting.Settle(u, assignment.Key, overdue: true);
            return;
        }
        Assigning.Refill(u, assignment.Key);
        if (!u.A.Assignments.First(x => x.Key == assignment.Key).Blocked)
            u.Emit(new Escalated(assignment.Key, Eligibility.Holders(u, escalation.To), u.After(escalation.Every).At));
    }

    private static void CallForCorrection(Unfolding u, Return back)
    {
        if (back.Warned)
        {
            u.Emit(new Lapsed());
            return;
        }
        var least = u.After(u.Scheme.Correction.Warn);
        var late = least.At > back.Due;
        u.Emit(new LapseWarned(late ? least.At : back.Due, late ? least.Estimate : back.Estimate));
    }

    private static void CallApplicant(Unfolding u, Waiting waiting)
    {
        var oversight = Eligibility.Holders(u, u.Scheme.Oversight);
        switch (waiting.Kind)
        {
            case WaitingKind.Supplement when waiting.Due <= u.At:
                u.Emit(new Supplemented(waiting.Step, Complete: false));
                Walking.Pass(u, waiting.Step);
                break;
            case WaitingKind.Supplement:
                u.Emit(new WaitingCalled([], waiting.Due!.Value));
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
}
