using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Applications;

internal static class SampleTownship
{
    public const string Village = "dongshan";

    public static TownshipRegister Register { get; } = new(
        new Text("样例镇", "Sample township"),
        [new Village(Village, new Text("东山村", "Dongshan")), new Village("xishan", new Text("西山村", "Xishan"))],
        [
            Person("clerk1", "villageClerk", Area.Village, Village),
            Person("clerk2", "villageClerk", Area.Village, Village),
            Person("farClerk", "villageClerk", Area.Village, "xishan"),
            Person("office1", "office", Area.Township),
            Person("office2", "office", Area.Township),
            Person("other1", "otherOffice", Area.Township),
            Person("leader1", "leader", Area.Township),
            Person("leader2", "leader", Area.Township),
            Person("county1", "county", Area.County),
            Person("county2", "county", Area.County),
            Person("stand1", Roles.Substitute, Area.Township),
            Person("stand2", Roles.Substitute, Area.County),
            Person("admin1", Roles.Administrator, Area.Township),
            Person("prepares1", Roles.FinancePreparer, Area.Township),
            Person("prepares2", Roles.FinancePreparer, Area.Township),
            Person("approves1", Roles.FinanceApprover, Area.Township),
        ]);

    public static PersonKey KeyOf(string staff) => new($"key-of-{staff}");

    public static StaffMember Person(string id, string role, Area area, string? village = null) =>
        new(id, $"Name of {id}", $"{id}@example.org", KeyOf(id), [], [new Grant(role, area, village)], null);

    public static TownshipRegister Without(params string[] staff) =>
        Register with { Staff = [.. Register.Staff.Where(person => !staff.Contains(person.Id))] };

    /// <summary>Somebody stands in the register no more; the other is the same person, under the only id that it knows now.</summary>
    public static TownshipRegister Renamed(string from, string to) => Register with
    {
        Staff =
        [
            .. Register.Staff.Where(person => person.Id != from)
                .Select(person => person.Id == to ? person with { Person = KeyOf(from) } : person),
        ],
    };

    public static TownshipRegister With(StaffMember changed) =>
        Register with { Staff = [.. Register.Staff.Select(person => person.Id == changed.Id ? changed : person)] };
}
