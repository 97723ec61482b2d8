using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>An event as it stands in the stream.</summary>
/// <param name="Number">1 for the first.</param>
public sealed record Recorded(int Number, DateTimeOffset At, Actor Actor, Event Event);

/// <summary>
/// Something that happened to an application. The list is closed; names are for ever. Properties marked
/// <see cref="PersonalAttribute"/> are sealed and null once the key is gone.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DraftOpened), "draftOpened")]
[JsonDerivedType(typeof(PaperAdded), "paperAdded")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(Amended), "amended")]
[JsonDerivedType(typeof(ClaimsTaken), "claimsTaken")]
[JsonDerivedType(typeof(DuplicateFound), "duplicateFound")]
[JsonDerivedType(typeof(AmountSet), "amountSet")]
[JsonDerivedType(typeof(StepSkipped), "stepSkipped")]
[JsonDerivedType(typeof(StepPassed), "stepPassed")]
[JsonDerivedType(typeof(StepReopened), "stepReopened")]
[JsonDerivedType(typeof(Assigned), "assigned")]
[JsonDerivedType(typeof(SeatFilled), "seatFilled")]
[JsonDerivedType(typeof(LinkRenewed), "linkRenewed")]
[JsonDerivedType(typeof(Voted), "voted")]
[JsonDerivedType(typeof(Recused), "recused")]
[JsonDerivedType(typeof(Delegated), "delegated")]
[JsonDerivedType(typeof(Reminded), "reminded")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(DeadlineMoved), "deadlineMoved")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(LapseWarned), "lapseWarned")]
[JsonDerivedType(typeof(Lapsed), "lapsed")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(NoticePosted), "noticePosted")]
[JsonDerivedType(typeof(NoticeStopped), "noticeStopped")]
[JsonDerivedType(typeof(NoticeResumed), "noticeResumed")]
[JsonDerivedType(typeof(Objected), "objected")]
[JsonDerivedType(typeof(ObjectionResolved), "objectionResolved")]
[JsonDerivedType(typeof(RequestAwaited), "requestAwaited")]
[JsonDerivedType(typeof(Requested), "requested")]
[JsonDerivedType(typeof(SupplementAsked), "supplementAsked")]
[JsonDerivedType(typeof(Supplemented), "supplemented")]
[JsonDerivedType(typeof(RectificationOrdered), "rectificationOrdered")]
[JsonDerivedType(typeof(WaitingCalled), "waitingCalled")]
[JsonDerivedType(typeof(IssueOrdered), "issueOrdered")]
[JsonDerivedType(typeof(PermitsIssued), "permitsIssued")]
[JsonDerivedType(typeof(EntitlementGranted), "entitlementGranted")]
[JsonDerivedType(typeof(FundsAwaited), "fundsAwaited")]
[JsonDerivedType(typeof(EntitlementCancelled), "entitlementCancelled")]
[JsonDerivedType(typeof(PaymentsBegun), "paymentsBegun")]
[JsonDerivedType(typeof(PaymentsStopped), "paymentsStopped")]
[JsonDerivedType(typeof(StopFinal), "stopFinal")]
[JsonDerivedType(typeof(PaymentsResumed), "paymentsResumed")]
[JsonDerivedType(typeof(RecheckCalled), "recheckCalled")]
[JsonDerivedType(typeof(RecheckDecided), "recheckDecided")]
[JsonDerivedType(typeof(FundsQueued), "fundsQueued")]
[JsonDerivedType(typeof(FundsReserved), "fundsReserved")]
[JsonDerivedType(typeof(FundsCarriedOver), "fundsCarriedOver")]
[JsonDerivedType(typeof(FundsLapsed), "fundsLapsed")]
[JsonDerivedType(typeof(FundsReleased), "fundsReleased")]
[JsonDerivedType(typeof(PaymentOrdered), "paymentOrdered")]
[JsonDerivedType(typeof(Paid), "paid")]
[JsonDerivedType(typeof(PaidShort), "paidShort")]
[JsonDerivedType(typeof(PaymentFailed), "paymentFailed")]
[JsonDerivedType(typeof(PaymentReturned), "paymentReturned")]
[JsonDerivedType(typeof(PayeeCalled), "payeeCalled")]
[JsonDerivedType(typeof(PayeeCorrected), "payeeCorrected")]
[JsonDerivedType(typeof(PayeeProposed), "payeeProposed")]
[JsonDerivedType(typeof(PayeeDecided), "payeeDecided")]
[JsonDerivedType(typeof(PaymentRetried), "paymentRetried")]
[JsonDerivedType(typeof(RecoveryOpened), "recoveryOpened")]
[JsonDerivedType(typeof(RecoveryRaised), "recoveryRaised")]
[JsonDerivedType(typeof(EarlierPeriodsFound), "earlierPeriodsFound")]
[JsonDerivedType(typeof(RecoveryDropped), "recoveryDropped")]
[JsonDerivedType(typeof(InstalmentsAgreed), "instalmentsAgreed")]
[JsonDerivedType(typeof(RecoveryRepaid), "recoveryRepaid")]
[JsonDerivedType(typeof(RecoveryOffset), "recoveryOffset")]
[JsonDerivedType(typeof(RecoveryOffsetUndone), "recoveryOffsetUndone")]
[JsonDerivedType(typeof(WriteOffProposed), "writeOffProposed")]
[JsonDerivedType(typeof(WriteOffDecided), "writeOffDecided")]
[JsonDerivedType(typeof(RecoveryCalled), "recoveryCalled")]
[JsonDerivedType(typeof(RecoveryClosed), "recoveryClosed")]
[JsonDerivedType(typeof(HandOverSigned), "handOverSigned")]
[JsonDerivedType(typeof(HandOverHeld), "handOverHeld")]
[JsonDerivedType(typeof(HandOverCalled), "handOverCalled")]
[JsonDerivedType(typeof(HandOverWitnessed), "handOverWitnessed")]
[JsonDerivedType(typeof(HandOverRefused), "handOverRefused")]
[JsonDerivedType(typeof(HandOverWitnessNamed), "handOverWitnessNamed")]
[JsonDerivedType(typeof(HandOverDropped), "handOverDropped")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(RejectionFinal), "rejectionFinal")]
[JsonDerivedType(typeof(Appealed), "appealed")]
[JsonDerivedType(typeof(AppealResolved), "appealResolved")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(Revoked), "revoked")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(StatementDrawn), "statementDrawn")]
[JsonDerivedType(typeof(DutiesSettled), "dutiesSettled")]
[JsonDerivedType(typeof(MailBounced), "mailBounced")]
public abstract record Event;

