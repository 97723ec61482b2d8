using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>
/// All that <see cref="Decider"/> needs to know of one application: the fold of its events, kept in the head row. It stays under
/// 64 KiB: papers, comments and closed periods are in the stream only.
/// </summary>
public sealed record Application
{
    /// <summary>Twelve letters and digits that cannot be mistaken for one another, lower case.</summary>
    public required string Id { get; init; }

    /// <summary>Number of the last event; the first is 1.</summary>
    public required int Version { get; init; }

    /// <summary>Number of the last event that changed what a person would decide on; book-keeping does not count.</summary>
    public required int Changed { get; init; }

    public required SchemePin Scheme { get; init; }
    public required string Village { get; init; }
    public required Status Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Time of the last event.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Language of the applicant's mails: <c>zh</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>Where the applicant wants mail, or null. Personal.</summary>
    public string? Email { get; init; }

    /// <summary>Keyed hashes of the applicant's and the household's ID numbers, the applicant's first.</summary>
    public IReadOnlyList<PersonKey> Persons { get; init; } = [];

    /// <summary>What the scheme's expressions read of the form. Personal.</summary>
    public JsonObject Facts { get; init; } = [];

    /// <summary>What decisions have measured, by step. Personal.</summary>
    public JsonObject Measured { get; init; } = [];

    /// <summary>How many papers of each kind are there.</summary>
    public IReadOnlyDictionary<string, int> Papers { get; init; } = new Dictionary<string, int>();

    /// <summary>Claims that this application holds, or is about to.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];
    public bool ClaimsHeld { get; init; }

    /// <summary>The step of the route where the application is, or null before the first and after the last.</summary>
    public string? Step { get; init; }

    /// <summary>How often each step has been opened.</summary>
    public IReadOnlyDictionary<string, int> Rounds { get; init; } = new Dictionary<string, int>();

    /// <summary>Steps that are done: the route goes on with the first that applies and is not among them.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];
    public IReadOnlyList<Assignment> Assignments { get; init; } = [];
    public Notice? Notice { get; init; }
    public Return? Return { get; init; }
    public int Returns { get; init; }

    /// <summary>The application waits for the applicant: for a request, for papers, for putting something right.</summary>
    public Waiting? Waiting { get; init; }
    public RejectedState? Rejected { get; init; }

    /// <summary>Keys of the objections and of the anonymous leads that have come in.</summary>
    public IReadOnlyList<string> Objections { get; init; } = [];
    public IReadOnlyList<string> Leads { get; init; } = [];
    public int Appeals { get; init; }

    /// <summary>Who has acted, where and how: the ground of separation of duties, and of what a second click is told.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    /// <summary>Staff who have acted here in any way, as the register knew them then.</summary>
    public IReadOnlyList<KnownStaff> Known { get; init; } = [];
    public Money? Amount { get; init; }

    /// <summary>What is owed, was paid lately, or is being given up; the latest last. Older periods are in the stream only.</summary>
    public IReadOnlyList<Entitlement> Entitlements { get; init; } = [];

    /// <summary>Of what was given up and is in the stream only: the latest attempt at paying it. The bank may know that one, should it be owed again.</summary>
    public IReadOnlyDictionary<string, int> Attempts { get; init; } = new Dictionary<string, int>();

    /// <summary>Number of the event that granted the latest period that is in the stream only, being long paid; 0 for none.</summary>
    public int Forgotten { get; init; }

    /// <summary>The latest that is not given up.</summary>
    public Entitlement? Entitlement => Entitlements.LastOrDefault(entitlement => entitlement.State is not EntitlementState.Cancelled);

    /// <summary>Set while periods follow one another.</summary>
    public Recurring? Recurring { get; init; }

    /// <summary>Set once they do so no more.</summary>
    public StoppedState? Stopped { get; init; }

    /// <summary>Staff who have stopped payments or called for a re-check: they decide no appeal.</summary>
    public IReadOnlyList<string> Intervened { get; init; } = [];

