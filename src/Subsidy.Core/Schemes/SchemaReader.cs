using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Schemes;

/// <summary>
/// Reads the part of JSON Schema 2020-12 that forms are made of. Every value that people fill in has a title in both languages and a
/// bound, so that a form can be shown, checked and stored without surprises; objects are closed.
/// </summary>
internal sealed class SchemaReader(FaultList faults)
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    // A character is up to four units long here (FormSchema), and an expression must be able to read every answer.
    private const int MostText = ExpressionRun.MaxText / 4;
    private const int MostItems = 100;

    /// <summary>The conditions under which questions must be answered, each with its place in the file.</summary>
    public List<(Expression Condition, YamlTree At)> Conditions { get; } = [];

    /// <summary>The object that stands under <c>form</c> or <c>measurements</c>.</summary>
    public JsonObject Root(YamlFields fields)
    {
        var schema = new JsonObject { ["$schema"] = Dialect, ["type"] = "object" };
        if (fields.Line("type", needed: false) is { } type && type != "object")
            faults.Add(fields.Map.Find("type")!,
                new("表单本身是一个对象。", "The form as a whole is an object."),
                new("请写 type: object，或不写。", "Write type: object, or leave it out."));
        Object(fields, schema, top: true);
        fields.End();
        return schema;
    }

    private void Object(YamlFields fields, JsonObject schema, bool top)
    {
        var properties = new JsonObject();
        var required = fields.List("required", needed: false).Select(item => (item, Name: fields.LineOf(item) ?? "")).ToList();
        if (fields.Sub("properties") is { } questions)
        {
            foreach (var entry in questions.Map.Entries)
            {
                questions.NameOf(entry, entry.Key);
                if (entry.Key == "length")
                    faults.Add(entry,
                        new("“length”在表达式里表示数目。", "In expressions, length is the number of items."),
                        new("请换一个名称，例如 longSide。", "Choose another name, such as longSide."));
                if (questions.Sub(entry.Value) is { } question)
                    properties[entry.Key] = Question(question, top, required.Any(item => item.Name == entry.Key));
            }
        }
        foreach (var (item, name) in required.Where(item => !properties.ContainsKey(item.Name)))
            faults.Add(item,
                new($"表单里没有“{name}”。", $"The form has no '{name}'."),
                new($"可用：{Known(properties)}。", $"There are: {Known(properties)}."));
        foreach (var (item, name) in required.GroupBy(item => item.Name).SelectMany(group => group.Skip(1)))
            faults.Add(item, new($"“{name}”列了两次。", $"'{name}' is listed twice."), new("每项只列一次。", "List it once."));
        schema["properties"] = properties;
        if (required.Count > 0)
            schema["required"] = new JsonArray([.. required.Select(item => item.Name)]);
        schema["additionalProperties"] = false;
    }

    private JsonObject Question(YamlFields fields, bool top, bool required)
    {
        var schema = new JsonObject();
        var type = fields.Line("type") ?? "string";
        schema["type"] = type;
        schema["x-title"] = Json(fields.Text("x-title"));
        if (fields.Has("x-hint"))
            schema["x-hint"] = Json(fields.Text("x-hint"));
        if (fields.Flag("x-personal", false))
            schema["x-personal"] = true;
        if (top)
            RequiredWhen(fields, schema, required);
        switch (type)
        {
            case "string":
                Words(fields, schema);
                break;
            case "integer" or "number":
                Numbers(fields, schema, type == "integer");
                break;
            case "boolean":
                break;
            case "array":
                Items(fields, schema);
                break;
            case "object":
                Object(fields, schema, top: false);
                break;
            default:
                faults.Add(fields.Map.Find("type")!.Value,
                    new($"没有“{type}”这种类型。", $"There is no type '{type}'."),
                    new("可用：string, integer, number, boolean, array, object。", "There are: string, integer, number, boolean, array, object."));
                break;
        }
        fields.End();
        return schema;
    }

    private void RequiredWhen(YamlFields fields, JsonObject schema, bool required)
    {
        if (fields.Expression("x-requiredWhen") is not { } condition)
            return;
        var at = fields.Map.Find("x-requiredWhen")!.Value;
        Conditions.Add((condition, at));
        schema["x-requiredWhen"] = condition.Source;
        if (required)
            faults.Add(at, new("这一项已列入 required，总是必填。", "This is in 'required' and so always needed."), new("两者取其一。", "Use one of the two."));
    }

    private void Words(YamlFields fields, JsonObject schema)
    {
        if (fields.Has("enum"))
        {
            Choices(fields, schema);
            return;
        }
        if (fields.Line("format", needed: false) is { } format)
        {
            schema["format"] = format;
            if (format != "date")
                faults.Add(fields.Map.Find("format")!.Value,
                    new($"没有“{format}”这种格式。", $"There is no format '{format}'."),
                    new("可用：date。", "There is: date."));
            return;
        }
        var most = fields.Number("maxLength", 1, MostText);
        var least = fields.Number("minLength", 0, most, 0);
        if (least > 0)
            schema["minLength"] = least;
        schema["maxLength"] = most;
        if (fields.Line("pattern", needed: false) is not { } pattern)
            return;
        schema["pattern"] = pattern;
        var at = fields.Map.Find("pattern")!.Value;
        if (!fields.Has("x-hint"))
            faults.Add(at,
                new("写了 pattern 就要写 x-hint。", "A pattern needs an x-hint."),
                new("用一句话说明应怎样填写。", "Say in one sentence what is to be filled in."));
        try
        {
            _ = new Regex(pattern, FormSchema.PatternOptions);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            faults.Add(at,
                new($"pattern 不可用：{error.Message}", $"The pattern cannot be used: {error.Message}"),
                new("请用不回溯的写法。", "Use a pattern that needs no backtracking."));
        }
    }

    private void Choices(YamlFields fields, JsonObject schema)
    {
        var values = new JsonArray();
        foreach (var item in fields.List("enum"))
        {
            if (fields.LineOf(item) is not { } value)
                continue;
            fields.NameOf(item, value);
            if (values.Any(earlier => (string?)earlier == value))
                faults.Add(item, new($"“{value}”列了两次。", $"'{value}' is listed twice."), new("每项只列一次。", "List it once."));
            values.Add(value);
        }
        schema["enum"] = values;
        var titles = new JsonObject();
        if (fields.Sub("x-enum-titles") is { } texts)
        {
            foreach (var value in values)
                titles[(string)value!] = Json(texts.Text((string)value!));
            texts.End();
        }
        schema["x-enum-titles"] = titles;
    }

    private void Numbers(YamlFields fields, JsonObject schema, bool whole)
    {
        var bounds = new Dictionary<string, decimal>();
        foreach (var keyword in new[] { "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" })
        {
            if (fields.Take(keyword) is not { } value)
                continue;
            if (value is YamlValue { Quoted: false } written
                && decimal.TryParse(written.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && (!whole || number == decimal.Truncate(number)) && (keyword != "multipleOf" || number > 0))
            {
                bounds[keyword] = number;
                schema[keyword] = number;
            }
            else
                faults.Add(value,
                    new($"“{keyword}”不是合适的数。", $"'{keyword}' is not a suitable number."),
                    new("请写普通小数，整数项写整数。", "Write a plain decimal; a whole one where the answer is an integer."));
        }
        var least = Bound("minimum", "exclusiveMinimum");
        var most = Bound("maximum", "exclusiveMaximum");
        if (least > most)
            faults.Add(fields.Map, new("最小值大于最大值。", "The minimum is above the maximum."), new("请改正其一。", "Correct one of them."));

        decimal? Bound(string inclusive, string exclusive)
        {
            if (bounds.TryGetValue(inclusive, out var bound) || bounds.TryGetValue(exclusive, out bound))
                return bound;
            if (!fields.Has(inclusive) && !fields.Has(exclusive))
                faults.Add(fields.Map,
                    new($"缺少“{inclusive}”。", $"'{inclusive}' is missing."),
                    new("数字要有上下限，写错时才能发现。", "A number has a lower and an upper bound, so that a slip is noticed."));
            return null;
        }
    }

    private void Items(YamlFields fields, JsonObject schema)
    {
        var most = fields.Number("maxItems", 1, MostItems);
        schema["minItems"] = fields.Number("minItems", 0, most, 0);
        schema["maxItems"] = most;
        if (fields.Flag("uniqueItems", false))
            schema["uniqueItems"] = true;
        if (fields.Sub("items") is { } item)
            schema["items"] = Question(item, top: false, required: false);
    }

    private static string Known(JsonObject properties) => string.Join(", ", properties.Select(property => property.Key));

    private static JsonObject Json(Text text) => new() { ["zh"] = text.Zh, ["en"] = text.En };
}
