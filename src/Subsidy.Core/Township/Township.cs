using System.Diagnostics.CodeAnalysis;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Township;

/// <summary>The township's villages and staff, as its files say at this moment.</summary>
public sealed record TownshipRegister(Text Name, IReadOnlyList<Village> Villages, IReadOnlyList<StaffMember> Staff)
{
    /// <summary>What people read for each role.</summary>
    public IReadOnlyDictionary<string, Text> RoleTitles { get; init; } = new Dictionary<string, Text>();

    public StaffMember? Find(string? staffId) => Staff.FirstOrDefault(person => person.Id == staffId);

    /// <summary>Whether two ids stand for one person, who may stand in the register twice. Whoever has left it is known by the id alone here.</summary>
    public bool IsSamePerson(string one, string other) =>
        one == other || (Find(one)?.Person is { } key && Find(other)?.Person == key);

    /// <summary>Whether the id stands for one who acted before, and who may have got another id or have left the register since.</summary>
    /// <param name="person">As the register knew them when they acted; null where it did not.</param>
    public bool IsSamePerson(string id, string before, PersonKey? person) =>
        IsSamePerson(id, before) || (person is not null && Find(id)?.Person == person);

    /// <summary>What people call them; the id of whoever has left the register.</summary>
    [return: NotNullIfNotNull(nameof(staffId))]
    public string? NameOf(string? staffId) => Find(staffId)?.Name ?? staffId;

    public Village? FindVillage(string? id) => Villages.FirstOrDefault(village => village.Id == id);
}

public sealed record Village(string Id, Text Name);

/// <summary>Someone who may act for the village, the township or the county.</summary>
/// <param name="Id">Short, stable, public: it stands in events.</param>
/// <param name="Person">Keyed hash of the ID number, so that nobody decides on an own or a relative's application.</param>
/// <param name="Relatives">Keyed hashes of the ID numbers of declared relatives.</param>
/// <param name="Principal">Entra tenant and object id (<c>tenant/object</c>), for signing in; null where the person only gets links.</param>
public sealed record StaffMember(
    string Id, string Name, string Email, PersonKey? Person, IReadOnlyList<PersonKey> Relatives, IReadOnlyList<Grant> Grants, string? Principal)
{
    public bool Holds(string role) => Grants.Any(grant => grant.Role == role);

    /// <summary>Of the finance office: prepares pay runs, or approves them.</summary>
    public bool OfFinance => Holds(Roles.FinancePreparer) || Holds(Roles.FinanceApprover);

    /// <summary>Whether this person may sit in the seat for an application of the village.</summary>
    public bool Fills(Seat seat, string village) => Grants.Any(grant =>
        grant.Role == seat.Role && grant.Area == seat.Area && (seat.Area != Area.Village || grant.Village == village));
}

/// <param name="Village">The village, when the area is one.</param>
public sealed record Grant(string Role, Area Area, string? Village);

/// <summary>Roles that the software itself knows. All others are names that schemes and the staff register share.</summary>
public static class Roles
{
    /// <summary>Steps in, a level above, where nobody else may decide (DESIGN: promise 2).</summary>
    public const string Substitute = "substitute";
    public const string Auditor = "auditor";
    public const string Administrator = "administrator";

    /// <summary>Prepares pay runs and keeps the books.</summary>
    public const string FinancePreparer = "financePreparer";

    /// <summary>Approves what the other has prepared.</summary>
    public const string FinanceApprover = "financeApprover";
}
