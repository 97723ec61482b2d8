using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>Folds events into the application. It never refuses: what is in the stream has happened.</summary>
public static class Evolver
{
    /// <summary>Bounces that the head remembers.</summary>
    private const int KeptBounces = 5;

    public static Application Evolve(string id, Application? application, Recorded recorded)
    {
        var next = recorded.Event switch
        {
            DraftOpened e => Begin(id, recorded, e.Scheme, e.Village, e.Language, e.Fingerprint) with { DraftUntil = e.Until },
            Submitted e => Submit(application ?? Begin(id, recorded, e.Scheme, e.Village, e.Language, e.Fingerprint), e, recorded),
            _ => Apply(application ?? throw new InvalidOperationException($"{id}: the stream begins with {recorded.Event.GetType().Name}."), recorded),
        };
        next = next with
        {
            Version = recorded.Number,
            Changed = ChangesTheCase(recorded.Event) ? recorded.Number : next.Changed,
            UpdatedAt = recorded.At,
            Known = recorded.Event is StatementDrawn ? next.Known : Known(next.Known, recorded.Actor),
        };
        return DutyRoster.After(next, application, recorded);
    }

    public static Application Fold(string id, IEnumerable<Recorded> events) =>
        events.Aggregate((Application?)null, (application, recorded) => Evolve(id, application, recorded))
        ?? throw new InvalidOperationException($"{id}: the stream is empty.");

    /// <summary>
    /// A decision is refused when the case has changed since it was shown. Book-keeping is no change, and a colleague's vote on the
    /// same question neither: opinions are given side by side.
    /// </summary>
    private static bool ChangesTheCase(Event e) =>
        e is not (DutiesSettled or MailBounced or StatementDrawn or Reminded or Escalated or DeadlineMoved or WaitingCalled or LinkRenewed or SeatFilled
            or LapseWarned or Voted or Recused or Delegated
            or FundsQueued or FundsReserved or FundsCarriedOver or FundsLapsed or FundsReleased or PayeeCalled or RecoveryCalled or HandOverHeld or HandOverCalled or HandOverWitnessNamed);

    private static IReadOnlyList<KnownStaff> Known(IReadOnlyList<KnownStaff> known, Actor actor) =>
        actor is { Id: { } id, Person: { } person } && new KnownStaff(id, person) is var one && !known.Contains(one) ? [.. known, one] : known;

    private static Application Begin(string id, Recorded recorded, SchemePin scheme, string village, string language, string? fingerprint) => new()
    {
        Id = id,
        Version = recorded.Number,
        Changed = recorded.Number,
        Scheme = scheme,
        Village = village,
        Status = Status.Draft,
        CreatedAt = recorded.At,
        UpdatedAt = recorded.At,
        Language = language,
        Fingerprint = fingerprint,
    };

    private static Application Submit(Application a, Submitted e, Recorded recorded) => a with
    {
        Scheme = e.Scheme,
        Village = e.Village,
        Language = e.Language,
        Fingerprint = e.Fingerprint,
        Status = Status.Submitted,
        SubmittedAt = recorded.At,
        DraftUntil = null,
        Email = e.Form?.Applicant.Email,
        Payee = e.Form?.Payee,
        PayeeAt = recorded.Number,
        FormAt = e.Form is null ? 0 : recorded.Number,
        Facts = e.Facts ?? [],
        Persons = e.Persons,
        Claims = e.Claims,
    };

