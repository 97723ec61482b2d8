using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>Puts a question to people, and sees to it that somebody is left to answer it.</summary>
internal static class Assigning
{
    /// <summary>How soon a missing reviewer is looked for again.</summary>
    private static readonly Term Retry = new(1, TermUnit.WorkingDays);

    public static void Open(Unfolding u, DecisionStep step) => Open(
        u, step.Key, AssignmentKind.Step, step.Key, u.A.RoundOf(step.Key) + 1, step.Gate, step.Kind, step.Seats, step.Need, step.Within, step.Escalation);

    public static void OpenObjection(Unfolding u, NoticeStep step, string objection) => Open(
        u, objection, AssignmentKind.Objection, step.Key, 1, null, null, [step.Objections.Seat], 1, step.Objections.Within, step.Objections.Escalation);

    public static void OpenAppeal(Unfolding u, string step, string appeal) => Open(
        u, appeal, AssignmentKind.Appeal, step, 1, null, null, [u.Scheme.Appeal.Seat], 1, u.Scheme.Appeal.Decide, u.Scheme.Appeal.Escalation);

    public static void OpenPayee(Unfolding u, PayStep step, string key)
    {
        var (within, escalation) = Payees.Terms(u);
        Open(u, key, AssignmentKind.Payee, step.Key, 1, null, null, [step.PayeeCheck], 1, within, escalation);
    }

    public static void OpenRecheck(Unfolding u, RecheckRule rule, string step, string key, int round) =>
        Open(u, key, AssignmentKind.Recheck, step, round, rule.Gate, null, [rule.Seat], 1, rule.Within, rule.Escalation);

    /// <summary>The rule by which an assignment's time runs.</summary>
    public static (Term Within, Escalation Escalation) Terms(Unfolding u, Assignment assignment) => assignment.Kind switch
    {
        AssignmentKind.Appeal => (u.Scheme.Appeal.Decide, u.Scheme.Appeal.Escalation),
        AssignmentKind.Payee => Payees.Terms(u),
        AssignmentKind.Recheck when u.Scheme.Amount?.Recheck is { } recheck => (recheck.Within, recheck.Escalation),
        AssignmentKind.Objection when u.Scheme.StepOf(assignment.Step) is NoticeStep notice => (notice.Objections.Within, notice.Objections.Escalation),
        _ when u.Scheme.StepOf(assignment.Step) is DecisionStep step => (step.Within, step.Escalation),
        _ => throw new InvalidOperationException($"{u.A.Id}: {assignment.Key} has no terms."),
    };

    /// <summary>Looks for people, and tells the administrators where there are none.</summary>
    public static void Refill(Unfolding u, string key)
    {
        Fill(u, key);
        if (u.A.Assignments.First(x => x.Key == key).Blocked)
            Alarm(u, key, []);
    }

    /// <param name="above">Who is told besides the administrators.</param>
    public static void Alarm(Unfolding u, string key, IReadOnlyList<string> above) =>
        u.Emit(new Escalated(key, [.. Eligibility.Administrators(u).Union(above)], NextAlarm(u, u.A.Assignments.First(x => x.Key == key))));

    /// <summary>The others who are asked keep their reminder and their due date.</summary>
    public static DateTimeOffset NextAlarm(Unfolding u, Assignment assignment)
    {
        DateTimeOffset[] moments = [u.After(Retry).At, assignment.RemindAt, assignment.Due];
        return moments.Where(moment => moment > u.At).Min();
    }

    /// <summary>Looks for people for every open seat that has nobody, and for those who are no longer what they were.</summary>
    public static void Fill(Unfolding u, string key)
    {
        var assignment = u.A.Assignments.First(x => x.Key == key);
        for (var i = 0; i < assignment.Seats.Count; i++)
        {
            var seat = assignment.Seats[i];
            if (!seat.Open)
                continue;
            var still = seat.Candidates.Where(c => StillMay(u, assignment, seat, c)).ToList();
            if (still.Count == seat.Candidates.Count && still.Count > 0)
                continue;
            var offer = Eligibility.Offer(u, seat.Seat, assignment.Kind, assignment.Gate, Voters(assignment));
            if (offer.Staff.Count > 0 || seat.Candidates.Count > 0)
                u.Emit(new SeatFilled(key, i, offer.Staff, offer.Substitute));
        }
    }

    public static Refusal? RenewLink(Unfolding u, RenewLink c)
    {
        if (u.Township.Find(c.Staff) is not { } person || !person.Holds(Roles.Administrator))
            return Refusal.Of(RefusalCode.NotAllowed, "只有管理员可以重发链接。", "Only an administrator renews links.");
        var assignment = u.A.Assignments.FirstOrDefault(x => x.Key == c.Assignment);
        if (assignment?.SeatOf(c.For) is null)
            return Refusal.Of(RefusalCode.MovedOn, "该环节已经不由此人办理。", "This person is no longer asked here.");
        u.Emit(new LinkRenewed(c.Assignment, c.For));
        return null;
    }

    private static void Open(
        Unfolding u, string key, AssignmentKind kind, string step, int round, Gate? gate, DecisionKind? decision,
        IReadOnlyList<Seat> seats, int need, Term within, Escalation escalation)
    {
        var due = u.After(within);
        var offers = seats.Select(seat => Eligibility.Offer(u, seat, kind, gate, [])).ToList();
        u.Emit(new Assigned(key, kind, step, round, gate, decision, offers, need, due.At, due.Estimate, u.Before(due.At, escalation.Remind)));
        if (offers.Any(offer => offer.Staff.Count == 0))
            Alarm(u, key, []);
    }

    private static bool StillMay(Unfolding u, Assignment assignment, AssignedSeat seat, Candidate candidate) =>
        u.Township.Find(candidate.Staff) is { } person
        && Eligibility.MaySit(u, person, seat.Seat)
        && Eligibility.Bar(u, person, assignment.Kind, assignment.Gate) is null
        && !HasVoted(u, assignment, candidate.Staff);

    /// <summary>Whether the person, under whichever id, has filled a seat of this question.</summary>
    public static bool HasVoted(Unfolding u, Assignment assignment, string staff) => Voters(assignment).Any(voter => u.IsSamePerson(voter, staff));

    /// <summary>Those who have filled a seat of this question, and fill no other.</summary>
    public static IReadOnlyCollection<string> Voters(Assignment assignment) =>
        [.. assignment.Seats.Where(seat => seat.Vote is not null).Select(seat => seat.Vote!.Staff)];
}