    /// <summary>Number of the event with the latest form, which is personal and stands there only; 0 where there is none, or it is not known.</summary>
    public int FormAt { get; init; }

    /// <summary>Where the money goes. Personal.</summary>
    public Payee? Payee { get; init; }

    /// <summary>Number of the event in which <see cref="Payee"/> stands.</summary>
    public int PayeeAt { get; init; }

    /// <summary>Another account under another name, which a second person has yet to confirm. Personal.</summary>
    public Payee? ProposedPayee { get; init; }

    /// <summary>Number of the event in which <see cref="ProposedPayee"/> stands.</summary>
    public int ProposedPayeeAt { get; init; }

    /// <summary>A payment failed and the applicant was asked for the account: when that is next called to mind.</summary>
    public DateTimeOffset? PayeeCall { get; init; }

    /// <summary>How often another payee was proposed: numbers the questions.</summary>
    public int PayeeProposals { get; init; }

    /// <summary>What is asked back, or was lately. What was settled of older periods is in the stream only.</summary>
    public IReadOnlyList<Recovery> Recoveries { get; init; } = [];
    public IReadOnlyList<Permit> Permits { get; init; } = [];

    /// <summary>What remains to be done outside the stream.</summary>
    public IReadOnlyList<Duty> Duties { get; init; } = [];

    /// <summary>Rows that stand in the indexes for this application, each with a digest of its content.</summary>
    public IReadOnlyDictionary<string, string> Indexed { get; init; } = new Dictionary<string, string>();

    /// <summary>1, and one more each time a lapsed application is re-opened: the engine follows each life of it apart.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>When a draft that was never submitted is dropped.</summary>
    public DateTimeOffset? DraftUntil { get; init; }

    /// <summary>Duties whose mail came back, the latest few.</summary>
    public IReadOnlyList<string> Bounces { get; init; } = [];

    /// <summary>Digest of what was submitted under the idempotency key.</summary>
    public string? Fingerprint { get; init; }

    public string Reference => Applications.Reference.Of(Id);

    /// <summary>Somebody has yet to find that the payments are still right: until then no further period is granted.</summary>
    public bool Rechecking => Assignments.Any(assignment => assignment.Kind is AssignmentKind.Recheck);

    /// <summary>An appeal has been lodged and is not decided.</summary>
    public bool Appealing => Assignments.Any(assignment => assignment.Kind is AssignmentKind.Appeal);

    public int RoundOf(string step) => Rounds.GetValueOrDefault(step);

    /// <summary>Nothing more can happen, but for what an administrator orders. While money is asked back or handed over, something can.</summary>
    public bool Final => Ended && !Entitlements.Any(entitlement => entitlement.HandOver is { Open: true }) && !Recoveries.Any(recovery => recovery.Open);

    private bool Ended => Status is Status.Withdrawn or Status.Lapsed or Status.Revoked or Status.Closed
        || (Status is Status.Rejected && Rejected is { AppealUntil: null })
        || (Status is Status.Paid && Waiting is null && Recurring is null && Notice is null && Return is null && Assignments.Count == 0);
}

/// <summary>Statuses of the HTTP contract.</summary>
public enum Status
{
    Draft, Submitted, InReview, Returned, OnNotice, Forwarded, Approved, AwaitingFunds, Paying, Paid, Issued, Rectifying, Recovering,
    Suspended, Rejected, Withdrawn, Lapsed, Revoked, Closed,
}

/// <summary>A question put to people: a step of the route, an objection, an appeal.</summary>
/// <param name="Key">The step's key, <c>objection-{n}</c>, <c>appeal-{n}</c>, <c>payee-{n}</c>, <c>recheck-{periods}</c>; one that was called for, <c>recheck-{periods}-{n}</c>.</param>
/// <param name="Step">The step it belongs to.</param>
/// <param name="Number">Number of the event that opened it.</param>
/// <param name="Gate">Null for objections and appeals: they are for someone who has not acted at all.</param>
/// <param name="NextCall">When somebody is next reminded, told, or a missing reviewer looked for.</param>
public sealed record Assignment(
    string Key,
    AssignmentKind Kind,
    string Step,
    int Round,
    int Number,
    Gate? Gate,
    DateTimeOffset Opened,
    IReadOnlyList<AssignedSeat> Seats,
    int Need,
    DateTimeOffset Due,
    bool Estimate,
    DateTimeOffset RemindAt,
    bool Reminded,
    DateTimeOffset NextCall)
{
    public bool Blocked => Seats.Any(seat => seat.Open && seat.Candidates.Count == 0);

    public AssignedSeat? SeatOf(string staff) => Seats.FirstOrDefault(seat => seat.Open && seat.Candidates.Any(c => c.Staff == staff));
}

