using System.Text.Json;
using System.Text.Json.Serialization;

namespace Subsidy.Core;

/// <summary>Money as an integer of fen. Fractions, exponents and strings are refused: none of them has one exact reading.</summary>
internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var fen)
            ? new Money(fen)
            : throw new JsonException("An amount is a whole number of fen, such as 123450 for 1,234.50 yuan.");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Fen);
}
