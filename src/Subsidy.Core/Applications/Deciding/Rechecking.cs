using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>Somebody looks again whether what is paid period by period is still right, and how much that is.</summary>
internal static class Rechecking
{
    private const int LongestComment = 2000;

    public static Refusal? Call(Unfolding u, CallRecheck c) => Stopping.Bar(u, c.Staff) ?? Call(u, c.Staff, c.Comment);

    public static Refusal? Report(Unfolding u, ReportChange c) => Call(u, null, c.Comment);

    public static void Decided(Unfolding u, string assignment, Voted vote)
    {
        var goesOn = vote.Decision is Decision.Approve;
        var remeasured = goesOn && vote.Measurements is not null ? u.Scheme.Amount!.Recheck!.Measures : null;
        u.Emit(new RecheckDecided(assignment, goesOn, vote.Staff, remeasured));
        if (!goesOn)
        {
            Stopping.Stop(u, StopReason.Ineligible, Stopping.LastGranted(u), vote.Staff, vote.Comment);
            return;
        }
        Amounts.Renew(u);
        Granting.Continue(u);
    }

    /// <summary>The question that the scheme asks in its own time, put at once; when that one comes round does not change.</summary>
    private static Refusal? Call(Unfolding u, string? staff, string comment)
    {
        if (u.A.Recurring is not { } recurring)
            return Stopping.NothingGoesOn();
        if (u.Scheme.Amount!.Recheck is not { } rule)
            return Refusal.Of(RefusalCode.NotAllowed, "这个事项不复核。", "This scheme knows no re-check.");
        if (u.A.Rechecking)
            return Refusal.Of(RefusalCode.AlreadyDone, "已经在复核。", "It is being checked again already.");
        if (string.IsNullOrWhiteSpace(comment) || comment.Length > LongestComment)
        {
            return Refusal.Invalid(new Fault("/comment", new Text(
                $"请写明有什么变化（最多{LongestComment}字）。", $"Please say what has changed (at most {LongestComment} characters).")));
        }
        u.Emit(new RecheckCalled(staff, comment.Trim()));
        Assigning.OpenRecheck(u, rule, recurring.Step, $"recheck-{recurring.Granted}-{u.A.Recurring.Called}", 1);
        return null;
    }
}