// Intake

public sealed record DraftOpened(SchemePin Scheme, string Village, string Language, string? Fingerprint, DateTimeOffset Until) : Event;

/// <param name="FileName">As the person's device called it.</param>
public sealed record PaperAdded(Paper Paper, [property: Personal] string? FileName) : Event;

/// <param name="Facts">What the scheme's expressions read of the form.</param>
/// <param name="Registers">What each register named by the scheme said of the persons at this moment.</param>
public sealed record Submitted(
    SchemePin Scheme,
    string Village,
    string Language,
    string? Fingerprint,
    [property: Personal] Form? Form,
    [property: Personal] JsonObject? Facts,
    IReadOnlyList<PersonKey> Persons,
    IReadOnlyList<Claim> Claims,
    IReadOnlyDictionary<string, bool> Registers) : Event;

public sealed record Amended(
    [property: Personal] Form? Form,
    [property: Personal] JsonObject? Facts,
    IReadOnlyList<PersonKey> Persons,
    IReadOnlyList<Claim> Claims,
    [property: Personal] string? Comment) : Event;

public sealed record ClaimsTaken(IReadOnlyList<string> Keys) : Event;

/// <summary>Refused: an earlier application holds the claim.</summary>
public sealed record DuplicateFound(string Limit, string EarlierReference) : Event;

