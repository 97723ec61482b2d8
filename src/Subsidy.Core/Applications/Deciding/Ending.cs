namespace Subsidy.Core.Applications.Deciding;

/// <summary>Withdrawal, appeal, revocation and re-opening.</summary>
internal static class Ending
{
    public static Refusal? Withdraw(Unfolding u, Withdraw c)
    {
        if (u.A.Status is Status.Withdrawn)
            return null;
        if (u.A.Recurring is not null)
        {
            Stopping.Stop(u, StopReason.Withdrawn, Stopping.LastGranted(u), null, c.Reason);
            return null;
        }
        if (u.A.Final || u.A.Permits.Count > 0 || u.A.Status is Status.Rejected or Status.Recovering
            || u.A.Entitlements.Any(x => x.State is EntitlementState.Ordered or EntitlementState.Paid))
            return Refusal.Of(RefusalCode.MovedOn, "申请已办结，不能撤回。", "The application has been decided and cannot be withdrawn.");
        if (u.A.Waiting is { Kind: WaitingKind.Issue })
            return Refusal.Of(RefusalCode.MovedOn, "证书正在编号发放，不能撤回。", "The permit is being issued; the application cannot be withdrawn.");
        if (u.A.Duties.OfType<TakeClaims>().Any())
            return Amending.Pending();
        Outcomes.CancelEntitlement(u);
        u.Emit(new Withdrawn(c.Reason));
        return null;
    }

    /// <summary>Against a rejection, or against payments being stopped.</summary>
    public static Refusal? Appeal(Unfolding u, Appeal c)
    {
        if (u.A.Appealing)
            return Refusal.Of(RefusalCode.AlreadyDone, "申诉已经受理，正在处理。", "Your appeal has been taken and is being decided.");
        var (step, at, until) = u.A switch
        {
            { Rejected: { } rejected } => (rejected.Step, rejected.At, rejected.AppealUntil),
            { Stopped: { } stopped } when Stopping.MayBeAppealed(stopped.Reason) => (stopped.Before.Step, stopped.At, stopped.AppealUntil),
            _ => (null, default, null),
        };
        if (step is null)
            return Refusal.Of(RefusalCode.MovedOn, "没有可以申诉的决定。", "There is no decision to appeal against.");
        if (until is null && u.A.Acts.Any(act => act.Kind is AssignmentKind.Appeal && act.Decision is Schemes.Decision.Reject && act.At >= at))
            return Refusal.Of(RefusalCode.AlreadyDone, "申诉已有决定，不再受理。", "Your appeal has been decided.");
        if (until is null || until <= u.At)
            return Refusal.Of(RefusalCode.Expired, "申诉期限已过。", "The time for an appeal has ended.");
        if (string.IsNullOrWhiteSpace(c.Reason))
            return Refusal.Invalid(new Fault("/reason", new Text("请写明申诉理由。", "Please give the reasons of your appeal.")));
        var key = $"appeal-{u.A.Appeals + 1}";
        u.Emit(new Appealed(key, c.Reason));
        Assigning.OpenAppeal(u, step, key);
        return null;
    }

    /// <summary>The vote on an appeal has been cast: upheld, the step that rejected is taken again, or the payments that stopped go on.</summary>
    public static void ResolveAppeal(Unfolding u, Assignment assignment, Voted vote)
    {
        var upheld = vote.Decision is Schemes.Decision.Approve;
        u.Emit(new AppealResolved(assignment.Key, upheld, vote.Staff));
        switch (u.A.Stopped, upheld)
        {
            case ({ AppealUntil: not null }, true):
                Stopping.Resume(u);
                break;
            case ({ AppealUntil: not null }, false):
                Stopping.Confirm(u);
                break;
            case (_, true):
                Walking.GoOn(u);
                break;
            default:
                Finish(u);
                break;
        }
    }

    /// <summary>No appeal came, or none was upheld: the rejection stands, and what was paid before it is asked back.</summary>
    public static void Finish(Unfolding u)
    {
        u.Emit(new RejectionFinal());
        Recovering.OpenAll(u);
    }

    public static Refusal? Revoke(Unfolding u, Revoke c)
    {
        if (Overseer(u, c.Staff, c.Reason) is { } refusal)
            return refusal;
        if (u.A.Permits.Count == 0 && u.A.Entitlement is null && u.A.Recurring is null)
            return Refusal.Of(RefusalCode.MovedOn, "没有可以撤销的决定。", "There is no decision to revoke.");
        if (u.A.Status is Status.Revoked or Status.Recovering)
            return Refusal.Of(RefusalCode.AlreadyDone, "决定已被撤销。", "The decision has been revoked already.");
        if (u.A.Duties.OfType<TakeClaims>().Any())
            return Amending.Pending();
        Outcomes.CancelEntitlement(u);
        u.Emit(new Revoked(c.Staff, c.Reason));
        Recovering.OpenAll(u);
        return null;
    }

    public static Refusal? Reopen(Unfolding u, Reopen c)
    {
        if (Overseer(u, c.Staff, c.Reason) is { } refusal)
            return refusal;
        if (u.A is not { Status: Status.Lapsed, Return: not null })
            return Refusal.Of(RefusalCode.MovedOn, "只有逾期失效的申请可以恢复。", "Only an application that has lapsed can be re-opened.");
        var due = u.After(u.Scheme.Correction.Within);
        u.Emit(new Reopened(c.Staff, c.Reason, due.At, due.Estimate, u.Before(due.At, u.Scheme.Correction.Warn)));
        return null;
    }

    private static Refusal? Overseer(Unfolding u, string staff, string reason)
    {
        if (u.Township.Find(staff) is not { } person || !Eligibility.MaySit(u, person, u.Scheme.Oversight))
            return Refusal.Of(RefusalCode.NotAllowed, "您没有这项权限。", "You are not charged with this.");
        if (Eligibility.ActedElsewhere(u, person, AssignmentKind.Appeal, gate: null) is { } bar)
            return new Refusal(RefusalCode.NotAllowed, [new Fault("", bar)]);
        return string.IsNullOrWhiteSpace(reason)
            ? Refusal.Invalid(new Fault("/reason", new Text("请写明理由。", "Please state the reason.")))
            : null;
    }
}
