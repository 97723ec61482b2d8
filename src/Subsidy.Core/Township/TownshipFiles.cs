using System.Globalization;
using System.Text;
using Subsidy.Core.Calendar;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Township;

/// <summary>
/// Reads all files of a township together: <c>township.yaml</c>, <c>funds.yaml</c>, <c>calendar/2026.yaml</c>, registers such as
/// <c>monitored-households.csv</c>, and <c>schemes/*.yaml</c>. They are one edition: either all are sound or none is used.
/// </summary>
public static class TownshipFiles
{
    public const string Staff = "township.yaml";
    public const string Funds = "funds.yaml";
    public const string Calendars = "calendar/";
    public const string Schemes = "schemes/";

    /// <param name="files">By name, with forward slashes.</param>
    /// <param name="keyOf">Turns a normalised ID number into its keyed hash.</param>
    /// <param name="today">The local date, against which a birth date in the future is noticed.</param>
    public static TownshipFilesReading Read(IReadOnlyDictionary<string, byte[]> files, Func<string, PersonKey> keyOf, DateOnly today)
    {
        var faults = new List<SchemeFault>();
        var register = ReadStaff(files, keyOf, today, faults);
        var years = ReadCalendars(files, faults);
        var funds = files.TryGetValue(Funds, out var written) ? FundFile.Read(Funds, written) : new FundFileReading([], []);
        faults.AddRange(funds.Faults);
        var registers = new Dictionary<string, IReadOnlyList<PersonKey>>();
        foreach (var (name, bytes) in Under(files, "", ".csv"))
        {
            var reading = RegisterFile.Read(name, bytes, keyOf, today);
            faults.AddRange(reading.Faults);
            registers[RegisterName(name)] = reading.Persons;
        }

        var schemes = SchemeDirectory.Read(
            Under(files, Schemes, ".yaml").Select(file => (file.Key[Schemes.Length..], file.Value)), register, registers.Keys,
            // A register of funds that cannot be read is one fault, not one more for each scheme.
            funds: funds.Faults.Count > 0 ? null : [.. funds.Funds.Select(fund => fund.Id)]);
        faults.AddRange(schemes.Faults);
        return faults.Count > 0 || register is null
            ? new TownshipFilesReading(null, faults)
            : new TownshipFilesReading(new TownshipEdition(register, WorkingCalendar.From(years), schemes.Schemes, registers) { Funds = funds.Funds }, []);
    }

    private static TownshipRegister? ReadStaff(
        IReadOnlyDictionary<string, byte[]> files, Func<string, PersonKey> keyOf, DateOnly today, List<SchemeFault> faults)
    {
        if (!files.TryGetValue(Staff, out var bytes))
        {
            faults.Add(new SchemeFault(Staff, 1, 1, new("缺少这个文件。", "The file is missing."), new("请写明村、岗位和工作人员。", "It names villages, roles and staff.")));
            return null;
        }
        var reading = TownshipFile.Read(Staff, bytes, keyOf, today);
        faults.AddRange(reading.Faults);
        return reading.Register;
    }

    private static List<CalendarYear> ReadCalendars(IReadOnlyDictionary<string, byte[]> files, List<SchemeFault> faults)
    {
        var years = new List<CalendarYear>();
        foreach (var (name, bytes) in Under(files, Calendars, ".yaml"))
        {
            try
            {
                years.Add(CalendarFile.Read(name, Encoding.UTF8.GetString(bytes)));
            }
            catch (CalendarFileException unsound)
            {
                faults.AddRange(unsound.Faults.Select(fault => new SchemeFault(fault.File, fault.Line, 1, fault.What, new("", ""))));
            }
        }
        return years;
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Under(IReadOnlyDictionary<string, byte[]> files, string folder, string ending) =>
        files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)
                && file.Key.EndsWith(ending, StringComparison.Ordinal)
                && !file.Key[folder.Length..].Contains('/', StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal);

    /// <summary><c>monitored-households.csv</c> is the register <c>monitoredHouseholds</c> of scheme files.</summary>
    private static string RegisterName(string fileName) => string.Concat(
        Path.GetFileNameWithoutExtension(fileName).Split('-').Select((word, i) =>
            i == 0 || word.Length == 0 ? word : char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));
}

/// <param name="Edition">Null when there are faults.</param>
public sealed record TownshipFilesReading(TownshipEdition? Edition, IReadOnlyList<SchemeFault> Faults);

/// <summary>What the files say: who is who, which days are worked, which schemes and funds there are, who stands in which register.</summary>
public sealed record TownshipEdition(
    TownshipRegister Register,
    WorkingCalendar Calendar,
    IReadOnlyList<SchemeSource> Schemes,
    IReadOnlyDictionary<string, IReadOnlyList<PersonKey>> Registers)
{
    public IReadOnlyList<FundSource> Funds { get; init; } = [];
}