    private static Application Apply(Application a, Recorded recorded) => recorded.Event switch
    {
        PaperAdded e => a with { Papers = Count(a.Papers, e.Paper.Kind) },
        Amended e => a with
        {
            Email = e.Form is null ? a.Email : e.Form.Applicant.Email,
            Payee = e.Form is null ? a.Payee : e.Form.Payee,
            PayeeAt = e.Form is null || e.Form.Payee == a.Payee ? a.PayeeAt : recorded.Number,
            FormAt = e.Form is null ? a.FormAt : recorded.Number,
            Facts = e.Facts ?? a.Facts,
            Persons = e.Persons,
            ClaimsHeld = a.ClaimsHeld && e.Claims.All(a.Claims.Contains),
            Claims = e.Claims,
            Return = null,
            Status = Status.Submitted,
        },
        ClaimsTaken => a with { ClaimsHeld = true },
        DuplicateFound => Ended(a, Status.Rejected) with
        {
            ClaimsHeld = false,
            Rejected = new RejectedState(a.Step ?? "", recorded.At, null, Duplicate: true),
        },
        AmountSet e => a with { Amount = e.Amount },
        StepSkipped => a,
        StepPassed e => Without(a, e.Step) with { Step = e.Step, Passed = [.. a.Passed, e.Step], Notice = null, Waiting = null },
        StepReopened e => a with { Passed = [.. a.Passed.Where(step => step != e.Step)] },
        Assigned e => Assign(a, e, recorded),
        SeatFilled e => Change(
            Seat(a, e.Assignment, e.Seat, seat => seat with { Candidates = Candidates(e.Staff, recorded.Number) }),
            e.Assignment, NoLongerBlocked),
        LinkRenewed e => Change(a, e.Assignment, assignment => assignment with
        {
            Seats = [.. assignment.Seats.Select(seat => seat with
            {
                Candidates = [.. seat.Candidates.Select(c => c.Staff == e.Staff ? c with { Link = recorded.Number } : c)],
            })],
        }),
        Voted e => Vote(a, e, recorded),
        Recused e => Acted(
            Change(a, e.Assignment, assignment => assignment with { Seats = [.. assignment.Seats.Select(seat => seat.Without(e.Staff))] }),
            e.Staff, e.Assignment, e.Round, e.Seat, Decision.Recuse, recorded.At),
        Delegated e => Acted(
            Seat(a, e.Assignment, e.Seat, seat => seat with
            {
                Candidates = [.. seat.Candidates.Where(c => c.Staff != e.Staff && c.Staff != e.To), new Candidate(e.To, recorded.Number)],
            }),
            e.Staff, e.Assignment, e.Round, e.Seat, Decision.Delegate, recorded.At),
        Reminded e => Change(a, e.Assignment, assignment => assignment with
        {
            Reminded = true,
            NextCall = assignment.Blocked ? assignment.NextCall : assignment.Due,
        }),
        Escalated e => Change(a, e.Assignment, assignment => assignment with { NextCall = e.Next }),
        DeadlineMoved e => Change(a, e.Assignment, assignment => assignment with { Due = e.Due, Estimate = e.Estimate, NextCall = e.NextCall }),
        Returned e => Without(a, e.Step) with
        {
            Status = Status.Returned,
            Step = e.Step,
            Returns = a.Returns + 1,
            Notice = null,
            Waiting = null,
            Return = new Return(e.Step, recorded.Number, recorded.At, e.Missing ?? [], e.Due, e.Estimate, e.WarnAt, Warned: false),
        },
        LapseWarned e => a with { Return = a.Return! with { Warned = true, Due = e.Due, Estimate = e.Estimate } },
        Lapsed => Ended(a, Status.Lapsed) with { Return = a.Return, DraftUntil = null, ClaimsHeld = false },
        Reopened e => a with
        {
            Status = Status.Returned,
            Generation = a.Generation + 1,
            Return = a.Return! with { Number = recorded.Number, From = recorded.At, Due = e.Due, Estimate = e.Estimate, WarnAt = e.WarnAt, Warned = false },
        },
        NoticePosted e => a with
        {
            Status = Status.OnNotice,
            Step = e.Step,
            Rounds = With(a.Rounds, e.Step, e.Round),
            Notice = new Notice(e.Step, e.Round, recorded.Number, recorded.At, e.Until, e.Days, e.Lines ?? []),
        },
        NoticeStopped e => a with { Notice = a.Notice! with { Until = null, DaysLeft = e.DaysLeft } },
        NoticeResumed e => a with { Notice = a.Notice! with { Until = e.Until } },
        Objected { Anonymous: true } e => a with { Leads = [.. a.Leads, e.Objection] },
        Objected e => a with { Objections = [.. a.Objections, e.Objection] },
        ObjectionResolved e => Without(a, e.Objection),
        RequestAwaited e => a with
        {
            Status = WhileWaiting(a),
            Step = e.Step,
            Waiting = new Waiting(WaitingKind.Request, e.Step, recorded.Number, recorded.At, null, false, e.CallAt, []),
        },
        Requested => a with { Waiting = null },
        SupplementAsked e => a with
        {
            Status = WhileWaiting(a),
            Step = e.Step,
            Rounds = With(a.Rounds, e.Step, a.RoundOf(e.Step) + 1),
            Waiting = new Waiting(WaitingKind.Supplement, e.Step, recorded.Number, recorded.At, e.Due, e.Estimate, e.CallAt, e.Documents),
        },
        Supplemented => a with { Waiting = null },
        RectificationOrdered e => Without(a, e.Step) with
        {
            Status = Status.Rectifying,
            Waiting = new Waiting(WaitingKind.Rectification, e.Step, recorded.Number, recorded.At, e.Due, e.Estimate, e.CallAt, []),
        },
        WaitingCalled e => a with { Waiting = a.Waiting! with { Call = e.Next } },
        IssueOrdered e => a with
        {
            Status = Status.Approved,
            Step = e.Step,
            Waiting = new Waiting(WaitingKind.Issue, e.Step, recorded.Number, recorded.At, null, false, e.CallAt, []),
        },
        PermitsIssued e => a with
        {
            Status = Status.Issued,
            Permits = [.. a.Permits, .. e.Permits.Select(permit => new Permit(permit.Number, permit.Kind, recorded.At, Revoked: false))],
        },
        Rejected e => Ended(a, Status.Rejected) with
        {
            Step = e.Step,
            Rejected = new RejectedState(e.Step, recorded.At, e.AppealUntil, Duplicate: false),
        },
        RejectionFinal => a with { Status = Status.Rejected, ClaimsHeld = false, Rejected = a.Rejected! with { AppealUntil = null } },
        Appealed => a with { Appeals = a.Appeals + 1 },
        AppealResolved e => e.Upheld ? Without(a, e.Appeal) with { Rejected = null } : Without(a, e.Appeal),
        Withdrawn => Ended(a, Status.Withdrawn) with { ClaimsHeld = false },
        Revoked => Ended(a, Status.Revoked) with { ClaimsHeld = false, Permits = [.. a.Permits.Select(p => p with { Revoked = true })] },
        Closed => Ended(a, Status.Closed) with { Stopped = a.Stopped }, // What the bank pays after all is asked back.
        StatementDrawn => a,
        DutiesSettled e => a with { Indexed = e.Indexed ?? a.Indexed },
        MailBounced e => a with { Bounces = [.. a.Bounces.TakeLast(KeptBounces - 1), e.Duty] },
        _ => MoneyFold.Apply(a, recorded) ?? throw new InvalidOperationException($"{recorded.Event.GetType().Name} cannot follow."),
    };

