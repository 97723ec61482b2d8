using Subsidy.Core.People;
using Subsidy.Core.Schemes;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Township;

/// <summary>Reads the township's file: its name, villages, roles and staff.</summary>
/// <remarks>
/// The file holds ID numbers of staff and of their declared relatives, so that nobody decides on their own or a relative's
/// application. They leave this class as keyed hashes only, and no message repeats one.
/// </remarks>
public sealed class TownshipFile
{
    /// <summary>The software asks for these without asking where: given for a village they would reach over the whole township.</summary>
    private static readonly string[] Everywhere = [Roles.FinancePreparer, Roles.FinanceApprover, Roles.Auditor, Roles.Administrator];

    private readonly FaultList _faults;
    private readonly Func<string, PersonKey> _keyOf;
    private readonly DateOnly _today;

    private TownshipFile(FaultList faults, Func<string, PersonKey> keyOf, DateOnly today) => (_faults, _keyOf, _today) = (faults, keyOf, today);

    /// <param name="fileName">For the messages.</param>
    /// <param name="yaml">The file's bytes, UTF-8.</param>
    /// <param name="keyOf">Turns a normalised ID number into its keyed hash.</param>
    /// <param name="today">The local date, against which a birth date in the future is noticed.</param>
    public static TownshipReading Read(string fileName, byte[] yaml, Func<string, PersonKey> keyOf, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(yaml);
        var faults = new FaultList(fileName);
        if (YamlFile.Read(yaml, faults) is not { } root)
            return new TownshipReading(null, faults.InOrder);
        var register = new TownshipFile(faults, keyOf, today).Register(new YamlFields(root, faults));
        return new TownshipReading(faults.None ? register : null, faults.InOrder);
    }

    private TownshipRegister Register(YamlFields file)
    {
        var name = file.Text("name");
        var villages = file.Each("villages").Select(Village).ToList();
        var titles = new Dictionary<string, Text>(StringComparer.Ordinal);
        if (file.Sub("roles") is { } roles)
        {
            foreach (var entry in roles.Map.Entries)
                titles[roles.NameOf(entry, entry.Key)] = roles.Text(entry.Key);
        }
        var staff = file.Each("staff").Select(person => Person(person, villages, titles)).ToList();
        Unique(file, "villages", "id");
        Unique(file, "staff", "id");
        Unique(file, "staff", "email");
        Unique(file, "staff", "principal");
        file.End();
        return new TownshipRegister(name, villages, staff) { RoleTitles = titles };
    }

    private static Village Village(YamlFields fields)
    {
        var village = new Village(fields.Id("id"), fields.Text("name"));
        fields.End();
        return village;
    }

    private StaffMember Person(YamlFields fields, IReadOnlyList<Village> villages, Dictionary<string, Text> titles)
    {
        var id = fields.Id("id");
        var name = fields.Line("name") ?? "";
        var email = fields.Line("email") ?? "";
        if (email.Length > 0)
        {
            if (EmailAddress.TryParse(email, out var address, out var wrong))
                email = address.Value;
            else
                _faults.Add(fields.Map.Find("email")!.Value, wrong, new("请写正确的电子邮箱。", "Write a correct address."));
        }
        var own = fields.Has("idNumber") ? Key(fields, fields.Map.Find("idNumber")!.Value) : null;
        var relatives = fields.List("relatives", needed: false).Select(item => Key(fields, item)).OfType<PersonKey>().ToList();
        var grants = fields.Each("roles").Select(grant => Grant(grant, villages, titles)).ToList();
        // Nobody could tell otherwise that two entries are one person, who then prepares and approves.
        if (!fields.Has("idNumber") && grants.Any(grant => grant.Role is Roles.FinancePreparer or Roles.FinanceApprover))
            _faults.Add(fields.Map.Find("roles")!.Value,
                new("管资金的人员缺少身份证号码。", "The ID number of somebody who is in charge of money is missing."),
                new("请填写 idNumber。", "Write idNumber."));
        var principal = fields.Line("principal", needed: false);
        fields.End();
        return new StaffMember(id, name, email, own, relatives, grants, principal);
    }

    private PersonKey? Key(YamlFields fields, YamlTree value)
    {
        if (IdNumber.TryParse(fields.LineOf(value), _today, out var number, out var wrong))
            return _keyOf(number.Value);
        _faults.Add(value, wrong, new("请核对身份证号码。", "Please check the ID number."));
        return null;
    }

    private Grant Grant(YamlFields fields, IReadOnlyList<Village> villages, Dictionary<string, Text> titles)
    {
        var role = fields.Name("role");
        if (role.Length > 0 && !titles.ContainsKey(role))
            _faults.Add(fields.Map.Find("role")!.Value,
                new($"没有角色“{role}”。", $"There is no role '{role}'."),
                new($"可用：{string.Join(", ", titles.Keys)}。", $"There are: {string.Join(", ", titles.Keys)}."));
        var area = fields.Choice<Area>("area");
        string? village = null;
        if (area is Area.Village && fields.Map.Find("area") is { Value: YamlValue { Value: "village" } })
        {
            village = fields.Line("village");
            if (Everywhere.Contains(role))
                _faults.Add(fields.Map.Find("area")!.Value,
                    new($"角色“{role}”管全镇，不能只给一个村。", $"The role '{role}' is for the whole township, not for a village."),
                    new("请写 area: township。", "Write area: township."));
            if (village is not null && villages.All(known => known.Id != village))
                _faults.Add(fields.Map.Find("village")!.Value,
                    new($"没有村“{village}”。", $"There is no village '{village}'."),
                    new($"可用：{string.Join(", ", villages.Select(known => known.Id))}。", $"There are: {string.Join(", ", villages.Select(known => known.Id))}."));
        }
        fields.End();
        return new Grant(role, area, village);
    }

    private void Unique(YamlFields file, string list, string key)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in (file.Take(list) as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            if (item.Find(key)?.Value is YamlValue value && !seen.Add(value.Value))
                _faults.Add(value,
                    new($"“{value.Value}”用了两次。", $"'{value.Value}' is used twice."),
                    new("每人、每村各用一个。", "Each person and each village has one of its own."));
        }
    }
}

/// <param name="Register">Null when there are faults.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record TownshipReading(TownshipRegister? Register, IReadOnlyList<SchemeFault> Faults);
