using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Subsidy.Infra.Tests;

/// <summary>What <c>azd up</c> reads: <c>azure.yaml</c>, its hooks, and <c>infra/main.parameters.json</c>.</summary>
public sealed partial class AzdTests(Infrastructure infrastructure)
{
    [Fact]
    public void Every_hook_has_a_script_for_both_kinds_of_shell()
    {
        var hooks = (YamlMappingNode)Project()["hooks"];
        Assert.Equal(["postdeploy", "postprovision", "preprovision"], hooks.Children.Keys.Select(x => x.ToString()).Order());
        Assert.All(hooks.Children, hook =>
        {
            Assert.Equal($"infra/hooks/{hook.Key}.sh", hook.Value["posix"]["run"].ToString());
            Assert.Equal($"infra/hooks/{hook.Key}.ps1", hook.Value["windows"]["run"].ToString());
            Assert.All((string[])["posix", "windows"], shell => Assert.True(File.Exists(Path.Combine(Repository.Root, hook.Value[shell]["run"].ToString()))));
        });
    }

    [Fact]
    public void The_service_that_is_published_is_the_one_that_the_template_tags()
    {
        var service = Assert.Single(((YamlMappingNode)Project()["services"]).Children);
        Assert.Equal("src/Subsidy.Functions", service.Value["project"].ToString());
        Assert.Equal("function", service.Value["host"].ToString());
        var site = Assert.Single(infrastructure.Environments["test"].OfType("Microsoft.Web/sites"));
        Assert.Equal(service.Key.ToString(), site["tags"]!["azd-service-name"]!.GetValue<string>());
    }

    [Fact]
    public void Every_parameter_can_be_set_by_azd_under_a_name_of_its_own()
    {
        var given = Parameters();
        Assert.Equal(infrastructure.Template["parameters"]!.AsObject().Select(x => x.Key).Order(), given.Select(x => x.Key).Order());
        var variables = given.Select(x => Variable().Match(x.Value!.Text("value")).Groups["name"].Value).ToList();
        Assert.DoesNotContain("", variables);
        Assert.Equal(variables.Count, variables.Distinct().Count());
    }

    [Fact]
    public void Azd_defaults_to_what_the_template_defaults_to() => Assert.All(Parameters(), x =>
    {
        var fallback = Variable().Match(x.Value!.Text("value")).Groups["fallback"];
        var template = infrastructure.Template.At($"parameters.{x.Key}.defaultValue");
        Assert.Equal($"{x.Key}: {template}", $"{x.Key}: {fallback.Value}", ignoreCase: template?.GetValueKind() is JsonValueKind.True or JsonValueKind.False);
    });

    [Fact]
    public void What_the_hooks_ask_for_is_given_out_by_the_template_or_documented()
    {
        string[] azd = ["AZURE_ENV_NAME"];
        var given = infrastructure.Template["outputs"]!.AsObject().Select(x => x.Key).Concat(azd).ToHashSet();
        var documentation = Repository.Read("docs/azure.md");
        var asked = Directory.GetFiles(Path.Combine(Repository.Root, "infra", "hooks")).SelectMany(x => Asked().Matches(File.ReadAllText(x))).Select(x => x.Value).Distinct().ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, x => Assert.True(given.Contains(x) || documentation.Contains($"`{x}`", StringComparison.Ordinal), $"{x} is neither an output nor documented."));
    }

    private static YamlNode Project()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("azure.yaml")));
        return yaml.Documents[0].RootNode;
    }

    private static JsonObject Parameters() => JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject();

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(=(?<fallback>.*))?\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\b(SUBSIDY|AZURE)_[A-Z_]+\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asked();
}
