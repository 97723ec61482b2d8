using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>What becomes owed.</summary>
internal static class Granting
{
    public static void Begin(Unfolding u, PayStep step)
    {
        var rule = u.Scheme.Amount ?? throw new InvalidOperationException($"{u.A.Id}: step {step.Key} pays an amount that the scheme does not have.");
        if (rule.Schedule is Schedule.Once)
        {
            Grant(u, step.Key, step.Fund, "once", Amount(u, step.Key), null);
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
            Grant(u, period, Amount(u, recurring.Step));
            if (u.A.Recurring!.Granted >= rule.Periods)
                Stopping.Stop(u, StopReason.Ended, period, null, null);
            else if (rule.Recheck is { } recheck && u.A.Recurring.Granted % recheck.Every == 0)
                Assigning.OpenRecheck(u, recheck, recurring.Step, $"recheck-{u.A.Recurring.Granted}", 1);
        }
    }

    /// <summary>One of those that follow one another, for the first time or again.</summary>
    public static void Grant(Unfolding u, Period period, Money amount) =>
        Grant(u, u.A.Recurring!.Step, u.A.Recurring.Fund, period.Name, amount, period.Next(u.Scheme.Amount!.Schedule).Start);

    /// <summary>
    /// What it is worth now: one payment as much as is granted by now; one of many what it was granted as, and what was kept back from it and
    /// is not any more.
    /// </summary>
    public static Money WorthOf(Unfolding u, Entitlement owed) =>
        u.Scheme.Amount!.Schedule is Schedule.Once && u.A.Amount is { Fen: > 0 } now ? now : owed.Amount + owed.Undone;

    /// <summary>The books have tried to pay another amount than it is worth: they are to set that aside anew.</summary>
    public static void GrantAgain(Unfolding u, Entitlement owed, Money worth)
    {
        var schedule = u.Scheme.Amount!.Schedule;
        u.Emit(new EntitlementCancelled(owed.Id));
        Grant(u, u.A.Step!, owed.Fund, owed.Period, worth + owed.Kept, Period.Parse(schedule, owed.Period)?.Next(schedule).Start);
    }

    private static void Grant(Unfolding u, string step, string fund, string period, Money amount, DateTimeOffset? next) =>
        Offsetting.Grant(u, new EntitlementGranted(step, $"{u.A.Id}-{period}", period, fund, amount, next));

    private static Money Amount(Unfolding u, string step) =>
        u.A.Amount ?? throw new InvalidOperationException($"{u.A.Id}: step {step} pays an amount that nothing has set.");
}
