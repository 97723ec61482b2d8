using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Subsidy.Web.Pages.Forms;

/// <summary>What a person has typed into a form, by the names of its inputs: read once, and shown again as it was.</summary>
public sealed class Typed(IReadOnlyDictionary<string, StringValues> values)
{
    public static readonly Typed Nothing = new(new Dictionary<string, StringValues>(StringComparer.Ordinal));

    public static Typed From(IFormCollection form) =>
        new(form.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));

    /// <summary>A document as if somebody had typed it in, by the pointers of its values.</summary>
    public static Typed From(JsonObject document)
    {
        var values = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        Flatten(document, "", values);
        return new Typed(values);
    }

    private static void Flatten(JsonNode? node, string pointer, Dictionary<string, StringValues> values)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                    Flatten(value, $"{pointer}/{name}", values);
                break;
            case JsonArray items when items.All(item => item is JsonValue):
                values[pointer] = new StringValues([.. items.Select(item => item!.ToString())]);
                break;
            case JsonArray items:
                values[$"rows:{pointer}"] = items.Count.ToString(CultureInfo.InvariantCulture);
                for (var index = 0; index < items.Count; index++)
                    Flatten(items[index], $"{pointer}/{index}", values);
                break;
            case JsonValue value:
                values[pointer] = value.ToString();
                break;
        }
    }

    public IEnumerable<string> Names => values.Keys;

    public string this[string name] => values.TryGetValue(name, out var value) ? value.ToString() : "";

    public bool Has(string name, string value) => values.TryGetValue(name, out var all) && all.Contains(value, StringComparer.Ordinal);

    public IReadOnlyList<string> All(string name) => values.TryGetValue(name, out var all) ? [.. all.OfType<string>()] : [];

    /// <summary>How many rows of an array the page showed or was asked to show.</summary>
    public int Rows(RowsField field)
    {
        var shown = int.TryParse(this[CountName(field)], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : field.Offered;
        if (this["action"] == $"add:{field.Pointer}")
            shown++;
        return Math.Clamp(shown, 1, field.Maximum);
    }

    /// <summary>Moves filled rows up over empty ones, so that row and index agree on the page, in the document and in its faults.</summary>
    public Typed Compact(IEnumerable<Field> fields)
    {
        var compacted = new Dictionary<string, StringValues>(values, StringComparer.Ordinal);
        foreach (var field in fields.OfType<RowsField>())
        {
            var rows = Enumerable.Range(0, Rows(field)).Select(index => $"{field.Pointer}/{index}");
            var filled = rows.Select(row => values.Where(pair => IsIn(pair.Key, row) && !string.IsNullOrWhiteSpace(pair.Value)).ToList())
                .Where(row => row.Count > 0)
                .ToList();
            foreach (var name in values.Keys.Where(name => name.StartsWith(field.Pointer + "/", StringComparison.Ordinal)))
                compacted.Remove(name);
            for (var index = 0; index < filled.Count; index++)
            {
                foreach (var (name, value) in filled[index])
                    compacted[$"{field.Pointer}/{index}{AfterIndex(name, field.Pointer)}"] = value;
            }
        }
        return new Typed(compacted);
    }

    private static bool IsIn(string name, string row) =>
        name == row || name.StartsWith(row + "/", StringComparison.Ordinal);

    private static string AfterIndex(string name, string pointer)
    {
        var slash = name.IndexOf('/', pointer.Length + 1);
        return slash < 0 ? "" : name[slash..];
    }

    public static string CountName(RowsField field) => $"rows:{field.Pointer}";
}
