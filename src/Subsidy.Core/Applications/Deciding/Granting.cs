using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>What becomes owed, and when it stops.</summary>
internal static class Granting
{
    public static void Begin(Unfolding u, PayStep step)
    {
        var rule = u.Scheme.Amount ?? throw new InvalidOperationException($"{u.A.Id}: step {step.Key} pays an amount that the scheme does not have.");
        if (rule.Schedule is Schedule.Once)
        {
            Grant(u, step.Key, step.Fund, "once", null);
            return;
        }
        u.Emit(new PaymentsBegun(step.Key, step.Fund, Period.First(rule.Schedule, u.Today).Start));
        Continue(u);
    }

    /// <summary>Grants every period that has begun, however long nobody looked.</summary>
    public static void Continue(Unfolding u)
    {
        var rule = u.Scheme.Amount!;
        while (u.A is { Recurring: { } recurring, Rechecking: false } && recurring.Next <= u.At)
        {
            var period = Period.At(rule.Schedule, recurring.Next);
            Grant(u, recurring.Step, recurring.Fund, period.Name, period.Next(rule.Schedule).Start);
            if (u.A.Recurring!.Granted >= rule.Periods)
                End(u, new PaymentsStopped(StopReason.Ended, period.Name, null, null));
            else if (rule.Recheck is { } recheck && u.A.Recurring.Granted % recheck.Every == 0)
                Assigning.OpenRecheck(u, recheck, recurring.Step, $"recheck-{u.A.Recurring.Granted}");
        }
    }

    public static void Rechecked(Unfolding u, string assignment, Voted vote)
    {
        u.Emit(new RecheckDecided(assignment, vote.Decision is Decision.Approve, vote.Staff));
        if (vote.Decision is Decision.Approve)
            Continue(u);
        else
            Stop(u, new PaymentsStopped(StopReason.Ineligible, LastGranted(u, u.Scheme.Amount!.Schedule).Name, vote.Staff, vote.Comment));
    }

    public static Refusal? Stop(Unfolding u, StopPayments c)
    {
        if (u.Township.Find(c.Staff) is not { } person || !Eligibility.MaySit(u, person, u.Scheme.Oversight))
            return Refusal.Of(RefusalCode.NotAllowed, "您没有这项权限。", "You are not charged with this.");
        if (Eligibility.Kinship(u.A, person) is { } kinship)
            return new Refusal(RefusalCode.NotAllowed, [new Fault("", kinship)]);
        if (u.A.Recurring is null)
            return Refusal.Of(RefusalCode.MovedOn, "没有正在按期发放的款项。", "Nothing is being paid period by period.");
        if (string.IsNullOrWhiteSpace(c.Comment))
            return Refusal.Invalid(new Fault("/comment", new Text("请写明理由。", "Please state the reason.")));
        var schedule = u.Scheme.Amount!.Schedule;
        Period? last = c.Last is null ? LastGranted(u, schedule) : Period.Parse(schedule, c.Last);
        if (last is not { } period)
            return Refusal.Invalid(new Fault("/last", new Text("没有这一期。", "There is no such period.")));
        Stop(u, new PaymentsStopped(c.Reason, period.Name, c.Staff, c.Comment));
        return null;
    }

    /// <summary>Stops, gives up what was granted for later periods, and asks back what was paid for them.</summary>
    public static void Stop(Unfolding u, PaymentsStopped stopped)
    {
        var schedule = u.Scheme.Amount!.Schedule;
        var last = Period.Parse(schedule, stopped.Last)!.Value;
        var later = u.A.Entitlements.Where(x => x.State is not EntitlementState.Cancelled && Period.Parse(schedule, x.Period) is { } p && p.Start > last.Start);
        foreach (var entitlement in later.ToList())
        {
            if (entitlement.Owed)
                u.Emit(new EntitlementCancelled(entitlement.Id));
            else
                Recovering.Open(u, entitlement);
        }
        End(u, stopped);
    }

    private static Period LastGranted(Unfolding u, Schedule schedule) =>
        Period.Parse(schedule, u.A.Entitlement?.Period) ?? Period.At(schedule, u.At);

    private static void End(Unfolding u, PaymentsStopped stopped)
    {
        u.Emit(stopped);
        if (u.A.Entitlements.Any(entitlement => entitlement.Owed))
            Walking.AwaitFunds(u, u.A.Step!);
        else if (u.A.Recoveries.All(recovery => !recovery.Open)) // Otherwise it goes on until that has come back.
            u.Emit(new Closed());
    }

    private static void Grant(Unfolding u, string step, string fund, string period, DateTimeOffset? next)
    {
        var amount = u.A.Amount ?? throw new InvalidOperationException($"{u.A.Id}: step {step} pays an amount that nothing has set.");
        Offsetting.Grant(u, new EntitlementGranted(step, $"{u.A.Id}-{period}", period, fund, amount, next));
    }
}
