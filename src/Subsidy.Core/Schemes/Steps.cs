using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Schemes;

/// <summary>Where a decision is made. Nobody acts in two gates of one application.</summary>
public enum Gate { Village, Township, Leader, County, Pay }

/// <summary>Whose area a seat or a staff member's role covers.</summary>
public enum Area { Village, Township, County }

/// <summary>A place at the table: filled by one member of staff who holds the role for the area.</summary>
public sealed record Seat(string Role, Area Area);

/// <summary>One step of a route. A step whose <see cref="When"/> does not hold is skipped, and the skip is an event.</summary>
public abstract record Step(string Key, Gate Gate, Text Title, Expression? When);

/// <summary>People look at the case and decide.</summary>
/// <param name="Need">How many seats must approve. Fewer than all: the step passes as soon as that many have.</param>
/// <param name="Measurements">JSON Schema of what is recorded with the decision, or null. Read by expressions as <c>measured.{step}</c>.</param>
/// <param name="Checks">Conditions shown to the reviewer; one that blocks must hold for an approval.</param>
/// <param name="Request">Set when the step waits for the applicant to ask for it (setting-out, completion).</param>
/// <param name="OnReject">What a rejection here does to the application.</param>
public sealed record DecisionStep(
    string Key,
    Gate Gate,
    Text Title,
    Expression? When,
    DecisionKind Kind,
    IReadOnlyList<Seat> Seats,
    int Need,
    Term Within,
    Escalation Escalation,
    JsonObject? Measurements,
    IReadOnlyList<ChecklistItem> Checklist,
    IReadOnlyList<Check> Checks,
    int Photos,
    IReadOnlyList<Decision> Decisions,
    RequestRule? Request,
    Rejection OnReject,
    Term? RectifyWithin) : Step(Key, Gate, Title, When);

public enum DecisionKind { Review, Visit, Meeting, Forward }

public enum Decision { Approve, Return, Reject, Recuse, Delegate }

/// <summary>The application is rejected; or the applicant must put it right; or money that was paid is asked back.</summary>
public enum Rejection { Reject, Rectify, Recover }

/// <param name="Remind">How long before the end the reminder goes out.</param>
/// <param name="To">Who is told when the deadline has passed; the step itself is never decided by time.</param>
/// <param name="Every">How often that is repeated.</param>
public sealed record Escalation(Term Remind, Seat To, Term Every);

/// <param name="Must">Whether an approval needs it ticked.</param>
public sealed record ChecklistItem(string Key, Text Title, bool Must);

public sealed record Check(string Key, Text Title, Expression That, bool Blocks);

/// <param name="Key">The name that the applicant's request carries.</param>
/// <param name="Within">After this long without a request the applicant is reminded, and again each time it passes.</param>
public sealed record RequestRule(string Key, Text Title, Term Within);

/// <summary>Names, amounts and reasons are posted, masked; anyone may object.</summary>
/// <param name="Days">Calendar days, the day of posting not counted.</param>
/// <param name="Shows">What is posted, in order.</param>
public sealed record NoticeStep(
    string Key, Gate Gate, Text Title, Expression? When, Text Place, int Days, IReadOnlyList<NoticeLine> Shows, ObjectionRule Objections)
    : Step(Key, Gate, Title, When);

/// <param name="Value">An expression; its value is shown through the mask.</param>
public sealed record NoticeLine(Text Label, Expression Value, NoticeMask Mask);

public enum NoticeMask { None, Name, IdNumber, Yuan }

/// <param name="Seat">Who decides the objection: someone who has not acted in the application.</param>
/// <param name="Restart">True when a dismissed objection starts the notice again from its first day; false when the clock only stood still.</param>
/// <param name="Upheld">What an upheld objection does.</param>
public sealed record ObjectionRule(Seat Seat, Term Within, Escalation Escalation, bool Restart, ObjectionUpheld Upheld);

public enum ObjectionUpheld { Reject, Return }

/// <summary>Numbered certificates are issued, each with a code that anyone can check.</summary>
public sealed record IssueStep(string Key, Gate Gate, Text Title, Expression? When, IReadOnlyList<Certificate> Certificates)
    : Step(Key, Gate, Title, When);

/// <param name="Prefix">Leading part of the number; the year and a counter follow.</param>
public sealed record Certificate(string Kind, Text Title, string Prefix, Expression? When, IReadOnlyList<NoticeLine> Shows);

/// <summary>The entitlement is granted and waits for the fund.</summary>
/// <param name="PayFirst">True when the route goes on while the money is on its way (emergency relief); it may then be handed over from the petty fund.</param>
/// <param name="PayeeCheck">Who confirms that the money may go to another account under another name.</param>
public sealed record PayStep(string Key, Gate Gate, Text Title, Expression? When, string Fund, bool PayFirst, Seat PayeeCheck)
    : Step(Key, Gate, Title, When);

/// <summary>The applicant completes the papers after the fact.</summary>
/// <param name="Documents">Document kinds that are asked for now.</param>
public sealed record SupplementStep(
    string Key, Gate Gate, Text Title, Expression? When, IReadOnlyList<string> Documents, Term Within, Term Warn)
    : Step(Key, Gate, Title, When);