public enum AssignmentKind
{
    Step,
    Objection,
    Appeal,
    /// <summary>Whether the money may go to another account under another name.</summary>
    Payee,
    /// <summary>Whether payments that follow one another are still right.</summary>
    Recheck,
}

public sealed record AssignedSeat(Seat Seat, IReadOnlyList<Candidate> Candidates, Vote? Vote)
{
    public bool Open => Vote is null;

    /// <summary>The seat without the person; a seat that is filled stays as it is.</summary>
    public AssignedSeat Without(string staff) => Open ? this with { Candidates = [.. Candidates.Where(c => c.Staff != staff)] } : this;
}

/// <param name="Link">Number of the event that made the person's link; links of earlier numbers are void.</param>
public sealed record Candidate(string Staff, int Link);

/// <param name="Reason">Of a rejection, kept until the others have decided too. Personal.</param>
public sealed record Vote(string Staff, Decision Decision, DateTimeOffset At, int Number, IReadOnlyList<Missing> Missing, string? Reason);

/// <summary>Someone acted: voted, recused, delegated, resolved.</summary>
public sealed record Act(string Staff, AssignmentKind Kind, Gate? Gate, string Assignment, int Round, string Role, Decision Decision, DateTimeOffset At)
{
    /// <summary>Something about the application was decided: nobody stepped aside, or handed it on.</summary>
    public bool Decided => Decision is not (Decision.Recuse or Decision.Delegate);
}

/// <summary>Who an id stood for when somebody acted under it.</summary>
public sealed record KnownStaff(string Id, PersonKey Person);

/// <param name="Until">End of the period, exclusive; null while an objection stops the clock.</param>
/// <param name="DaysLeft">Days that remain once a stopped clock goes on.</param>
/// <param name="Lines">What is posted, already masked. Personal.</param>
public sealed record Notice(
    string Step, int Round, int Number, DateTimeOffset From, DateTimeOffset? Until, int DaysLeft, IReadOnlyList<PostedLine> Lines);

public sealed record PostedLine(Text Label, string Value);

/// <param name="From">When the time began to run.</param>
public sealed record Return(
    string Step, int Number, DateTimeOffset From, IReadOnlyList<Missing> Missing, DateTimeOffset Due, bool Estimate, DateTimeOffset WarnAt, bool Warned);

/// <param name="From">When the time began to run.</param>
/// <param name="Call">When the applicant, or after <paramref name="Due"/> the township, is next reminded.</param>
public sealed record Waiting(
    WaitingKind Kind, string Step, int Number, DateTimeOffset From, DateTimeOffset? Due, bool Estimate, DateTimeOffset Call, IReadOnlyList<string> Documents);

public enum WaitingKind { Request, Supplement, Rectification, Funds, Issue }

/// <param name="AppealUntil">Null when the rejection is final.</param>
public sealed record RejectedState(string Step, DateTimeOffset At, DateTimeOffset? AppealUntil, bool Duplicate);

public sealed record Permit(string Number, string Kind, DateTimeOffset IssuedAt, bool Revoked);

/// <summary>A right that only so many may hold, taken on a person's key.</summary>
/// <param name="Key">Row key in the claims table: scheme, limit, person key and period; nothing in the clear.</param>
/// <param name="Max">1 for an exclusive claim; otherwise at most this many in <paramref name="Months"/> months.</param>
public sealed record Claim(string Key, string Limit, int Max, int Months);