/// <param name="From">The first period that is granted with it, where payments follow one another already; otherwise null.</param>
/// <param name="Before">What it was until then; null where there is no <paramref name="From"/>.</param>
public sealed record AmountSet(Money Amount, string? From = null, Money? Before = null) : Event;

// The route

/// <param name="Condition">The scheme's expression that did not hold.</param>
public sealed record StepSkipped(string Step, string Condition) : Event;

public sealed record StepPassed(string Step, int Round) : Event;

/// <summary>An amended form names somebody who has decided here, or a declared relative of theirs: the step is taken again.</summary>
/// <param name="Staff">Whose decision no longer counts.</param>
public sealed record StepReopened(string Step, IReadOnlyList<string> Staff) : Event;

public sealed record Assigned(
    string Key,
    AssignmentKind Kind,
    string Step,
    int Round,
    Gate? Gate,
    DecisionKind? DecisionKind,
    IReadOnlyList<SeatOffer> Seats,
    int Need,
    DateTimeOffset Due,
    bool Estimate,
    DateTimeOffset RemindAt) : Event;

/// <param name="Staff">Who is asked; empty when nobody eligible is left.</param>
/// <param name="Substitute">True when they stand in from the level above.</param>
public sealed record SeatOffer(Seat Seat, IReadOnlyList<string> Staff, bool Substitute);

/// <summary>Other people are asked than before: after a recusal, or because the staff register has changed.</summary>
public sealed record SeatFilled(string Assignment, int Seat, IReadOnlyList<string> Staff, bool Substitute) : Event;

public sealed record LinkRenewed(string Assignment, string Staff) : Event;

/// <param name="Shown">Number of the event that the person had before their eyes.</param>
/// <param name="Checks">Result of each automatic check at that moment.</param>
public sealed record Voted(
    string Assignment,
    int Round,
    int Seat,
    string Staff,
    Decision Decision,
    int Shown,
    [property: Personal] string? Comment,
    [property: Personal] IReadOnlyList<Missing>? Missing,
    IReadOnlyList<string> Checklist,
    IReadOnlyDictionary<string, bool> Checks,
    [property: Personal] JsonObject? Measurements,
    IReadOnlyList<Paper> Photos) : Event;

public sealed record Recused(string Assignment, int Round, int Seat, string Staff, [property: Personal] string? Comment) : Event;

public sealed record Delegated(string Assignment, int Round, int Seat, string Staff, string To, [property: Personal] string? Comment) : Event;

// Time

public sealed record Reminded(string Assignment) : Event;

public sealed record Escalated(string Assignment, IReadOnlyList<string> To, DateTimeOffset Next) : Event;

/// <summary>A corrected calendar gives more time; it never takes any.</summary>
public sealed record DeadlineMoved(string Assignment, DateTimeOffset Due, bool Estimate, DateTimeOffset NextCall) : Event;

// Return for correction

public sealed record Returned(
    string Step, [property: Personal] IReadOnlyList<Missing>? Missing, DateTimeOffset Due, bool Estimate, DateTimeOffset WarnAt) : Event;

/// <param name="Due">Not earlier than it was, and late enough for the warning to be of use.</param>
public sealed record LapseWarned(DateTimeOffset Due, bool Estimate) : Event;

/// <param name="Told">Finance, where something was paid: the application may be re-opened, so a person decides whether it is asked back.</param>
public sealed record Lapsed(IReadOnlyList<string> Told) : Event;

public sealed record Reopened(
    string Staff, [property: Personal] string? Reason, DateTimeOffset Due, bool Estimate, DateTimeOffset WarnAt) : Event;

// Public notice

public sealed record NoticePosted(
    string Step, int Round, DateTimeOffset Until, int Days, [property: Personal] IReadOnlyList<PostedLine>? Lines) : Event;

public sealed record NoticeStopped(int DaysLeft) : Event;

public sealed record NoticeResumed(DateTimeOffset Until) : Event;

/// <param name="Anonymous">A lead: noted, and holds nothing.</param>
public sealed record Objected(
    string Objection,
    bool Anonymous,
    [property: Personal(Subject.Objector)] string? Name,
    [property: Personal(Subject.Objector)] string? Contact,
    [property: Personal(Subject.Objector)] string? Reason) : Event;

