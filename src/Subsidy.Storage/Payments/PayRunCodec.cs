using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>
/// An event of a pay run as it is stored, UTF-8 JSON:
/// <code>{"number":4,"at":"…","actor":{"kind":"staff","id":"…"},"type":"runApproved","data":{…},"sealed":"base64"}</code>
/// <c>data</c> is what auditors may read; <c>sealed</c>, a <see cref="SealedBox"/> over a JSON object from pointers into <c>data</c> to
/// what people have written, is absent when there is nothing.
/// </summary>
internal static class PayRunCodec
{
    private static readonly Dictionary<Type, string> Names = typeof(PayRunEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(known => known.DerivedType, known => (string)known.TypeDiscriminator!);

    private static readonly Dictionary<string, Type> Types = Names.ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    public static byte[] Encode(PayRunId run, PayRunRecorded recorded, byte[] key)
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
        if (personal.TryGetValue(Subject.Applicant, out var values))
            json["sealed"] = Convert.ToBase64String(
                SealedBox.Seal(key, JsonSerializer.SerializeToUtf8Bytes(values, StoredJson.Options), Context(run, recorded.Number)));
        return JsonSerializer.SerializeToUtf8Bytes(json, StoredJson.Options);
    }

    /// <exception cref="JsonException">It is no stored event, or one of a type that this version does not know.</exception>
    public static PayRunRecorded Decode(PayRunId run, ReadOnlySpan<byte> text, byte[] key)
    {
        var json = JsonNode.Parse(text)?.AsObject() ?? throw new JsonException("A stored event is a JSON object.");
        var name = json["type"]!.GetValue<string>();
        if (!Types.TryGetValue(name, out var type))
            throw new JsonException($"Unknown type of event '{name}'.");
        var number = json["number"]!.GetValue<int>();
        var data = json["data"]!.AsObject();
        if (json["sealed"] is { } box)
            PersonalProperties.PutBack(
                data, JsonNode.Parse(SealedBox.Open(key, Convert.FromBase64String(box.GetValue<string>()), Context(run, number)))!.AsObject());
        return new PayRunRecorded(
            number,
            json["at"].Deserialize<DateTimeOffset>(StoredJson.Options),
            json["actor"].Deserialize<Actor>(StoredJson.Options),
            (PayRunEvent)data.Deserialize(type, StoredJson.Options)!);
    }

    private static string[] Context(PayRunId run, int number) => ["payrun", run.ToString(), number.ToString(CultureInfo.InvariantCulture)];
}
