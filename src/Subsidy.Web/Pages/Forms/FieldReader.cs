using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.Forms;

/// <summary>
/// Makes JSON of what was typed. It says only that a number is no number; whether a value is right for the scheme is for the
/// schema, which the JSON API asks as well.
/// </summary>
internal sealed class FieldReader(Typed typed)
{
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>A document whose members are groups: each field goes to the place that its pointer names.</summary>
    public JsonObject Document(IEnumerable<Field> fields)
    {
        var document = new JsonObject();
        foreach (var field in fields)
        {
            // The groups are there even when nothing was entered, so that what is missing is told field by field.
            var parent = document;
            foreach (var name in field.Pointer.Split('/')[1..^1])
                parent = (JsonObject)(parent[name] ??= new JsonObject());
            if (Read(field) is { } value)
                parent[NameOf(field.Pointer)] = value;
        }
        return document;
    }

    public JsonObject Object(IEnumerable<Field> fields)
    {
        var result = new JsonObject();
        foreach (var field in fields)
        {
            if (Read(field) is { } value)
                result[NameOf(field.Pointer)] = value;
        }
        return result;
    }

    /// <summary>Null when nothing was entered: a property that is absent, so that the schema can ask for it.</summary>
    private JsonNode? Read(Field field) => field switch
    {
        GroupField group => Object(group.Fields) is { Count: > 0 } value ? value : null,
        RowsField rows => Rows(rows),
        ChoiceField { Many: true } => typed.All(field.Pointer) is { Count: > 0 } chosen ? new JsonArray([.. chosen.Select(one => JsonValue.Create(one))]) : null,
        _ => typed[field.Pointer].Trim() is { Length: > 0 } text ? Scalar(field, text) : null,
    };

    private JsonValue? Scalar(Field field, string text) => field switch
    {
        BooleanField => JsonValue.Create(text == "true"),
        NumberField number => Number(number, Narrow(text)),
        TextField => JsonValue.Create(text.ReplaceLineEndings("\n")),
        _ => JsonValue.Create(text),
    };

    private JsonValue? Number(NumberField field, string text)
    {
        if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && (!field.Whole || decimal.IsInteger(number)))
            return field.Whole && number is >= long.MinValue and <= long.MaxValue ? JsonValue.Create((long)number) : JsonValue.Create(number);
        _faults.Add(new Fault(field.Pointer, field.Whole
            ? new Core.Text("请填写整数，例如 3。", "Write a whole number, such as 3.")
            : new Core.Text("请填写数字，例如 118.5。", "Write a number, such as 118.5.")));
        return null;
    }

    /// <summary>Empty rows at the end are not there; <see cref="Typed.Compact"/> has closed the gaps before them.</summary>
    private JsonArray? Rows(RowsField field)
    {
        var rows = Enumerable.Range(0, typed.Rows(field)).Select(index => Row(field.Row(index))).ToList();
        var last = rows.FindLastIndex(row => row is not (null or JsonObject { Count: 0 }));
        return last < 0 ? null : new JsonArray([.. rows.Take(last + 1)]);
    }

    private JsonNode? Row(IReadOnlyList<Field> fields) =>
        fields is [var only] && int.TryParse(NameOf(only.Pointer), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? Read(only) : Object(fields);

    private static string NameOf(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..]
        .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>Chinese keyboards write full-width digits and signs; half a surrogate pair cannot be normalised and is no number.</summary>
    private static string Narrow(string text) => text.Any(char.IsSurrogate) ? text : text.Normalize(NormalizationForm.FormKC);
}
