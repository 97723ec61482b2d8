namespace Subsidy.Core.Payments;

/// <summary>How far it is that those who may approve a run are asked by mail to do so.</summary>
/// <param name="Number">Of the event that named them: by it each mail has an id of its own.</param>
/// <param name="Reminder">They were asked before, and nobody has decided.</param>
/// <param name="Approvers">Empty when nobody may: the run waits for the staff register then.</param>
/// <param name="RemindAt">When they are asked once more; null for never.</param>
public sealed record Asking(int Number, bool Reminder, IReadOnlyList<AskedApprover> Approvers, DateTimeOffset? RemindAt)
{
    /// <summary>Until then somebody is at it, and nobody else sends the same mails.</summary>
    public DateTimeOffset? TakenUntil { get; init; }

    /// <summary>Whether there may be something to do at this moment.</summary>
    public bool IsDue(DateTimeOffset now) =>
        !(TakenUntil > now) && (Approvers.Count == 0 || RemindAt <= now || Approvers.Any(approver => approver.IsDue(now)));

    /// <summary>Deterministic: whoever repeats a mail that was sent and not recorded repeats its id.</summary>
    public string MailTo(PayRunId run, string staff) => $"{run}-{Number}-mail-{staff}";

    /// <summary>The run that a mail's id is about; null when it is none of a run.</summary>
    public static PayRunId? RunOf(string mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail.IndexOf("-mail-", StringComparison.Ordinal) is > 0 and var end && mail[..end].LastIndexOf('-') is > 0 and var bar
            ? PayRunId.Parse(mail[..bar])
            : null;
    }

    internal Asking With(string staff, Func<AskedApprover, AskedApprover> change) =>
        this with { Approvers = [.. Approvers.Select(approver => approver.Staff == staff ? change(approver) : approver)] };
}

/// <param name="Staff">Id of the member of staff.</param>
public sealed record AskedApprover(string Staff)
{
    public AskedState State { get; init; }

    /// <summary>How many attempts at the mail have failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it may be tried again.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public bool IsDue(DateTimeOffset now) => State is AskedState.Unsent && !(NotBefore > now);
}

public enum AskedState
{
    Unsent,
    /// <summary>The provider has taken the mail.</summary>
    Sent,
    /// <summary>It came back, or could not be sent at all. The page is open to them as before.</summary>
    Unreached,
}
