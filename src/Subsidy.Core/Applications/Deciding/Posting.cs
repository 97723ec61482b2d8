using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>Lines of a notice or a certificate: an expression's value through its mask.</summary>
internal static class Posting
{
    public static IReadOnlyList<PostedLine> Lines(IReadOnlyList<NoticeLine> lines, JsonObject scope) =>
        [.. lines.Select(line => new PostedLine(line.Label, Masked(line.Value.Evaluate(scope), line.Mask)))];

    private static string Masked(JsonNode? value, NoticeMask mask) => mask switch
    {
        NoticeMask.Name => Masking.Name(Plain(value)),
        NoticeMask.IdNumber => Masking.IdNumber(Plain(value)),
        NoticeMask.Yuan => Yuan(value),
        _ => Plain(value),
    };

    private static string Yuan(JsonNode? value) => value is null
        ? ""
        : new Money(long.Parse(Plain(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToString();

    private static string Plain(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
