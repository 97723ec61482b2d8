using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Payments;

/// <summary>
/// Number of a pay run (发放批次), without gaps within its fund-year: <c>relief-2026-0007</c>. It is the message id of the bank file, and
/// what the books of the fund call the run.
/// </summary>
[JsonConverter(typeof(PayRunIdJsonConverter))]
public readonly record struct PayRunId(FundKey Fund, int Number)
{
    /// <summary>ISO 20022 takes no longer message id.</summary>
    public const int MaxLength = 35;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Fund}-{Number:D4}");

    /// <returns>Null for anything that <see cref="ToString"/> does not write.</returns>
    public static PayRunId? Parse(string? text)
    {
        if (text is null || text.LastIndexOf('-') is not (> 0 and var bar) || FundKey.Parse(text[..bar]) is not { } fund
            || !int.TryParse(text.AsSpan(bar + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        var run = new PayRunId(fund, number);
        return number > 0 && run.ToString() == text ? run : null;
    }

    private sealed class PayRunIdJsonConverter : JsonConverter<PayRunId>
    {
        public override PayRunId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString()) ?? throw new JsonException("That is no number of a pay run.");

        public override void Write(Utf8JsonWriter writer, PayRunId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
