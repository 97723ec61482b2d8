using System.Text.Json.Nodes;

namespace Subsidy.Infra.Tests;

/// <summary>The resources that one environment's parameters ask for.</summary>
public sealed class Prediction(BicepAnswer answer, JsonObject snapshot)
{
    public BicepAnswer Answer { get; } = answer;

    public IReadOnlyList<JsonNode> Complaints { get; } = [.. snapshot["diagnostics"]?.AsArray().Select(x => x!) ?? []];

    public IReadOnlyList<JsonNode> Resources { get; } = [.. snapshot["predictedResources"]?.AsArray().Select(x => x!) ?? []];

    public IReadOnlyList<JsonNode> OfType(string type)
    {
        var found = Resources.Where(x => x.Text("type") == type).ToList();
        Assert.True(found.Count > 0, $"This environment has nothing of type {type}.");
        return found;
    }

    public bool Has(string type) => Resources.Any(x => x.Text("type") == type);

    /// <summary>The storage account of that use: <c>rec</c>, <c>host</c> or <c>qua</c>.</summary>
    public JsonNode StorageAccount(string use) => OfType("Microsoft.Storage/storageAccounts").Single(x => x.Text("name").StartsWith("st" + use, StringComparison.Ordinal));

    /// <summary>What belongs to that account, of that type.</summary>
    public IEnumerable<JsonNode> PartsOf(string use, string type)
    {
        var account = StorageAccount(use).Text("name");
        return Resources.Where(x => x.Text("type") == type && x.Text("name").StartsWith(account + "/", StringComparison.Ordinal));
    }

    /// <summary>The function app's settings; a value that Azure must complete is an expression in brackets.</summary>
    public IReadOnlyDictionary<string, string> Settings => SiteConfiguration("appsettings")["properties"]!.AsObject().ToDictionary(x => x.Key, x => x.Value!.GetValue<string>());

    public JsonNode SignIn => SiteConfiguration("authsettingsV2")["properties"]!;

    private JsonNode SiteConfiguration(string name) => OfType("Microsoft.Web/sites/config").Single(x => x.Text("name").Contains(name, StringComparison.Ordinal));
}
