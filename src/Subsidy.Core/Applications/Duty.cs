using System.Text.Json.Serialization;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Applications;

/// <summary>
/// Something to be done outside the stream, at least once, idempotent by its id
/// (application, number of the event that caused it, kind, and whom it is for).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "duty")]
[JsonDerivedType(typeof(TakeClaims), "claims")]
[JsonDerivedType(typeof(ReleaseClaims), "release")]
[JsonDerivedType(typeof(SendMail), "mail")]
[JsonDerivedType(typeof(UpdateIndexes), "index")]
[JsonDerivedType(typeof(PublishPayment), "publish")]
[JsonDerivedType(typeof(RetractPayment), "retract")]
[JsonDerivedType(typeof(NumberPermits), "permits")]
[JsonDerivedType(typeof(DiscardPapers), "discard")]
[JsonDerivedType(typeof(ReserveFunds), "reserve")]
[JsonDerivedType(typeof(ReleaseFunds), "releaseFunds")]
[JsonDerivedType(typeof(RetryPayment), "retry")]
[JsonDerivedType(typeof(PostRecovery), "recovery")]
[JsonDerivedType(typeof(AskBack), "askBack")]
[JsonDerivedType(typeof(PostHandOver), "handOver")]
public abstract record Duty(string Id)
{
    public int Attempts { get; init; }

    /// <summary>When it may be tried again after a failure.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>It has failed so often that people are told; it is still tried once a day.</summary>
    public bool Stuck { get; init; }
}

/// <summary>Take all claims, in the order of their keys, or none.</summary>
public sealed record TakeClaims(string Id, IReadOnlyList<Claim> Claims) : Duty(Id);

public sealed record ReleaseClaims(string Id, IReadOnlyList<Claim> Claims) : Duty(Id);

/// <param name="Staff">Null: to the applicant.</param>
/// <param name="Link">For a decision link: the number that the link must carry.</param>
public sealed record SendMail(string Id, MailKind Mail, string? Staff, string? Assignment, int Round, int Link) : Duty(Id);

/// <param name="Number">The event that the indexes must have caught up with.</param>
public sealed record UpdateIndexes(string Id, int Number) : Duty(Id);

/// <summary>Puts a payment on the public list, where it stays.</summary>
public sealed record PublishPayment(string Id, PublicPayment Payment) : Duty(Id);

/// <summary>Takes a payment off the public list that has come back.</summary>
/// <param name="PaidAt">Null where the head has forgotten when it was paid.</param>
/// <param name="Number">The event by which it no longer stands paid.</param>
public sealed record RetractPayment(string Id, string Entitlement, DateTimeOffset? PaidAt, int Number) : Duty(Id);

public sealed record NumberPermits(string Id, string Step, IReadOnlyList<CertificateOrder> Certificates) : Duty(Id);

/// <summary>Papers of an application that came to nothing before it was submitted.</summary>
public sealed record DiscardPapers(string Id) : Duty(Id);

/// <summary>Set the money aside, or take a place in the fund's queue.</summary>
/// <param name="Year">Fiscal year to begin with; where its books are closed, the next.</param>
/// <param name="Attempt">The latest attempt at paying it in the books of years before; 0 where there was none.</param>
public sealed record ReserveFunds(string Id, string Entitlement, string Fund, int Year, Money Amount, int Grant, int Attempt = 0) : Duty(Id);

public sealed record ReleaseFunds(string Id, string Entitlement, string Fund, int Year, Money Amount, int Grant) : Duty(Id);

public sealed record RetryPayment(string Id, string Entitlement, FundKey Fund, int Attempt) : Duty(Id);

/// <summary>Brings a step of a recovery into the books.</summary>
/// <param name="End">Null: the claim is raised, with entry 0 for the first time.</param>
public sealed record PostRecovery(
    string Id, string Recovery, string Entitlement, FundKey Fund, int Entry, Money Amount, ClaimEnd? End, string Document) : Duty(Id);

/// <summary>Ask back what was paid for periods that only the stream remembers, some of them at a time.</summary>
/// <param name="All">None of it was owed; otherwise what lies behind the last period that was.</param>
public sealed record AskBack(string Id, bool All) : Duty(Id);

/// <summary>Brings a step of a handover on the spot into the books.</summary>
/// <param name="HandOver">Number of the event by which the payer signed.</param>
/// <param name="Document">The receipt and who has signed.</param>
public sealed record PostHandOver(
    string Id, string Entitlement, FundKey Fund, int HandOver, HandOverOrder Order, string Payer, string Document) : Duty(Id);

public enum HandOverOrder { HandOut, TakeBack, Pay }

public sealed record CertificateOrder(string Kind, string Prefix);

public sealed record NumberedPermit(string Kind, string Number);

/// <summary>What a mail says. One text each, in both languages.</summary>
public enum MailKind
{
    /// <summary>To a reviewer: please decide; with the link.</summary>
    Invitation,
    Reminder,
    /// <summary>To the level above: this is overdue.</summary>
    Overdue,
    /// <summary>To the administrators: nobody eligible is left.</summary>
    Blocked,
    Accepted,
    Duplicate,
    Returned,
    LapseWarning,
    Lapsed,
    Reopened,
    Posted,
    Objected,
    Approved,
    Issued,
    RequestReminder,
    SupplementAsked,
    Rectify,
    Rejected,
    AppealDecided,
    Withdrawn,
    Revoked,
    Closed,
    FundsQueued,
    Paid,
    PaymentFailed,
    PayeeRefused,
    PaymentsStopped,
    /// <summary>To the applicant: from a period on another amount is paid.</summary>
    AmountChanged,
    /// <summary>To the applicant: somebody looks again whether the payments are still right.</summary>
    Recheck,
    RecoveryOpened,
    /// <summary>To finance: a recovery is outstanding, an account still missing, what was paid has lapsed, or less was paid than granted.</summary>
    MoneyReminder,
    /// <summary>To the witness of a handover on the spot: please sign; with the link.</summary>
    HandOverWitness,
    /// <summary>To the finance approvers: the witness has not signed.</summary>
    HandOverOverdue,
    /// <summary>To payer and approvers: the witness says that it was otherwise, and they have to decide.</summary>
    HandOverRefused,
    HandOverDropped,
}
