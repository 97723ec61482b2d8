using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Subsidy.Core;

namespace Subsidy.Storage.Streams;

/// <summary>
/// How events and heads are written. What is stored is read for thirty years: a change here must still read everything that was
/// written before it.
/// </summary>
internal static class StoredJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Exact: no number in a string, no name in another case.
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // What is computed from the rest is not stored.
        IgnoreReadOnlyProperties = true,
        // The text never stands in HTML; Chinese stays readable in an export.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new PersonKeyJsonConverter() },
    };

    private sealed class PersonKeyJsonConverter : JsonConverter<PersonKey>
    {
        public override PersonKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("A person key is a string."));

        public override void Write(Utf8JsonWriter writer, PersonKey value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
