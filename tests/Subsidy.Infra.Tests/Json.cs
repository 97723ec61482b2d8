using System.Text.Json.Nodes;

namespace Subsidy.Infra.Tests;

/// <summary>Reads trees of JSON by dotted paths.</summary>
internal static class Json
{
    public static JsonNode? At(this JsonNode node, string path) =>
        path.Split('.').Aggregate((JsonNode?)node, (at, key) => at is JsonObject properties ? properties[key] : null);

    public static string Text(this JsonNode node, string path) => node.At(path)?.GetValue<string>() ?? "";

    public static bool? Truth(this JsonNode node, string path) => node.At(path)?.GetValue<bool>();

    public static int? Number(this JsonNode node, string path) => node.At(path)?.GetValue<int>();

    /// <summary>Every text in the tree, property names included.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node) => node switch
    {
        JsonObject properties => properties.SelectMany(x => x.Value.Texts().Prepend(x.Key)),
        JsonArray items => items.SelectMany(x => x.Texts()),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>The template and every template nested in it.</summary>
    public static IEnumerable<JsonObject> Templates(this JsonObject template) =>
        template.Resources().Select(x => x.At("properties.template")).OfType<JsonObject>().SelectMany(Templates).Prepend(template);

    /// <summary>The resources of this template alone, whether they are listed or named.</summary>
    public static IEnumerable<JsonNode> Resources(this JsonObject template) => template["resources"] switch
    {
        JsonObject named => named.Select(x => x.Value!),
        JsonArray listed => listed.Select(x => x!),
        _ => [],
    };
}
