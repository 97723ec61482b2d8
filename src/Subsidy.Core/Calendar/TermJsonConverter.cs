using System.Text.Json;
using System.Text.Json.Serialization;

namespace Subsidy.Core.Calendar;

/// <summary>A term as its text, <c>"5 working days"</c>.</summary>
internal sealed class TermJsonConverter : JsonConverter<Term>
{
    public override Term Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Term.Parse(reader.TokenType == JsonTokenType.String ? reader.GetString()! : "");
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Term value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
