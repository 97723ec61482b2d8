using Subsidy.Core.Township;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Schemes;

/// <summary>Every seat of a scheme can be filled from the staff register, in every village where it is a village's seat.</summary>
internal static class SchemeRoles
{
    public static void Check(IEnumerable<SeatUse> seats, TownshipRegister register, FaultList faults)
    {
        foreach (var use in seats.Where(use => use.Seat.Role.Length > 0))
        {
            Village?[] places = use.Seat.Area is Area.Village ? [.. register.Villages] : [null];
            foreach (var village in places)
            {
                var holders = register.Staff.Count(person => person.Fills(use.Seat, village?.Id ?? ""));
                if (holders >= use.Count)
                    continue;
                var where = village is null ? YamlFields.Camel(use.Seat.Area.ToString()) : village.Id;
                faults.Add(use.At,
                    new($"角色“{use.Seat.Role}”（{where}）需要{use.Count}人，人员名册里有{holders}人。", $"The role '{use.Seat.Role}' ({where}) needs {use.Count}, and the staff register has {holders}."),
                    new($"请在名册中补充，或换成已有的角色：{Held(register, use.Seat.Area)}。", $"Add people to the register, or use a role that is held: {Held(register, use.Seat.Area)}."));
                break;
            }
        }
    }

    private static string Held(TownshipRegister register, Area area) => string.Join(", ",
        register.Staff.SelectMany(person => person.Grants).Where(grant => grant.Area == area).Select(grant => grant.Role).Distinct().Order(StringComparer.Ordinal));
}
