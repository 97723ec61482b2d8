using System.Globalization;
using System.Text.Json.Nodes;
using Subsidy.Core;

namespace Subsidy.Web.Pages.Forms;

/// <summary>Turns the JSON Schema of a scheme's answers or of a step's measurements into fields, in the order of the file.</summary>
internal static class SchemaFields
{
    private const int OfferedRows = 2;
    private const int MostRows = 30;

    /// <summary>Longer texts get more room than one line.</summary>
    private const int OneLine = 120;

    public static IReadOnlyList<Field> Of(JsonObject schema, string pointer)
    {
        var required = schema["required"] is JsonArray names ? names.Select(name => (string)name!).ToHashSet(StringComparer.Ordinal) : [];
        return schema["properties"] is not JsonObject properties
            ? []
            : [.. properties.Select(property =>
                One(property.Value!.AsObject(), $"{pointer}/{Escape(property.Key)}", property.Key, required.Contains(property.Key)))];
    }

    private static Field One(JsonObject schema, string pointer, string name, bool required)
    {
        var title = TextOf(schema["x-title"]) ?? schema["title"].AsString() ?? name;
        var help = TextOf(schema["x-hint"]);
        if (Options(schema) is { } options)
            return new ChoiceField(pointer, title, help, required, options);
        return TypeOf(schema) switch
        {
            "boolean" => new BooleanField(pointer, title, help, required),
            "integer" or "number" => new NumberField(pointer, title, help, required, TypeOf(schema) == "integer"),
            "object" => new GroupField(pointer, title, help, required, Of(schema, pointer)),
            "array" => ListOf(schema, pointer, title, help, required),
            _ => TextOrDate(schema, pointer, title, help, required),
        };
    }

    private static Field TextOrDate(JsonObject schema, string pointer, string title, string? help, bool required)
    {
        if (schema["format"].AsString() == "date")
            return new DateField(pointer, title, help, required);
        var longest = (int?)schema["maxLength"];
        var mode = schema["format"].AsString() == "email" ? "email" : "text";
        return new TextField(pointer, title, help, required, longest, longest > OneLine, mode);
    }

    private static Field ListOf(JsonObject schema, string pointer, string title, string? help, bool required)
    {
        var items = schema["items"]?.AsObject() ?? [];
        if (Options(items) is { } options)
            return new ChoiceField(pointer, title, help, required, options, Many: true);
        var most = (int?)schema["maxItems"] ?? MostRows;
        return new RowsField(pointer, title, help, required, Row, Math.Min(OfferedRows, most), most);

        IReadOnlyList<Field> Row(int index) => TypeOf(items) == "object"
            ? Of(items, $"{pointer}/{index}")
            : [One(items, $"{pointer}/{index}", (index + 1).ToString(CultureInfo.InvariantCulture), required: false)];
    }

    private static List<Option>? Options(JsonObject schema)
    {
        if (schema["enum"] is JsonArray values)
        {
            var titles = schema["x-enum-titles"];
            return [.. values.Select((value, index) =>
            {
                var name = value!.ToString();
                var title = titles is JsonArray list ? TextOf(list.ElementAtOrDefault(index)) : TextOf(titles?[name]);
                return new Option(name, title ?? name);
            })];
        }
        return schema["oneOf"] is JsonArray cases && cases.All(one => one?["const"] is not null)
            ? [.. cases.Select(one => new Option(one!["const"]!.ToString(), TextOf(one["x-title"]) ?? one["const"]!.ToString()))]
            : null;
    }

    private static string TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => (string)type!).First(type => type != "null"),
        JsonValue type => (string)type!,
        _ => schema["properties"] is null ? "string" : "object",
    };

    private static string? TextOf(JsonNode? node) => node is JsonObject { Count: > 0 } text
        ? new Text((string?)text["zh"] ?? "", (string?)text["en"] ?? "").In(CultureInfo.CurrentUICulture)
        : null;

    private static string? AsString(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
