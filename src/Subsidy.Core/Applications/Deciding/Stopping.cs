using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>
/// Payments that follow one another stop. Where somebody has decided so over the applicant's head, an appeal is taken (行政复议法), and what
/// was paid for later periods is asked back only once the stop is final.
/// </summary>
internal static class Stopping
{
    public static Refusal? Stop(Unfolding u, StopPayments c)
    {
        if (Bar(u, c.Staff) is { } refusal)
            return refusal;
        if (u.A.Recurring is null)
            return NothingGoesOn();
        if (string.IsNullOrWhiteSpace(c.Comment))
            return Refusal.Invalid(new Fault("/comment", new Text("请写明理由。", "Please state the reason.")));
        var granted = LastGranted(u);
        var last = c.Last is null ? granted : Period.Parse(u.Scheme.Amount!.Schedule, c.Last);
        if (last is not { } period)
            return Refusal.Invalid(new Fault("/last", new Text("没有这一期。", "There is no such period.")));
        if (period.Start > granted.Start)
            return Refusal.Invalid(new Fault("/last", new Text($"最近一期是{granted.Name}，不能晚于它。", $"The latest period is {granted.Name}; the last cannot be a later one.")));
        Stop(u, c.Reason, period, c.Staff, c.Comment);
        return null;
    }

    /// <summary>Stops, and gives up what was granted for later periods.</summary>
    public static void Stop(Unfolding u, StopReason reason, Period last, string? staff, string? comment)
    {
        DateTimeOffset? until = MayBeAppealed(reason) ? u.After(u.Scheme.Appeal.Within).At : null;
        u.Emit(new PaymentsStopped(reason, last.Name, staff, comment, until));
        foreach (var later in u.A.Entitlements.Where(x => x.Owed && IsLater(u, x.Period)).ToList())
            u.Emit(new EntitlementCancelled(later.Id));
        Rest(u);
    }

    /// <summary>No appeal came, or none was upheld.</summary>
    public static void Confirm(Unfolding u)
    {
        u.Emit(new StopFinal());
        Rest(u);
    }

    /// <summary>The stop is set aside. What it gave up is owed again, each period once and as it was granted, and everything since.</summary>
    public static void Resume(Unfolding u)
    {
        var schedule = u.Scheme.Amount!.Schedule;
        var stopped = u.A.Stopped!;
        var again = stopped.GivenUp.Where(given => u.A.Entitlements.All(x => x.Period != given.Period || x.State is EntitlementState.Cancelled))
            .Select(given => (Period: Period.Parse(schedule, given.Period)!.Value, given.Amount)).OrderBy(given => given.Period.Start).ToList();
        u.Emit(new PaymentsResumed(Period.Parse(schedule, stopped.Last)!.Value.Next(schedule).Name));
        foreach (var (period, amount) in again)
            Granting.Grant(u, period, amount);
        if (stopped.Recheck is { } open)
            Assigning.OpenRecheck(u, u.Scheme.Amount.Recheck!, stopped.Before.Step, open.Assignment, open.Round + 1);
        Granting.Continue(u);
    }

    /// <summary>
    /// A death leaves nobody whose payments could go on; an end that the scheme sets, or the applicant wants, is no decision over their head.
    /// </summary>
    public static bool MayBeAppealed(StopReason reason) => reason is StopReason.Ineligible or StopReason.MovedAway;

    /// <summary>The period before the next; where nothing has been granted, that before the first.</summary>
    public static Period LastGranted(Unfolding u) => Period.At(u.Scheme.Amount!.Schedule, u.A.Recurring!.Next.AddDays(-1));

    /// <summary>Payments have stopped, and the period lies behind the last one that is owed.</summary>
    public static bool IsLater(Unfolding u, string period)
    {
        var schedule = u.Scheme.Amount!.Schedule;
        return u.A.Stopped is { } stopped && Period.Parse(schedule, period)?.Start > Period.Parse(schedule, stopped.Last)!.Value.Start;
    }

    /// <summary>Why the person may not order it; null when they may.</summary>
    public static Refusal? Bar(Unfolding u, string staff)
    {
        if (u.Township.Find(staff) is not { } person || !Eligibility.MaySit(u, person, u.Scheme.Oversight))
            return Refusal.Of(RefusalCode.NotAllowed, "您没有这项权限。", "You are not charged with this.");
        return Eligibility.Kinship(u.A, person) is { } kinship ? new Refusal(RefusalCode.NotAllowed, [new Fault("", kinship)]) : null;
    }

    public static Refusal NothingGoesOn() => Refusal.Of(RefusalCode.MovedOn, "没有正在按期发放的款项。", "Nothing is being paid period by period.");

    /// <summary>What remains is the money: still owed, to be asked back, or neither.</summary>
    private static void Rest(Unfolding u)
    {
        var final = u.A.Stopped is { AppealUntil: null };
        foreach (var paid in u.A.Entitlements.Where(x => final && x.State is EntitlementState.Paid && IsLater(u, x.Period)).ToList())
            Recovering.Open(u, paid);
        if (u.A.Entitlements.Any(entitlement => entitlement.Owed))
        {
            if (u.A.Waiting is null)
                Walking.AwaitFunds(u, u.A.Step!);
        }
        else if (final)
        {
            Close(u);
        }
    }

    /// <summary>Unless something is owed or is to come back: then it goes on until that is done.</summary>
    public static void Close(Unfolding u)
    {
        if (u.A.Entitlements.All(x => !x.Owed) && u.A.Recoveries.All(recovery => !recovery.Open) && !u.A.Duties.OfType<AskBack>().Any())
            u.Emit(new Closed());
    }
}