    private static Application Assign(Application a, Assigned e, Recorded recorded)
    {
        var assignment = new Assignment(
            e.Key, e.Kind, e.Step, e.Round, recorded.Number, e.Gate, recorded.At,
            [.. e.Seats.Select(offer => new AssignedSeat(offer.Seat, Candidates(offer.Staff, recorded.Number), null))],
            e.Need, e.Due, e.Estimate, e.RemindAt, Reminded: false, NextCall: e.RemindAt);
        a = a with { Assignments = [.. a.Assignments, assignment] };
        return e.Kind switch
        {
            AssignmentKind.Step => a with
            {
                Step = e.Step,
                Rounds = With(a.Rounds, e.Step, e.Round),
                // A new round is measured anew; what was measured before is in the stream.
                Measured = Without(a.Measured, e.Key),
                Status = e.DecisionKind is DecisionKind.Forward ? Status.Forwarded : WhileWaiting(a),
            },
            AssignmentKind.Appeal when a.Rejected is not null => a with { Status = Status.InReview },
            _ => a, // An objection, a question about the payee, a re-check and an appeal against a stop stand beside what goes on.
        };
    }

    private static Application Vote(Application a, Voted e, Recorded recorded)
    {
        var vote = new Vote(
            e.Staff, e.Decision, recorded.At, recorded.Number, e.Missing ?? [], e.Decision is Decision.Reject ? e.Comment : null);
        a = Acted(a, e.Staff, e.Assignment, e.Round, e.Seat, e.Decision, recorded.At);
        a = Change(a, e.Assignment, assignment => assignment with
        {
            Seats = [.. assignment.Seats.Select((seat, index) => index == e.Seat
                ? seat with { Vote = vote }
                : seat.Without(e.Staff))],
        });
        if (e.Measurements is not { } measured)
            return a;
        var all = (JsonObject)a.Measured.DeepClone();
        all[e.Assignment] = measured.DeepClone();
        return a with { Measured = all };
    }

