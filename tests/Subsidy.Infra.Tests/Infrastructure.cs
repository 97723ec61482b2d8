using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(Subsidy.Infra.Tests.Infrastructure))]

namespace Subsidy.Infra.Tests;

/// <summary>
/// The folder <c>infra</c>, compiled once for all tests: the template as it is sent to Azure, and for each environment the resources
/// that it asks for, with every expression worked out that can be worked out before Azure answers.
/// </summary>
public sealed class Infrastructure : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("subsidy-infra-").FullName;

    public BicepAnswer Build { get; private set; } = null!;

    public JsonObject Template { get; private set; } = null!;

    public IReadOnlyDictionary<string, Prediction> Environments { get; private set; } = null!;

    public static TheoryData<string> EnvironmentNames => [.. Names()];

    public async ValueTask InitializeAsync()
    {
        Copy(Path.Combine(Repository.Root, "infra"), folder);
        Build = await BicepCommand.Run(folder, "build", "main.bicep", "--stdout");
        Template = Parse(Build.Output);

        var environments = new Dictionary<string, Prediction>();
        foreach (var name in Names())
        {
            var file = Path.Combine("environments", name + ".bicepparam");
            var answer = await BicepCommand.Run(folder, "snapshot", file, "--mode", "overwrite", "--tenant-id", "22222222-2222-2222-2222-222222222222",
                "--subscription-id", "33333333-3333-3333-3333-333333333333", "--location", "southeastasia");
            var snapshot = Path.Combine(folder, "environments", name + ".snapshot.json");
            environments[name] = new(answer, Parse(File.Exists(snapshot) ? await File.ReadAllTextAsync(snapshot) : ""));
        }

        Environments = environments;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "environments"), "*.bicepparam").Select(x => Path.GetFileNameWithoutExtension(x)).Order();

    private static JsonObject Parse(string json) => json.Length == 0 ? [] : JsonNode.Parse(json)!.AsObject();

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
