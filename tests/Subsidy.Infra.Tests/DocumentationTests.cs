using System.Text.Json.Nodes;

namespace Subsidy.Infra.Tests;

public sealed class DocumentationTests(Infrastructure infrastructure)
{
    private static readonly string Documentation = Repository.Read("docs/azure.md");

    public static TheoryData<string> Environments => Infrastructure.EnvironmentNames;

    [Fact]
    public void Every_parameter_is_in_the_table_with_its_variable()
    {
        var parameters = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject();
        Assert.All(parameters, x =>
        {
            var variable = x.Value!.Text("value").TrimStart('$', '{').Split('=', '}')[0];
            Assert.Contains($"| `{x.Key}` | `{variable}` |", Documentation, StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Environments))]
    public void Every_setting_of_the_function_app_is_in_the_table(string environment) =>
        Assert.All(infrastructure.Environments[environment].Settings.Keys, x => Assert.Contains($"| `{x}` |", Documentation, StringComparison.Ordinal));

    [Fact]
    public void The_table_of_roles_names_every_role_that_is_granted()
    {
        var granted = infrastructure.Environments.Values.SelectMany(x => x.OfType("Microsoft.Authorization/roleAssignments")).Select(x => x.Text("properties.description").Split(':')[0]).Distinct();
        Assert.All(granted, x => Assert.Contains($"| {x} |", Documentation, StringComparison.Ordinal));
    }
}
