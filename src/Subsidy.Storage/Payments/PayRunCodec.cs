using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>
/// An event of a pay run as it is stored: an <see cref="EventEnvelope{TEvent}"/> whose <c>sealed</c> is one <see cref="SealedBox"/>, in
/// base64, over a JSON object from pointers into <c>data</c> to what people have written; it is absent when there is nothing.
/// </summary>
internal static class PayRunCodec
{
    public static byte[] Encode(PayRunId run, PayRunRecorded recorded, byte[] key) =>
        EventEnvelope<PayRunEvent>.Write(recorded.Number, recorded.At, recorded.Actor, recorded.Event, personal =>
            personal.TryGetValue(Subject.Applicant, out var values)
                ? Convert.ToBase64String(SealedBox.Seal(
                    key, JsonSerializer.SerializeToUtf8Bytes(values, StoredJson.Options), Context(run, recorded.Number)))
                : null);

    /// <exception cref="JsonException">It is no stored event, or one of a type that this version does not know.</exception>
    public static PayRunRecorded Decode(PayRunId run, ReadOnlySpan<byte> text, byte[] key)
    {
        var read = EventEnvelope<PayRunEvent>.Read(text);
        if (read.Sealed is { } box)
            PersonalProperties.PutBack(
                read.Data, JsonNode.Parse(SealedBox.Open(key, Convert.FromBase64String(box.GetValue<string>()), Context(run, read.Number)))!.AsObject());
        return new PayRunRecorded(read.Number, read.At, read.Actor, read.Event);
    }

    private static string[] Context(PayRunId run, int number) => ["payrun", run.ToString(), number.ToString(CultureInfo.InvariantCulture)];
}
