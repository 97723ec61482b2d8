using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>What became of the duties.</summary>
internal static class Reporting
{
    public static Refusal? Settle(Unfolding u, Report c)
    {
        var done = new List<DutyDone>();
        var delayed = new List<DutyDelayed>();
        IReadOnlyDictionary<string, string>? indexed = null;
        var outcomes = c.Outcomes.DistinctBy(outcome => outcome.Duty).ToList();
        foreach (var outcome in outcomes)
        {
            var duty = u.A.Duties.FirstOrDefault(x => x.Id == outcome.Duty);
            if (outcome is IndexesUpdated updated)
                indexed = updated.Rows;
            if (duty is null)
                continue; // Overtaken: another turn has reported it, or the application no longer wants it.
            if (outcome is DutyFailed failed)
                delayed.Add(Delay(u, duty, failed));
            else
                done.Add(new DutyDone(duty.Id, (outcome as DutySucceeded)?.Evidence));
        }
        if (done.Count == 0 && delayed.Count == 0 && indexed is null)
            return null;

        var before = u.A.Duties;
        u.Emit(new DutiesSettled(done, delayed, indexed));
        foreach (var outcome in outcomes)
        {
            if (before.FirstOrDefault(x => x.Id == outcome.Duty) is { } duty)
                Follow(u, duty, outcome);
        }
        return null;
    }

    public static Refusal? Bounce(Unfolding u, ReportBounce c)
    {
        if (!u.A.Bounces.Contains(c.Duty))
            u.Emit(new MailBounced(c.Duty, c.Reason));
        return null;
    }

    public static Refusal? Hear(Unfolding u, HearFunds c)
    {
        Paying.Hear(u, c.Report);
        return null;
    }

    private static DutyDelayed Delay(Unfolding u, Duty duty, DutyFailed failed)
    {
        var attempts = duty.Attempts + 1;
        return new DutyDelayed(duty.Id, failed.Reason, attempts, u.At + Retrying.PauseAfter(attempts), attempts >= Retrying.StuckAfter);
    }

    private static void Follow(Unfolding u, Duty duty, DutyOutcome outcome)
    {
        switch (duty, outcome)
        {
            case (SendMail, DutyFailed failed) when duty.Attempts + 1 >= Retrying.GivenUpAfter:
                // As good as returned to sender.
                u.Emit(new MailBounced(duty.Id, failed.Reason));
                break;
            case (TakeClaims, ClaimsConflicted conflict):
                Outcomes.CancelEntitlement(u);
                u.Emit(new DuplicateFound(conflict.Limit, conflict.EarlierReference));
                Recovering.OpenAll(u);
                break;
            case (TakeClaims take, DutySucceeded):
                u.Emit(new ClaimsTaken([.. take.Claims.Select(claim => claim.Key)]));
                if (u.A.Status is Status.Submitted)
                    Walking.GoOn(u);
                break;
            case (AskBack order, DutySucceeded):
                Recovering.OpenEarlier(u, order.All);
                break;
            case (PostHandOver order, FundsReported reported):
                Paying.Hear(u, reported.Report);
                HandingOver.Answered(u, order, reported.Report);
                break;
            case (_, FundsReported reported):
                Paying.Hear(u, reported.Report);
                break;
            case (NumberPermits order, PermitsNumbered numbered) when u.A.Waiting is { Kind: WaitingKind.Issue } waiting && waiting.Step == order.Step:
                Issue(u, order, numbered);
                break;
        }
    }

    private static void Issue(Unfolding u, NumberPermits order, PermitsNumbered numbered)
    {
        var step = (IssueStep)u.Scheme.StepOf(order.Step);
        var scope = u.Scope();
        var lines = numbered.Permits.ToDictionary(
            permit => permit.Number,
            permit => Posting.Lines(step.Certificates.First(c => c.Kind == permit.Kind).Shows, scope));
        u.Emit(new PermitsIssued(step.Key, numbered.Permits, lines));
        Walking.Pass(u, step.Key);
    }
}