public sealed record ObjectionResolved(string Objection, bool Upheld, string Staff) : Event;

// Waiting for the applicant

public sealed record RequestAwaited(string Step, string Request, DateTimeOffset CallAt) : Event;

public sealed record Requested(string Step, string Request, [property: Personal] string? Comment) : Event;

public sealed record SupplementAsked(
    string Step, IReadOnlyList<string> Documents, DateTimeOffset Due, bool Estimate, DateTimeOffset CallAt) : Event;

/// <param name="Complete">False when the time ran out: the check that follows decides on what is there.</param>
public sealed record Supplemented(string Step, bool Complete) : Event;

/// <param name="Reasons">What has to be put right.</param>
public sealed record RectificationOrdered(
    string Step, [property: Personal] IReadOnlyList<string>? Reasons, DateTimeOffset Due, bool Estimate, DateTimeOffset CallAt) : Event;

/// <summary>The applicant was reminded of what the application waits for.</summary>
/// <param name="Staff">Who is told as well.</param>
public sealed record WaitingCalled(IReadOnlyList<string> Staff, DateTimeOffset Next) : Event;

// Outcome

public sealed record IssueOrdered(string Step, IReadOnlyList<CertificateOrder> Certificates, DateTimeOffset CallAt) : Event;

/// <param name="Lines">What stands on each certificate, by its number.</param>
public sealed record PermitsIssued(
    string Step,
    IReadOnlyList<NumberedPermit> Permits,
    [property: Personal] IReadOnlyDictionary<string, IReadOnlyList<PostedLine>>? Lines) : Event;

/// <param name="Amount">What is to be paid.</param>
/// <param name="Next">When the period after this one is granted; null for the first and for what is paid once.</param>
/// <param name="Kept">What is kept back on top of it, for a recovery.</param>
public sealed record EntitlementGranted(
    string Step, string Entitlement, string Period, string Fund, Money Amount, DateTimeOffset? Next = null, Kept? Kept = null) : Event;

public sealed record Kept(string Recovery, Money Amount);

/// <summary>Approved; the money waits for the fund.</summary>
public sealed record FundsAwaited(string Step, DateTimeOffset CallAt) : Event;

/// <summary>What was granted is owed no longer. The books have the last word: what was on its way is recovered.</summary>
public sealed record EntitlementCancelled(string Entitlement) : Event;

/// <param name="Reasons">Administrative Licensing Law art. 38: a refusal states its reasons and the remedies.</param>
public sealed record Rejected(string Step, [property: Personal] IReadOnlyList<string>? Reasons, DateTimeOffset AppealUntil) : Event;

public sealed record RejectionFinal : Event;

public sealed record Appealed(string Appeal, [property: Personal] string? Reason) : Event;

public sealed record AppealResolved(string Appeal, bool Upheld, string Staff) : Event;

public sealed record Withdrawn([property: Personal] string? Reason) : Event;

public sealed record Revoked(string Staff, [property: Personal] string? Reason) : Event;

public sealed record Closed : Event;

// Looking up

/// <summary>Somebody looked up what a household was paid in a year, and was shown what was paid under this application.</summary>
/// <param name="Year">Calendar year, local.</param>
public sealed record StatementDrawn(string Staff, int Year) : Event;

// Book-keeping of duties

public sealed record DutiesSettled(
    IReadOnlyList<DutyDone> Done, IReadOnlyList<DutyDelayed> Delayed, IReadOnlyDictionary<string, string>? Indexed) : Event;

/// <param name="Evidence">For a mail: the provider's message id.</param>
public sealed record DutyDone(string Duty, string? Evidence);

public sealed record DutyDelayed(string Duty, string Reason, int Attempts, DateTimeOffset NotBefore, bool Stuck);

/// <summary>The provider could not deliver a mail that it had taken, or did not take it for about a month: it is not tried again.</summary>
public sealed record MailBounced(string Duty, string Reason) : Event;
