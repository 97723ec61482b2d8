using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>Who may act. The rule stands here once, for every vote, visit, objection, appeal and revocation (DESIGN: promise 2).</summary>
internal static class Eligibility
{
    /// <summary>Why the person may not act at the gate; null when they may.</summary>
    /// <param name="kind">
    /// Objections are a gate of their own: whoever has decided one may decide the next, or a handful of objections would use up everybody.
    /// </param>
    /// <param name="gate">Null for objections and appeals: only someone who has not acted otherwise.</param>
    public static Text? Bar(Unfolding u, StaffMember person, AssignmentKind kind, Gate? gate) =>
        kind is AssignmentKind.Appeal && u.A.Intervened.Any(staff => u.IsSamePerson(staff, person.Id))
            ? new Text("您曾停止发放或要求复核，不能办理申诉。", "You have stopped the payments or called for a re-check; somebody else decides the appeal.")
            : ActedElsewhere(u, person, kind, gate);

    /// <summary>Why the person may not act, by what they have decided so far and by kinship; null when they may.</summary>
    public static Text? ActedElsewhere(Unfolding u, StaffMember person, AssignmentKind kind, Gate? gate)
    {
        if (Kinship(u.A, person) is { } kinship)
            return kinship;
        var acts = u.A.Acts.Where(act => u.IsSamePerson(act.Staff, person.Id)).ToList();
        if (acts.Any(act => act.Decision is Decision.Recuse))
            return new Text("您已在本申请中回避。", "You have stepped aside from this application.");
        var decided = acts.Where(act => act.Decided).ToList();
        return decided.Count == 0 || (kind is not AssignmentKind.Appeal && decided.All(act => Alike(act.Kind, kind) && act.Gate == gate))
            ? null
            : new Text("您已在本申请的其他环节办理过。", "You have acted in another gate of this application.");
    }

    /// <summary>To look again belongs to the gate of those who have looked before (DESIGN: promise 2).</summary>
    private static bool Alike(AssignmentKind one, AssignmentKind other) =>
        one == other || (one, other) is (AssignmentKind.Step, AssignmentKind.Recheck) or (AssignmentKind.Recheck, AssignmentKind.Step);

    /// <summary>Why the person is too near to the applicant; null when they are not.</summary>
    public static Text? Kinship(Application a, StaffMember person) => Kinship(a.Persons, person);

    /// <param name="persons">Those whom it concerns.</param>
    public static Text? Kinship(IReadOnlyList<PersonKey> persons, StaffMember person)
    {
        if (person.Person is { } own && persons.Contains(own))
            return new Text("不能办理本人或本户的申请。", "Nobody decides on an application of their own household.");
        if (person.Relatives.Any(persons.Contains))
            return new Text("申请人是您申报的亲属，请回避。", "The applicant is a relative whom you declared; you must step aside.");
        return null;
    }

    /// <summary>Whom to ask for a seat: those of the role; failing them the substitutes of the level above; failing these nobody.</summary>
    public static SeatOffer Offer(Unfolding u, Seat seat, AssignmentKind kind, Gate? gate, IReadOnlyCollection<string> except)
    {
        var staff = Who(u, seat, kind, gate, except);
        if (staff.Count > 0)
            return new SeatOffer(seat, staff, Substitute: false);
        var above = Above(seat.Area);
        return above is null
            ? new SeatOffer(seat, [], Substitute: false)
            : new SeatOffer(seat, Who(u, new Seat(Roles.Substitute, above.Value), kind, gate, except), Substitute: true);
    }

    /// <summary>Whether the person may sit in the seat, in their own right or as a substitute.</summary>
    public static bool MaySit(Unfolding u, StaffMember person, Seat seat) =>
        person.Fills(seat, u.A.Village) || (Above(seat.Area) is { } above && person.Fills(new Seat(Roles.Substitute, above), u.A.Village));

    /// <summary>Everyone who holds the seat's role here, whether or not they have acted: for telling, not for deciding.</summary>
    public static IReadOnlyList<string> Holders(Unfolding u, Seat seat) =>
        [.. u.Township.Staff.Where(person => person.Fills(seat, u.A.Village)).Select(person => person.Id)];

    public static IReadOnlyList<string> Administrators(Unfolding u) =>
        [.. u.Township.Staff.Where(person => person.Holds(Roles.Administrator)).Select(person => person.Id)];

    private static IReadOnlyList<string> Who(Unfolding u, Seat seat, AssignmentKind kind, Gate? gate, IReadOnlyCollection<string> except) =>
    [
        .. u.Township.Staff
            .Where(person => person.Fills(seat, u.A.Village) && !except.Any(id => u.IsSamePerson(id, person.Id)) && Bar(u, person, kind, gate) is null)
            .Select(person => person.Id),
    ];

    private static Area? Above(Area area) => area switch
    {
        Area.Village => Area.Township,
        Area.Township => Area.County,
        _ => null,
    };
}
