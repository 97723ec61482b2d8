using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Subsidy.Core.Applications;

namespace Subsidy.Core.Schemes;

/// <summary>
/// Checks answers and measurements against a schema of a scheme file. It knows exactly the keywords that <see cref="SchemaReader"/>
/// lets in, with the meaning that JSON Schema 2020-12 gives them: numbers are compared as decimals, lengths count characters as people
/// do, <c>format</c> is checked, and a pattern cannot be made to run for ever.
/// </summary>
public static class FormSchema
{
    internal const RegexOptions PatternOptions = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Text ThisObject = new("此项", "This");

    /// <param name="pointer">JSON pointer of <paramref name="value"/> in what the person sent, such as <c>/answers</c>.</param>
    /// <returns>Everything that is wrong, each with the pointer of its field; empty when the value fits.</returns>
    public static IReadOnlyList<Fault> Check(JsonObject schema, JsonNode? value, string pointer)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var faults = new List<Fault>();
        Check(schema, value, pointer, faults);
        return faults;
    }

    private static void Check(JsonObject schema, JsonNode? value, string pointer, List<Fault> faults)
    {
        var title = TitleOf(schema);
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        switch ((string?)schema["type"])
        {
            case "object" when value is JsonObject members:
                Members(schema, members, pointer, faults);
                break;
            case "array" when value is JsonArray items:
                Items(schema, title, items, pointer, faults);
                break;
            case "string" when kind is JsonValueKind.String:
                Words(schema, title, value!.GetValue<string>(), pointer, faults);
                break;
            case "integer" or "number" when kind is JsonValueKind.Number:
                Number(schema, title, value!, pointer, faults);
                break;
            case "boolean" when kind is JsonValueKind.True or JsonValueKind.False:
                break;
            case var wanted:
                faults.Add(new(pointer, WrongKind(wanted, title)));
                break;
        }
    }

    private static void Members(JsonObject schema, JsonObject members, string pointer, List<Fault> faults)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var name in schema["required"]?.AsArray().Select(item => (string)item!) ?? [])
        {
            if (Unanswered(members[name]))
                faults.Add(new($"{pointer}/{name}", Needed(TitleOf((JsonObject)properties[name]!))));
        }
        foreach (var (name, value) in members)
        {
            if (properties[name] is not JsonObject question)
            {
                if ((bool?)schema["additionalProperties"] ?? true)
                    continue;
                faults.Add(new($"{pointer}/{Escaped(name)}",
                    new($"这个事项没有“{Short(name)}”这一项，请去掉。", $"This form has no field '{Short(name)}'; leave it out.")));
            }
            else if (!Unanswered(value))
            {
                Check(question, value, $"{pointer}/{name}", faults);
            }
        }
    }

    /// <summary>A page sends an empty text where nothing was filled in.</summary>
    internal static bool Unanswered(JsonNode? value) =>
        value is null || (value.GetValueKind() is JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetValue<string>()));

    internal static Text Needed(Text title) => new($"请填写“{title.Zh}”。", $"Fill in “{title.En}”.");

    private static void Items(JsonObject schema, Text title, JsonArray items, string pointer, List<Fault> faults)
    {
        var (least, most) = ((int)schema["minItems"]!, (int)schema["maxItems"]!);
        if (items.Count < least || items.Count > most)
            faults.Add(new(pointer,
                new($"“{title.Zh}”应有{least}至{most}项，现有{items.Count}项。", $"“{title.En}” has {least} to {most} entries; there are {items.Count}.")));
        if (items.Count > most)
            return;
        if (schema["uniqueItems"] is not null && items.Select(item => item?.ToJsonString() ?? "null").Distinct().Count() < items.Count)
            faults.Add(new(pointer, new($"“{title.Zh}”中有重复的项。", $"“{title.En}” names something twice.")));
        for (var i = 0; i < items.Count; i++)
            Check((JsonObject)schema["items"]!, items[i], $"{pointer}/{i}", faults);
    }

    private static void Words(JsonObject schema, Text title, string text, string pointer, List<Fault> faults)
    {
        if (schema["enum"] is JsonArray choices)
        {
            if (!choices.Any(choice => (string?)choice == text))
            {
                var titles = (JsonObject)schema["x-enum-titles"]!;
                faults.Add(new(pointer, new(
                    $"“{title.Zh}”请从以下选择：{string.Join("、", titles.Select(choice => (string?)choice.Value!["zh"]))}。",
                    $"For “{title.En}” choose one of: {string.Join("; ", titles.Select(choice => (string?)choice.Value!["en"]))}.")));
            }
            return;
        }
        if ((string?)schema["format"] == "date")
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                faults.Add(new(pointer, new($"“{title.Zh}”应为日期，例如2026-03-01。", $"“{title.En}” is a date such as 2026-03-01.")));
            return;
        }
        var length = new StringInfo(text).LengthInTextElements;
        var (least, most) = ((int?)schema["minLength"] ?? 0, (int)schema["maxLength"]!);
        // A "character" of one letter and a thousand accents is still long.
        if (length > most || text.Length > 4 * most)
            faults.Add(new(pointer, new($"“{title.Zh}”最多{most}个字，现有{length}个。", $"“{title.En}” has at most {most} characters; there are {length}.")));
        else if (length < least)
            faults.Add(new(pointer, new($"“{title.Zh}”至少{least}个字。", $"“{title.En}” has at least {least} characters.")));
        else if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r')))
            faults.Add(new(pointer, new($"“{title.Zh}”含有不能显示的字符，请重新填写。", $"“{title.En}” has characters that cannot be shown; type it again.")));
        else if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern, PatternOptions))
        {
            var hint = schema["x-hint"] as JsonObject;
            faults.Add(new(pointer,
                new($"“{title.Zh}”的写法不对。{(string?)hint?["zh"]}", $"“{title.En}” does not have the right form. {(string?)hint?["en"]}")));
        }
    }

    private static void Number(JsonObject schema, Text title, JsonNode value, string pointer, List<Fault> faults)
    {
        if (!decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            faults.Add(new(pointer, new($"“{title.Zh}”的数太大。", $"“{title.En}” is too large a number.")));
            return;
        }
        if ((string?)schema["type"] == "integer" && number != decimal.Truncate(number))
            faults.Add(new(pointer, new($"“{title.Zh}”应为整数。", $"“{title.En}” is a whole number.")));
        if (Bound("minimum") is { } least && number < least)
            faults.Add(new(pointer, new($"“{title.Zh}”不能小于{least}。", $"“{title.En}” is at least {least}.")));
        if (Bound("exclusiveMinimum") is { } above && number <= above)
            faults.Add(new(pointer, new($"“{title.Zh}”应大于{above}。", $"“{title.En}” is more than {above}.")));
        if (Bound("maximum") is { } most && number > most)
            faults.Add(new(pointer, new($"“{title.Zh}”不能大于{most}。", $"“{title.En}” is at most {most}.")));
        if (Bound("exclusiveMaximum") is { } below && number >= below)
            faults.Add(new(pointer, new($"“{title.Zh}”应小于{below}。", $"“{title.En}” is less than {below}.")));
        if (Bound("multipleOf") is { } unit && number % unit != 0)
            faults.Add(new(pointer, new($"“{title.Zh}”应为{unit}的整数倍。", $"“{title.En}” is a multiple of {unit}.")));

        decimal? Bound(string keyword) => schema[keyword] is { } bound ? bound.GetValue<decimal>() : null;
    }

    private static Text WrongKind(string? wanted, Text title) => wanted switch
    {
        "integer" or "number" => new($"“{title.Zh}”应为数字。", $"“{title.En}” is a number."),
        "boolean" => new($"“{title.Zh}”应为是或否（true、false）。", $"“{title.En}” is yes or no (true, false)."),
        "array" => new($"“{title.Zh}”应为列表。", $"“{title.En}” is a list."),
        "object" => new($"“{title.Zh}”应包含各个小项。", $"“{title.En}” has fields of its own."),
        _ => new($"“{title.Zh}”应为文字。", $"“{title.En}” is a text."),
    };

    internal static Text TitleOf(JsonObject schema) =>
        schema["x-title"] is JsonObject title ? new((string)title["zh"]!, (string)title["en"]!) : ThisObject;

    /// <summary>As a JSON pointer's token, RFC 6901.</summary>
    private static string Escaped(string name) => Short(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Short(string name) => name.Length <= 40 ? name : name[..40];
}