    private static Application Acted(
        Application a, string staff, string assignment, int round, int seat, Decision decision, DateTimeOffset at)
    {
        var found = a.Assignments.First(x => x.Key == assignment);
        var act = new Act(staff, found.Kind, found.Gate, assignment, round, found.Seats[seat].Seat.Role, decision, at);
        return a with { Acts = [.. a.Acts.Where(before => !ComesAgain(before, act)), act] };
    }

    /// <summary>
    /// A case can be passed to and fro without end, and payments that follow one another are looked at again for as long as they go on:
    /// the head keeps the last time.
    /// </summary>
    private static bool ComesAgain(Act before, Act act) => act switch
    {
        { Kind: AssignmentKind.Recheck or AssignmentKind.Payee } => before with { Assignment = act.Assignment, At = act.At } == act,
        { Decision: Decision.Delegate } => before with { At = act.At } == act,
        _ => false,
    };

    /// <summary>The status of an application that people, or the applicant, have yet to go on with.</summary>
    private static Status WhileWaiting(Application a) =>
        a.Permits.Count > 0 ? Status.Issued : a.Entitlement is not null ? MoneyFold.StatusOf(a) : Status.InReview;

    private static Application Ended(Application a, Status status) =>
        a with
        {
            Status = status,
            Assignments = [],
            Notice = null,
            Waiting = null,
            Return = null,
            Rejected = null,
            Recurring = null,
            Stopped = null,
            ProposedPayee = null,
            ProposedPayeeAt = 0,
            PayeeCall = null,
        };

    private static JsonObject Without(JsonObject measured, string step)
    {
        if (!measured.ContainsKey(step))
            return measured;
        var others = (JsonObject)measured.DeepClone();
        others.Remove(step);
        return others;
    }

    /// <summary>While nobody could be found the administrators were called; now the question has its own times again.</summary>
    private static Assignment NoLongerBlocked(Assignment assignment)
    {
        var call = assignment.Reminded ? assignment.Due : assignment.RemindAt;
        return assignment.Blocked || call <= assignment.NextCall ? assignment : assignment with { NextCall = call };
    }

    private static Application Without(Application a, string assignment) =>
        a with { Assignments = [.. a.Assignments.Where(x => x.Key != assignment)] };

    private static Application Change(Application a, string assignment, Func<Assignment, Assignment> change) =>
        a with { Assignments = [.. a.Assignments.Select(x => x.Key == assignment ? change(x) : x)] };

    private static Application Seat(Application a, string assignment, int seat, Func<AssignedSeat, AssignedSeat> change) =>
        Change(a, assignment, x => x with { Seats = [.. x.Seats.Select((s, index) => index == seat ? change(s) : s)] });

    private static IReadOnlyList<Candidate> Candidates(IReadOnlyList<string> staff, int link) => [.. staff.Select(id => new Candidate(id, link))];

    private static Dictionary<string, int> Count(IReadOnlyDictionary<string, int> counts, string key) =>
        With(counts, key, counts.GetValueOrDefault(key) + 1);

    private static Dictionary<string, int> With(IReadOnlyDictionary<string, int> values, string key, int value) =>
        new(values) { [key] = value };
}
