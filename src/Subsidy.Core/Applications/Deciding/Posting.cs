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
        NoticeMask.IdNumber => IdNumber(Plain(value)),
        NoticeMask.Yuan => Yuan(value),
        _ => Plain(value),
    };

    private static string Yuan(JsonNode? value) => value is null
        ? ""
        : new Money(long.Parse(Plain(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToString();

    /// <summary>First six and last four characters are enough for neighbours, and too little for anyone else.</summary>
    private static string IdNumber(string text) => text.Length < 18 ? new string('*', text.Length) : $"{text[..6]}********{text[^4..]}";

    private static string Plain(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
