using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Streams;

/// <summary>
/// An event of an application as it is stored: an <see cref="EventEnvelope{TEvent}"/> whose
/// <code>"sealed":{"applicant":"base64","objector":"base64"}</code>
/// has a <see cref="SealedBox"/> for each subject, over a JSON object from pointers into <c>data</c> to personal values; it is absent when
/// there are none.
/// </summary>
internal static class EventCodec
{
    public static byte[] Encode(string id, Recorded recorded, DataKeys keys) =>
        EventEnvelope<Event>.Write(recorded.Number, recorded.At, recorded.Actor, recorded.Event, personal => Seal(id, recorded.Number, personal, keys));

    /// <param name="keys">Null once they are destroyed: personal values then read as null.</param>
    /// <exception cref="JsonException">It is no stored event, or one of a type that this version does not know.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A sealed part was altered.</exception>
    public static Recorded Decode(string id, ReadOnlySpan<byte> text, DataKeys? keys)
    {
        var read = EventEnvelope<Event>.Read(text);
        if (keys is not null && read.Sealed is JsonObject boxes)
            foreach (var subject in Enum.GetValues<Subject>())
                if (boxes[NameOf(subject)] is { } box)
                {
                    var sealedBytes = Convert.FromBase64String(box.GetValue<string>());
                    var plain = SealedBox.Open(keys.Of(subject), sealedBytes, Context(id, read.Number, subject));
                    PersonalProperties.PutBack(read.Data, JsonNode.Parse(plain)!.AsObject());
                }
        return new Recorded(read.Number, read.At, read.Actor, read.Event);
    }

    private static JsonObject? Seal(string id, int number, IReadOnlyDictionary<Subject, JsonObject> personal, DataKeys keys)
    {
        if (personal.Count == 0)
            return null;
        var boxes = new JsonObject();
        foreach (var (subject, values) in personal)
        {
            var plain = JsonSerializer.SerializeToUtf8Bytes(values, StoredJson.Options);
            boxes[NameOf(subject)] = Convert.ToBase64String(SealedBox.Seal(keys.Of(subject), plain, Context(id, number, subject)));
        }
        return boxes;
    }

    private static string NameOf(Subject subject) => JsonNamingPolicy.CamelCase.ConvertName(subject.ToString());

    private static string[] Context(string id, int number, Subject subject) =>
        ["event", id, number.ToString(CultureInfo.InvariantCulture), NameOf(subject)];
}
