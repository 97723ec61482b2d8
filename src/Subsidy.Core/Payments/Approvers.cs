using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Payments;

/// <summary>
/// Who may approve a pay run: anybody with the role whose area is not just a village, but the person who prepared it, whoever has decided
/// about an application in it at another gate, and whoever it pays money to, or to a declared relative (DESIGN: promise 2).
/// </summary>
public static class Approvers
{
    /// <summary>Ids of members of staff; a person who stands in the register twice is named once.</summary>
    public static IReadOnlyList<string> Of(PayRun run, TownshipRegister staff)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(staff);
        return
        [
            .. staff.Staff.Where(member => MayApprove(run, member.Id, staff))
                .DistinctBy(member => (member.Person, member.Person is null ? member.Id : null)).Select(member => member.Id),
        ];
    }

    public static bool MayApprove(PayRun run, string id, TownshipRegister staff)
    {
        ArgumentNullException.ThrowIfNull(run);
        return HoldsRole(id, staff) && !IsPreparer(run, id, staff) && !IsConcerned(run, id, staff) && !HasDecided(run, id, staff);
    }

    internal static bool IsConcerned(PayRun run, string id, TownshipRegister staff) =>
        run.Prepared?.Concerned.Any(concerned => staff.IsSamePerson(concerned, id)) is true;

    internal static bool HasDecided(PayRun run, string id, TownshipRegister staff) =>
        run.Prepared?.Deciders.Any(decider => staff.IsSamePerson(decider, id)) is true;

    internal static bool HoldsRole(string id, TownshipRegister staff) =>
        staff.Find(id)?.Grants.Any(grant => grant.Role == Roles.FinanceApprover && grant.Area is not Area.Village) is true;

    internal static bool IsPreparer(PayRun run, string id, TownshipRegister staff) =>
        staff.IsSamePerson(id, run.Preparer, run.PreparerPerson);
}
