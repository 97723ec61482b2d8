using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Subsidy.Core.Calendar;

/// <summary>One reading of one calendar file: goes on after a fault, so that all of them are found in one go.</summary>
internal sealed class CalendarFileReader(string file)
{
    private readonly List<CalendarFault> _faults = [];
    private readonly Dictionary<DateOnly, int> _lineOf = [];

    public IReadOnlyList<CalendarFault> Faults => _faults;

    /// <summary>The year, or null when so much is wrong that there is none; never null without a fault.</summary>
    public CalendarYear? Read(string yaml)
    {
        if (!YamlText.TryLoad(yaml, out var root, out var line, out var fault))
        {
            _faults.Add(new(file, line, fault));
            return null;
        }

        var fields = Fields(root, ["year", "notice", "holidays"], []);
        if (Year(fields.GetValueOrDefault("year")) is not { } year)
            return null;

        var holidays = new List<Holiday>();
        foreach (var node in Items(fields.GetValueOrDefault("holidays")))
        {
            if (Holiday(node, year) is { } holiday)
                holidays.Add(holiday);
        }

        if (holidays.Count == 0 && _faults.Count == 0)
            Fault(root, "“holidays”为空：未公布的年份不要建文件。", "\"holidays\" is empty; a year without a notice has no file.");
        return new CalendarYear(year, Scalar(fields.GetValueOrDefault("notice")) ?? "", holidays);
    }

    private int? Year(YamlNode? node)
    {
        if (Scalar(node) is not { } text)
            return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 2000 or > 2099)
            Fault(node!, $"“{text}”不是年份，应为2000至2099。", $"\"{text}\" is not a year; write one from 2000 to 2099.");
        else if (Path.GetFileNameWithoutExtension(file) != text)
            Fault(node!, $"文件名与年份不符：{text}年的文件应名为{text}.yaml。", $"The file is named for another year; that of {text} is {text}.yaml.");
        else
            return year;
        return null;
    }

    private Holiday? Holiday(YamlNode node, int year)
    {
        var fields = Fields(node, ["zh", "en", "days"], ["work"]);
        var name = new Text(Scalar(fields.GetValueOrDefault("zh")) ?? "", Scalar(fields.GetValueOrDefault("en")) ?? "");
        var period = Period(fields.GetValueOrDefault("days"), year);
        var worked = new List<DateOnly>();
        foreach (var item in Items(fields.GetValueOrDefault("work")))
        {
            if (Date(item, Scalar(item), year) is { } day && IsAtWeekend(item, day) && Claim(item, day))
                worked.Add(day);
        }

        return period is (var first, var last) ? new Holiday(name, first, last, worked) : null;
    }

    private (DateOnly First, DateOnly Last)? Period(YamlNode? node, int year)
    {
        if (Scalar(node) is not { } text)
            return null;
        var dates = text.Split(" to ", 2).Select(end => Date(node!, end, year)).ToList();
        if (dates[0] is not { } first || dates[^1] is not { } last)
            return null;
        if (last < first)
        {
            Fault(node!, "放假的最后一天早于第一天。", "The last day of the holiday is before the first one.");
            return null;
        }

        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (!Claim(node!, day))
                break; // one message for the whole overlap
        }

        return (first, last);
    }

    private DateOnly? Date(YamlNode node, string? text, int year)
    {
        if (text is null)
            return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            Fault(node,
                $"“{text}”不是日期，应写作{year}-10-01，多日写作“{year}-10-01 to {year}-10-07”。",
                $"\"{text}\" is not a date; write {year}-10-01, or for several days {year}-10-01 to {year}-10-07.");
            return null;
        }

        if (day.Year == year || (day.Year == year - 1 && day.Month == 12))
            return day;
        Fault(node,
            $"{text}不属于{year}年（可含上一年12月）。",
            $"{text} is not a day of {year} or of the December before it.");
        return null;
    }

    private bool IsAtWeekend(YamlNode node, DateOnly day)
    {
        if (StatutoryHolidays.IsWeekend(day))
            return true;
        Fault(node,
            $"{day:yyyy-MM-dd}不是周六或周日，调休上班日只能在周末。",
            $"{day:yyyy-MM-dd} is a {day.DayOfWeek}; a moved working day is a Saturday or Sunday.");
        return false;
    }

    private bool Claim(YamlNode node, DateOnly day)
    {
        if (_lineOf.TryAdd(day, LineOf(node)))
            return true;
        Fault(node,
            $"{day:yyyy-MM-dd}已在第{_lineOf[day]}行出现，每天只能列出一次。",
            $"{day:yyyy-MM-dd} is already named on line {_lineOf[day]}; a day is named once.");
        return false;
    }

    private Dictionary<string, YamlNode> Fields(YamlNode node, string[] required, string[] optional)
    {
        var known = string.Join(", ", required.Concat(optional));
        var fields = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        if (node is not YamlMappingNode mapping)
        {
            Fault(node, $"此处应为以下各项：{known}。", $"Here stand the fields {known}.");
            return fields;
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && (required.Contains(name) || optional.Contains(name)))
                fields.Add(name, value);
            else
                Fault(key, $"未知的项“{key}”，可用的有：{known}。", $"The key \"{key}\" is unknown; known are {known}.");
        }

        foreach (var name in required.Where(name => !fields.ContainsKey(name)))
            Fault(node, $"缺少“{name}”。", $"\"{name}\" is missing.");
        return fields;
    }

    private string? Scalar(YamlNode? node)
    {
        if (node is null or YamlScalarNode { Value.Length: > 0 })
            return (node as YamlScalarNode)?.Value;
        Fault(node, "此处应为一个不空的值。", "Here stands one value that is not empty.");
        return null;
    }

    private IList<YamlNode> Items(YamlNode? node)
    {
        if (node is null or YamlSequenceNode)
            return (node as YamlSequenceNode)?.Children ?? [];
        Fault(node, "此处应为列表。", "Here stands a list.");
        return [];
    }

    private static int LineOf(YamlNode node) => (int)node.Start.Line;

    private void Fault(YamlNode node, string zh, string en) => _faults.Add(new(file, LineOf(node), new(zh, en)));
}
