using System.Text;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Township;

/// <summary>
/// Reads a register of people, such as the monitored households: a CSV file whose first line is <c>idNumber</c>, or begins with that
/// column, and whose other columns are for people only. Lines that begin with # are comments.
/// </summary>
public static class RegisterFile
{
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <param name="keyOf">Turns a normalised ID number into its keyed hash; nothing else leaves the file.</param>
    /// <param name="today">The local date, against which a birth date in the future is noticed.</param>
    public static RegisterReading Read(string fileName, byte[] csv, Func<string, PersonKey> keyOf, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(csv);
        ArgumentNullException.ThrowIfNull(keyOf);
        var faults = new FaultList(fileName);
        var persons = new Dictionary<PersonKey, int>();
        if (csv.Length > MaxBytes)
        {
            faults.Add(1, 1,
                new("文件过大。", "The file is too large."),
                new($"最多{MaxBytes / 1024 / 1024} MiB。", $"At most {MaxBytes / 1024 / 1024} MiB."));
            return new RegisterReading([], faults.InOrder);
        }
        var header = true;
        var number = 0;
        // Spreadsheets write a byte order mark; here it does no harm.
        foreach (var line in Encoding.UTF8.GetString(csv).AsSpan().TrimStart((char)0xFEFF).EnumerateLines())
        {
            number++;
            if (line.Trim().IsEmpty || line[0] == '#')
                continue;
            var comma = line.IndexOf(',');
            var cell = (comma < 0 ? line : line[..comma]).Trim().Trim('"').ToString();
            if (header)
            {
                header = false;
                if (cell != "idNumber")
                    faults.Add(number, 1,
                        new("第一列的标题应为 idNumber。", "The first column is not headed idNumber."),
                        new("第一行写 idNumber。", "Begin with the line idNumber."));
                continue;
            }
            if (!IdNumber.TryParse(cell, today, out var id, out var wrong))
                faults.Add(number, 1, wrong, new("请核对身份证号码。", "Please check the ID number."));
            else if (!persons.TryAdd(keyOf(id.Value), number))
                faults.Add(number, 1,
                    new($"与第{persons[keyOf(id.Value)]}行重复。", $"This repeats line {persons[keyOf(id.Value)]}."),
                    new("每人只写一行。", "Write one line for each person."));
        }
        return new RegisterReading(faults.None ? [.. persons.Keys] : [], faults.InOrder);
    }
}

/// <param name="Persons">Empty when there are faults.</param>
public sealed record RegisterReading(IReadOnlyList<PersonKey> Persons, IReadOnlyList<SchemeFault> Faults);
