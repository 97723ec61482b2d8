using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Subsidy.Web.Decisions;

/// <summary>
/// A decision as the fields of a form: <c>decision</c>, <c>comment</c>, <c>at</c>, <c>delegateTo</c>, <c>checklist</c> once per item, and
/// <c>measurements</c> and <c>missing</c> as JSON. A single field <c>decision</c> may also hold the whole JSON. What comes out is the
/// JSON that a program would have sent, to be judged by the same rules.
/// </summary>
internal sealed class DecisionFields
{
    private const string FormToken = "__RequestVerificationToken";

    private readonly JsonObject _json = [];
    private string? _whole;

    public void Add(string name, string value)
    {
        if (name == FormToken)
            return;
        if (name == "decision" && value.AsSpan().TrimStart().StartsWith('{'))
            _whole = value;
        else if (name == "checklist")
            (_json["checklist"] as JsonArray ?? (JsonArray)(_json["checklist"] = new JsonArray())).Add(value);
        else
            _json[name] = Value(name, value);
    }

    /// <summary>To be parsed like any other input: it may be anything.</summary>
    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_whole ?? _json.ToJsonString());

    private static JsonNode? Value(string name, string value) => name switch
    {
        "at" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        "measurements" or "missing" => Parsed(value),
        _ => value,
    };

    /// <summary>What is no JSON stays text, and is told as the wrong type.</summary>
    private static JsonNode? Parsed(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
