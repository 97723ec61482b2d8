namespace Subsidy.Core.Applications;

/// <summary>When the engine must look at an application again.</summary>
public static class Timing
{
    /// <summary>How long a draft waits to be submitted.</summary>
    public static readonly TimeSpan DraftLife = TimeSpan.FromDays(14);

    /// <summary>
    /// The earliest moment at which a duty may be tried or a deadline passes; null when nothing is left to wait for. A duty that is
    /// ready counts from the event that caused it, so it is in the past for everyone.
    /// </summary>
    public static DateTimeOffset? Due(Application application)
    {
        var moments = application.Duties.Select(duty => duty.NotBefore ?? application.UpdatedAt).Concat(Deadlines(application)).ToList();
        return moments.Count == 0 ? null : moments.Min();
    }

    /// <summary>The earliest deadline, duties aside.</summary>
    public static DateTimeOffset? NextDeadline(Application application)
    {
        var deadlines = Deadlines(application).ToList();
        return deadlines.Count == 0 ? null : deadlines.Min();
    }

    public static bool Passed(Application application, DateTimeOffset now) => NextDeadline(application) <= now;

    private static IEnumerable<DateTimeOffset> Deadlines(Application application)
    {
        if (application is { Status: Status.Draft, DraftUntil: { } draft })
            yield return draft;
        foreach (var assignment in application.Assignments)
            yield return assignment.NextCall;
        if (application.Notice is { Until: { } until })
            yield return until;
        if (application is { Status: Status.Returned, Return: { } back })
            yield return back.Warned ? back.Due : back.WarnAt;
        if (application.Waiting is { } waiting)
            yield return waiting.Call;
        if (application is { Recurring: { } recurring, Rechecking: false })
            yield return recurring.Next;
        if (application.PayeeCall is { } payee)
            yield return payee;
        foreach (var entitlement in application.Entitlements)
        {
            if (entitlement.HandOver is { Open: true } handed)
                yield return handed.Call;
        }
        foreach (var recovery in application.Recoveries.Where(recovery => recovery.Open))
            yield return recovery.Call;
        if (application.Rejected is { AppealUntil: { } appeal } && application.Assignments.Count == 0)
            yield return appeal;
        if (application is { Stopped.AppealUntil: { } stop, Appealing: false })
            yield return stop;
    }
}
