using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Subsidy.Functions.Settings;
using Subsidy.Web;

namespace Subsidy.Infra.Tests;

/// <summary>What the application reads, what the template sets and what the documentation names are the same settings.</summary>
public sealed partial class SettingsTests(Infrastructure infrastructure)
{
    /// <summary>The head works these out itself; whatever is set under these names is overwritten.</summary>
    private static readonly string[] WorkedOut =
        ["Subsidy__AllowLocalSignIn", "Subsidy__PlatformReadsForwarded", "Subsidy__PlatformSignsIn"];

    private static readonly HashSet<string> Read =
        [.. Leaves(typeof(HeadSettings), "Subsidy").Concat(Leaves(typeof(WebSettings), "Subsidy")).Except(WorkedOut)];

    public static TheoryData<string> Environments => Infrastructure.EnvironmentNames;

    [Fact]
    public void The_documentation_names_every_setting_that_is_read_and_no_other() =>
        Assert.Equal(Read.Order(StringComparer.Ordinal), Documented().Matches(Repository.Read("docs/azure.md")).Select(row => row.Groups["name"].Value).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Environments))]
    public void The_template_sets_nothing_that_is_not_read(string environment) =>
        Assert.Subset(Read, Ours(infrastructure.Environments[environment].Settings.Keys));

    [Fact]
    public void The_example_for_ones_own_machine_sets_nothing_that_is_not_read()
    {
        var values = JsonNode.Parse(Repository.Read("src/Subsidy.Functions/local.settings.example.json"))!["Values"]!.AsObject();
        Assert.Subset(Read, Ours(values.Select(value => value.Key)));
    }

    [Theory, MemberData(nameof(Environments))]
    public void What_the_template_chooses_from_a_list_is_on_it(string environment)
    {
        var settings = infrastructure.Environments[environment].Settings;
        Assert.True(Enum.TryParse<Scanner>(settings["Subsidy__Scanner"], out _));
        Assert.True(Enum.TryParse<Web.Mail.MailProvider>(settings["Subsidy__Mail__Provider"], out _));
    }

    [Fact]
    public void The_scheduler_s_package_is_asked_for_by_the_variable_that_asks_for_the_scheduler()
    {
        Assert.Contains("${SUBSIDY_DURABLE_PROVIDER=", Repository.Read("infra/main.parameters.json"), StringComparison.Ordinal);
        Assert.Contains(
            "'$(SUBSIDY_DURABLE_PROVIDER)' == 'DurableTaskScheduler'\" Include=\"Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged\"",
            Repository.Read("src/Subsidy.Functions/Subsidy.Functions.csproj"), StringComparison.Ordinal);
    }

    private static HashSet<string> Ours(IEnumerable<string> names) => [.. names.Where(name => name.StartsWith("Subsidy__", StringComparison.Ordinal))];

    private static IEnumerable<string> Leaves(Type type, string name) => type.GetProperties().SelectMany(property =>
        property.PropertyType is { IsClass: true } group && group != typeof(string) && group != typeof(Uri)
            ? Leaves(group, $"{name}__{property.Name}")
            : [$"{name}__{property.Name}"]);

    [GeneratedRegex(@"^\| `(?<name>Subsidy__\w+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Documented();
}
