using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Subsidy.Core.Applications;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Streams;

/// <summary>
/// An event as it is stored, UTF-8 JSON:
/// <code>{"number":7,"at":"…","actor":{"kind":"staff","id":"…"},"type":"voted","data":{…},"sealed":{"applicant":"base64","objector":"base64"}}</code>
/// <c>data</c> is what auditors may read. Each member of <c>sealed</c> is a <see cref="SealedBox"/> over a JSON object from pointers
/// into <c>data</c> to personal values; it is absent when there are none.
/// </summary>
internal static class EventCodec
{
    private static readonly Dictionary<Type, string> Names = typeof(Event).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(known => known.DerivedType, known => (string)known.TypeDiscriminator!);

    private static readonly Dictionary<string, Type> Types = Names.ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    public static byte[] Encode(string id, Recorded recorded, DataKeys keys)
    {
        var type = recorded.Event.GetType();
        var data = JsonSerializer.SerializeToNode(recorded.Event, type, StoredJson.Options)!.AsObject();
        var personal = PersonalProperties.TakeOut(data, type);

        var json = new JsonObject
        {
            ["number"] = recorded.Number,
            ["at"] = JsonSerializer.SerializeToNode(recorded.At, StoredJson.Options),
            ["actor"] = JsonSerializer.SerializeToNode(recorded.Actor, StoredJson.Options),
            ["type"] = Names[type],
            ["data"] = data,
        };
        if (personal.Count > 0)
        {
            var boxes = new JsonObject();
            foreach (var (subject, values) in personal)
            {
                var plain = JsonSerializer.SerializeToUtf8Bytes(values, StoredJson.Options);
                boxes[NameOf(subject)] = Convert.ToBase64String(SealedBox.Seal(keys.Of(subject), plain, Context(id, recorded.Number, subject)));
            }
            json["sealed"] = boxes;
        }
        return JsonSerializer.SerializeToUtf8Bytes(json, StoredJson.Options);
    }

    /// <param name="keys">Null once they are destroyed: personal values then read as null.</param>
    /// <exception cref="JsonException">It is no stored event, or one of a type that this version does not know.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A sealed part was altered.</exception>
    public static Recorded Decode(string id, ReadOnlySpan<byte> text, DataKeys? keys)
    {
        var json = JsonNode.Parse(text)?.AsObject() ?? throw new JsonException("A stored event is a JSON object.");
        var name = json["type"]!.GetValue<string>();
        if (!Types.TryGetValue(name, out var type))
            throw new JsonException($"Unknown type of event '{name}'.");
        var number = json["number"]!.GetValue<int>();
        var data = json["data"]!.AsObject();
        if (keys is not null && json["sealed"] is JsonObject boxes)
            foreach (var subject in Enum.GetValues<Subject>())
                if (boxes[NameOf(subject)] is { } box)
                {
                    var sealedBytes = Convert.FromBase64String(box.GetValue<string>());
                    var plain = SealedBox.Open(keys.Of(subject), sealedBytes, Context(id, number, subject));
                    PersonalProperties.PutBack(data, JsonNode.Parse(plain)!.AsObject());
                }
        return new Recorded(
            number,
            json["at"].Deserialize<DateTimeOffset>(StoredJson.Options),
            json["actor"].Deserialize<Actor>(StoredJson.Options),
            (Event)data.Deserialize(type, StoredJson.Options)!);
    }

    private static string NameOf(Subject subject) => JsonNamingPolicy.CamelCase.ConvertName(subject.ToString());

    private static string[] Context(string id, int number, Subject subject) =>
        ["event", id, number.ToString(CultureInfo.InvariantCulture), NameOf(subject)];
}
