using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Intake;

/// <summary>
/// Reads the members of one JSON object and notes every fault by JSON pointer: wrong types, texts that are too long and, at the end,
/// members that nobody asked for. What is missing reads as empty; whether it may be is for the rules of the core.
/// </summary>
internal sealed class JsonFields
{
    private const int LongestText = 4000;

    private readonly JsonElement _element;
    private readonly string _pointer;
    private readonly List<Fault> _faults;
    private readonly HashSet<string> _known = [];

    /// <summary>The element must be an object; if it is not, that is the fault, and every member reads as missing.</summary>
    public JsonFields(JsonElement element, string pointer, List<Fault> faults)
    {
        (_element, _pointer, _faults) = (element, pointer, faults);
        if (element.ValueKind is not JsonValueKind.Object)
            faults.Add(new Fault(pointer, new Text("这里应当是一组字段。", "This must be an object.")));
    }

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name, int longest = LongestText)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.String)
        {
            Fault(name, "这里应当是文字。", "This must be a text.");
            return null;
        }
        var text = value.GetString()!;
        if (text.Length <= longest)
            return text;
        Fault(name, $"最多{longest}个字。", $"At most {longest} characters.");
        return null;
    }

    public int? Integer(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        Fault(name, "这里应当是整数。", "This must be a whole number.");
        return null;
    }

    /// <summary>One of the names of the enum, camelCase.</summary>
    public T? Choice<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text)
                return value;
        }
        var known = string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));
        Fault(name, $"应当是其中之一：{known}。", $"This must be one of: {known}.");
        return null;
    }

    public JsonFields? Object(string name) => Find(name) is { } value ? new JsonFields(value, Place(name), _faults) : null;

    /// <summary>A whole sub-tree as it came, for rules that are in the scheme.</summary>
    public JsonObject? Tree(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Object)
            return JsonObject.Create(value.Clone());
        Fault(name, "这里应当是一组字段。", "This must be an object.");
        return null;
    }

    public IReadOnlyList<JsonFields> Objects(string name, int most) =>
        List(name, most, (item, pointer) => new JsonFields(item, pointer, _faults));

    public IReadOnlyList<string> Texts(string name, int most) => List(name, most, (item, pointer) =>
    {
        if (item.ValueKind is JsonValueKind.String)
            return item.GetString();
        _faults.Add(new Fault(pointer, new Text("这里应当是文字。", "This must be a text.")));
        return null;
    });

    /// <summary>Whatever was not asked for by now is a fault: a misspelt name must not pass for a field that was left out.</summary>
    public void Close()
    {
        if (_element.ValueKind is not JsonValueKind.Object)
            return;
        foreach (var member in _element.EnumerateObject().Where(member => !_known.Contains(member.Name)))
            Fault(member.Name, "没有这个字段。", "There is no such field.");
    }

    private IReadOnlyList<T> List<T>(string name, int most, Func<JsonElement, string, T?> read) where T : class
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind is not JsonValueKind.Array)
        {
            Fault(name, "这里应当是一个列表。", "This must be a list.");
            return [];
        }
        if (value.GetArrayLength() > most)
        {
            Fault(name, $"最多{most}项。", $"At most {most} entries.");
            return [];
        }
        return [.. value.EnumerateArray().Select((item, index) => read(item, $"{Place(name)}/{index}")).OfType<T>()];
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _element.ValueKind is JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? value
            : null;
    }

    private void Fault(string name, string zh, string en) => _faults.Add(new Fault(Place(name), new Text(zh, en)));

    private string Place(string name) => $"{_pointer}/{JsonPointer.Escape(name)}";
}
