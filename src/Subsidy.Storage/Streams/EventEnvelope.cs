using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Subsidy.Core.Applications;

namespace Subsidy.Storage.Streams;

/// <summary>
/// What every stored event has in common, UTF-8 JSON:
/// <code>{"number":7,"at":"…","actor":{"kind":"staff","id":"…"},"type":"voted","data":{…},"sealed":…}</code>
/// <c>data</c> is what auditors may read; what <c>sealed</c> holds is said by the codec that fills it.
/// </summary>
/// <typeparam name="TEvent">The closed list of events, with their names.</typeparam>
internal sealed record EventEnvelope<TEvent>(int Number, DateTimeOffset At, Actor Actor, Type Type, JsonObject Data, JsonNode? Sealed)
    where TEvent : class
{
    private static readonly Dictionary<Type, string> Names = typeof(TEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(known => known.DerivedType, known => (string)known.TypeDiscriminator!);

    private static readonly Dictionary<string, Type> Types = Names.ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    /// <param name="seal">What is left of the personal values, which are taken out of the data; null where there is nothing.</param>
    public static byte[] Write(
        int number, DateTimeOffset at, Actor actor, TEvent @event, Func<IReadOnlyDictionary<Subject, JsonObject>, JsonNode?> seal)
    {
        var type = @event.GetType();
        var data = JsonSerializer.SerializeToNode(@event, type, StoredJson.Options)!.AsObject();
        var personal = PersonalProperties.TakeOut(data, type);
        var json = new JsonObject
        {
            ["number"] = number,
            ["at"] = JsonSerializer.SerializeToNode(at, StoredJson.Options),
            ["actor"] = JsonSerializer.SerializeToNode(actor, StoredJson.Options),
            ["type"] = Names[type],
            ["data"] = data,
        };
        if (seal(personal) is { } box)
            json["sealed"] = box;
        return JsonSerializer.SerializeToUtf8Bytes(json, StoredJson.Options);
    }

    /// <exception cref="JsonException">It is no stored event, or one of a type that this version does not know.</exception>
    public static EventEnvelope<TEvent> Read(ReadOnlySpan<byte> text)
    {
        var json = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("A stored event is a JSON object.");
        var name = Part<string>(json, "type");
        if (!Types.TryGetValue(name, out var type))
            throw new JsonException($"Unknown type of event '{name}'.");
        return new EventEnvelope<TEvent>(
            Part<int>(json, "number"),
            Part<DateTimeOffset>(json, "at"),
            Part<Actor>(json, "actor"),
            type,
            json["data"] as JsonObject ?? throw Lacks("data"),
            json["sealed"]);
    }

    private static T Part<T>(JsonObject json, string name) =>
        json[name] is { } part && part.Deserialize<T>(StoredJson.Options) is { } read ? read : throw Lacks(name);

    private static JsonException Lacks(string name) => new($"A stored event has its {name}.");

    /// <summary>The event, once the personal values have been put back.</summary>
    public TEvent Event => (TEvent)Data.Deserialize(Type, StoredJson.Options)!;
}
