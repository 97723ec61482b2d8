using System.Globalization;
using System.Text.RegularExpressions;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Yaml;

/// <summary>
/// The keys of one map, each read once as what it should be. A reading that fails adds a fault and gives a stand-in, so that the rest
/// can be read; <see cref="End"/> complains about keys that nobody asked for.
/// </summary>
internal sealed partial class YamlFields(YamlMap map, FaultList faults)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlMap Map { get; } = map;
    public FaultList Faults { get; } = faults;

    public bool Has(string key) => Take(key) is not null;

    /// <summary>What stands under the key; null when there is nothing, or an empty value.</summary>
    public YamlTree? Take(string key)
    {
        _asked.Add(key);
        return Map.Find(key)?.Value is { } value and not YamlValue { Quoted: false, Value: "" or "~" or "null" } ? value : null;
    }

    public YamlTree? Need(string key)
    {
        var value = Take(key);
        if (value is null)
            Missing(key);
        return value;
    }

    private void Missing(string key) =>
        Faults.Add(Map.Find(key) ?? (YamlTree)Map, new($"缺少“{key}”。", $"'{key}' is missing."), new($"请写上“{key}: …”。", $"Write '{key}: …'."));

    /// <summary>A text in one piece.</summary>
    public string? Line(string key, bool needed = true) => (needed ? Need(key) : Take(key)) is { } value ? LineOf(value) : null;

    public string? LineOf(YamlTree value)
    {
        if (value is YamlValue { Value: var text } && text.Trim().Length > 0)
            return text.Trim();
        Faults.Add(value, new("这里应是一个不空的值。", "Here stands one value that is not empty."), new("请写一个值。", "Write one value."));
        return null;
    }

    /// <summary>A name that expressions and events use: a small letter, then letters and digits.</summary>
    public string Name(string key) => Line(key) is { } name ? NameOf(Map.Find(key)!.Value, name) : "";

    public string NameOf(YamlTree at, string name)
    {
        if (!NameForm().IsMatch(name))
        {
            Faults.Add(at,
                new($"“{name}”不能作名称。", $"'{name}' cannot be a name here."),
                new("以小写字母开头，只用字母和数字，例如 idCopy。", "Begin with a small letter; use letters and digits only, such as idCopy."));
        }
        return name;
    }

    /// <summary>An id that stands in addresses and file names: small letters, digits and dashes.</summary>
    public string Id(string key)
    {
        var id = Line(key) ?? "";
        if (id.Length > 0 && !IdForm().IsMatch(id))
        {
            Faults.Add(Map.Find(key)!.Value,
                new($"“{id}”不能作编号。", $"'{id}' cannot be an id."),
                new("只用小写字母、数字和连字符，例如 relief-fund。", "Use small letters, digits and dashes only, such as relief-fund."));
        }
        return id;
    }

    /// <summary>A text in both languages.</summary>
    public Text Text(string key, bool needed = true)
    {
        if ((needed ? Need(key) : Take(key)) is not { } value)
            return new Text("", "");
        if (Sub(value) is not { } fields)
            return new Text("", "");
        var text = new Text(fields.Line("zh") ?? "", fields.Line("en") ?? "");
        fields.End(new("{ }里的文字含英文逗号时要加引号：{zh: \"…\", en: \"…, …\"}。", "Within { }, put a text with a comma in quotes: {zh: \"…\", en: \"…, …\"}."));
        return text;
    }

    public int Number(string key, int least, int most, int? otherwise = null)
    {
        if ((otherwise is null ? Need(key) : Take(key)) is not { } value)
            return otherwise ?? least;
        if (value is YamlValue { Quoted: false } written
            && int.TryParse(written.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Faults.Add(value,
            new($"“{key}”不是合适的整数。", $"'{key}' is not a suitable whole number."),
            new($"请写{least}至{most}之间的整数。", $"Write a whole number from {least} to {most}."));
        return least;
    }

    public bool Flag(string key, bool? otherwise = null)
    {
        if ((otherwise is null ? Need(key) : Take(key)) is not { } value)
            return otherwise ?? false;
        if (value is YamlValue { Quoted: false, Value: "true" or "false" } written)
            return written.Value == "true";
        Faults.Add(value, new($"“{key}”应为是或否。", $"'{key}' is neither true nor false."), new("请写 true 或 false。", "Write true or false."));
        return false;
    }

    /// <summary>One of an enumeration's members, written in camelCase.</summary>
    public T Choice<T>(string key) where T : struct, Enum => Need(key) is { } value ? ChoiceOf<T>(value) : default;

    public T Choice<T>(string key, T otherwise) where T : struct, Enum => Take(key) is { } value ? ChoiceOf<T>(value) : otherwise;

    public T ChoiceOf<T>(YamlTree value) where T : struct, Enum
    {
        foreach (var member in Enum.GetValues<T>())
        {
            if (value is YamlValue written && written.Value == Camel(member.ToString()))
                return member;
        }
        var known = string.Join(", ", Enum.GetNames<T>().Select(Camel));
        Faults.Add(value, new("不认识的值。", "This value is unknown."), new($"可用：{known}。", $"There are: {known}."));
        return default;
    }

    public Term Term(string key, Term? otherwise = null)
    {
        if ((otherwise is null ? Need(key) : Take(key)) is not { } value)
            return otherwise ?? new Term(1, TermUnit.Days);
        try
        {
            return Calendar.Term.Parse((value as YamlValue)?.Value ?? "");
        }
        catch (FormatException)
        {
            Faults.Add(value,
                new("期限的写法不正确。", "This is not a term."),
                new("请写整数和单位：24 hours（小时）、7 days（日历日）或 5 working days（工作日）。", "Write a whole number and a unit: 24 hours, 7 days or 5 working days."));
            return new Term(1, TermUnit.Days);
        }
    }

    public Expression? Expression(string key, bool needed = false)
    {
        if ((needed ? Need(key) : Take(key)) is not { } value || LineOf(value) is not { } source)
            return null;
        try
        {
            return Schemes.Expression.Parse(source);
        }
        catch (ExpressionSyntaxException error)
        {
            // In a plain text on one line the place is known to the letter.
            var plain = value is YamlValue { Quoted: false } written && !written.Value.Contains('\n', StringComparison.Ordinal);
            Faults.Add(value.Line, plain ? value.Column + error.Offset : value.Column,
                new($"表达式有误：{error.Wrong.Zh}。", $"The expression is wrong: {error.Wrong.En}."),
                new("写法例如：answers.area <= 120 && !answers.sold。", "Write it like this: answers.area <= 120 && !answers.sold."));
            return null;
        }
    }

    public IReadOnlyList<YamlTree> List(string key, bool needed = true)
    {
        switch (needed ? Need(key) : Take(key))
        {
            case null:
                return [];
            case YamlList list:
                if (needed && list.Items.Count == 0)
                    Missing(key);
                return list.Items;
            case var other:
                Faults.Add(other,
                    new($"“{key}”应为列表。", $"'{key}' is not a list."),
                    new("每项以“- ”开头，或写在[ ]里。", "Begin each item with '- ', or write them in [ ]."));
                return [];
        }
    }

    /// <summary>The maps of a list.</summary>
    public IEnumerable<YamlFields> Each(string key, bool needed = true) => List(key, needed).Select(Sub).OfType<YamlFields>();

    public YamlFields? Sub(string key, bool needed = true) => (needed ? Need(key) : Take(key)) is { } value ? Sub(value) : null;

    public YamlFields? Sub(YamlTree value)
    {
        if (value is YamlMap inner)
            return new YamlFields(inner, Faults);
        Faults.Add(value, new("这里应是“名称: 值”。", "Here stand keys and values."), new("例如 {zh: 标题, en: Title}。", "For example {zh: 标题, en: Title}."));
        return null;
    }

    /// <summary>Complains about keys that nobody asked for.</summary>
    /// <param name="hint">What is likely meant; otherwise the nearest known key, or all of them, are named.</param>
    public void End(Text? hint = null)
    {
        foreach (var entry in Map.Entries.Where(entry => !_asked.Contains(entry.Key)))
        {
            var known = string.Join(", ", _asked.Order(StringComparer.Ordinal));
            var near = _asked.MinBy(key => Distance(key, entry.Key));
            var meant = near is not null && Distance(near, entry.Key) <= 2;
            Faults.Add(entry,
                new($"不认识“{entry.Key}”。", $"The key '{entry.Key}' is unknown."),
                hint ?? (meant
                    ? new($"是不是“{near}”？", $"Did you mean '{near}'?")
                    : new($"这里可用：{known}。", $"Known here: {known}.")));
        }
    }

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>How many letters must be changed, put in or left out to turn one word into the other.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)), row[j]);
        }
        return row[^1];
    }

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]{0,39}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IdForm();
}
