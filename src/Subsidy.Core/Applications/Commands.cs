using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>What somebody wants to happen to an application.</summary>
public abstract record Command(Actor Actor);

/// <param name="Fingerprint">Digest of the request's content, so that the same key with other content is found out.</param>
public sealed record OpenDraft(string Id, string Village, string Language, string? Fingerprint) : Command(Actor.Applicant);

public sealed record AddPaper(Paper Paper, string? FileName) : Command(Actor.Applicant);

/// <param name="Persons">Keyed hashes, the applicant's first, in the order of the form.</param>
/// <param name="Papers">Papers that came with the form in one call; those of a draft are in the stream already.</param>
public sealed record Submit(
    string Id, string Village, string Language, string? Fingerprint, Form Form, IReadOnlyList<PersonKey> Persons, IReadOnlyList<AddPaper> Papers)
    : Command(Actor.Applicant);

/// <param name="Form">Null: only papers are added.</param>
public sealed record Amend(Form? Form, IReadOnlyList<PersonKey> Persons, IReadOnlyList<AddPaper> Papers, string? Comment) : Command(Actor.Applicant);

/// <param name="Assignment">Key of the step, objection or appeal that the link is for.</param>
/// <param name="Link">Number that the link carries.</param>
/// <param name="Shown">Number of the event that the page showed.</param>
/// <param name="Missing">For a return: everything that is missing.</param>
public sealed record CastVote(
    string Staff,
    string Assignment,
    int Round,
    int Link,
    int Shown,
    Decision Decision,
    string? Comment,
    IReadOnlyList<Missing> Missing,
    IReadOnlyList<string> Checklist,
    JsonObject? Measurements,
    IReadOnlyList<Paper> Photos,
    string? DelegateTo) : Command(Actor.Staff(Staff));

/// <summary>Objects to the notice in force. Without name and contact it is a lead.</summary>
/// <param name="Id">Derived from the request, so that a repeated click objects once.</param>
public sealed record RaiseObjection(string Id, string? Name, string? Contact, string Reason) : Command(Actor.Objector);

public sealed record Withdraw(string? Reason) : Command(Actor.Applicant);

public sealed record Appeal(string Reason) : Command(Actor.Applicant);

/// <param name="Key">Key of the route's request: setting-out, completion.</param>
public sealed record MakeRequest(string Key, string? Comment) : Command(Actor.Applicant);

public sealed record Revoke(string Staff, string Reason) : Command(Actor.Staff(Staff));

public sealed record Reopen(string Staff, string Reason) : Command(Actor.Staff(Staff));

/// <summary>Makes a reviewer's earlier links void and sends a new one.</summary>
public sealed record RenewLink(string Staff, string Assignment, string For) : Command(Actor.Staff(Staff));

public sealed record TimePassed() : Command(Actor.Engine);

/// <summary>The engine tells what became of duties.</summary>
public sealed record Report(IReadOnlyList<DutyOutcome> Outcomes) : Command(Actor.Engine);

/// <summary>A mail that the provider had taken came back.</summary>
public sealed record ReportBounce(string Duty, string Reason) : Command(Actor.Engine);

/// <summary>The books of a fund tell what has become of an entitlement.</summary>
public sealed record HearFunds(FundReport Report) : Command(Actor.Engine);

/// <summary>The applicant names another account.</summary>
public sealed record CorrectPayee(Payee Payee) : Command(Actor.Applicant);

/// <param name="Last">The last period that is owed; null: the last that was granted.</param>
public sealed record StopPayments(string Staff, StopReason Reason, string? Last, string? Comment) : Command(Actor.Staff(Staff));

/// <summary>Has somebody look again before it is time.</summary>
public sealed record CallRecheck(string Staff, string Comment) : Command(Actor.Staff(Staff));

/// <summary>The applicant says that circumstances have changed (社会救助暂行办法 art. 13): somebody looks again before it is time.</summary>
public sealed record ReportChange(string Comment) : Command(Actor.Applicant);

/// <summary>Part or all of what was paid is asked back.</summary>
public sealed record ClaimBack(string Staff, string Entitlement, Money Amount, string Reason) : Command(Actor.Staff(Staff));

/// <param name="Instalments">In order of their days; together the outstanding amount.</param>
public sealed record AgreeInstalments(string Staff, string Recovery, IReadOnlyList<Instalment> Instalments) : Command(Actor.Staff(Staff));

/// <param name="Document">Number of the voucher: the same one counts once.</param>
public sealed record RecordRepayment(string Staff, string Recovery, Money Amount, string Document) : Command(Actor.Staff(Staff));

/// <param name="Shown">What the page said was outstanding: nobody proposes to give up more, or less, than they know of.</param>
public sealed record ProposeWriteOff(string Staff, string Recovery, Money Shown, string Reason) : Command(Actor.Staff(Staff));

/// <param name="Shown">What the page said was outstanding.</param>
public sealed record DecideWriteOff(string Staff, string Recovery, Money Shown, bool Accept) : Command(Actor.Staff(Staff));

/// <summary>Cash or goods were handed over on the spot, out of the petty fund: the first signature.</summary>
/// <param name="Goods">What was given; only in kind.</param>
/// <param name="Receipt">Number of the receipt that the payee has signed.</param>
/// <param name="Photos">Of the receipt.</param>
public sealed record SignHandOver(
    string Staff, string Entitlement, HandOverKind Kind, string? Goods, string Receipt, IReadOnlyList<Paper> Photos, string Witness)
    : Command(Actor.Staff(Staff));

/// <summary>The second signature.</summary>
/// <param name="HandOver">Number of the event that the page showed.</param>
public sealed record WitnessHandOver(string Staff, string Entitlement, int HandOver) : Command(Actor.Staff(Staff));

/// <summary>Who was named as the witness was not there, or it was otherwise: it decides nothing about the money.</summary>
/// <param name="HandOver">Number of the event that the page showed.</param>
public sealed record RefuseHandOver(string Staff, string Entitlement, int HandOver, string Reason) : Command(Actor.Staff(Staff));

/// <summary>Somebody else was there and is to sign in the place of a witness who does not, or no longer can.</summary>
public sealed record NameWitness(string Staff, string Entitlement, int HandOver, string Witness) : Command(Actor.Staff(Staff));

/// <summary>Nothing was handed over after all, or it was given back.</summary>
public sealed record DropHandOver(string Staff, string Entitlement, int HandOver, string Reason) : Command(Actor.Staff(Staff));

/// <summary>Puts on record that somebody is shown what was paid under the application.</summary>
/// <param name="Year">Calendar year, local.</param>
public sealed record DrawStatement(string Staff, int Year) : Command(Actor.Staff(Staff));

public abstract record DutyOutcome(string Duty);

public sealed record DutySucceeded(string Duty, string? Evidence = null) : DutyOutcome(Duty);

/// <param name="Reason">Class of the error, without anything personal.</param>
public sealed record DutyFailed(string Duty, string Reason) : DutyOutcome(Duty);

public sealed record ClaimsConflicted(string Duty, string Limit, string EarlierReference) : DutyOutcome(Duty);

public sealed record PermitsNumbered(string Duty, IReadOnlyList<NumberedPermit> Permits) : DutyOutcome(Duty);

public sealed record IndexesUpdated(string Duty, IReadOnlyDictionary<string, string> Rows) : DutyOutcome(Duty);

/// <param name="Report">What the books say of the entitlement now.</param>
public sealed record FundsReported(string Duty, FundReport Report) : DutyOutcome(Duty);
