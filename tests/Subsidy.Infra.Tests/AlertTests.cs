using System.Text.RegularExpressions;

namespace Subsidy.Infra.Tests;

public sealed partial class AlertTests(Infrastructure infrastructure)
{
    public static TheoryData<string> Environments => Infrastructure.EnvironmentNames;

    private static readonly string[] Titles =
    [
        "Blocked application", "Bounced mail", "Dead orchestrations", "Failed turns", "Key Vault throttling", "Patrol not running", "Pay run stands still",
        "Server errors", "Storage throttling", "Stuck mail",
    ];

    [Theory, MemberData(nameof(Environments))]
    public void What_must_wake_somebody_does(string environment) => Assert.Equal(Titles, Alerts(environment));

    [Fact]
    public void The_runbook_has_a_section_for_each_alert_that_says_what_it_means_how_to_see_what_to_do_and_when_it_is_over()
    {
        var sections = Repository.Read("docs/runbook.md").Split("\n## ")[1..].ToDictionary(x => x.Split('\n')[0].Trim());
        Assert.Equal(Titles, sections.Keys.Where(x => x != "First").Order(StringComparer.Ordinal));
        Assert.All(Titles, title =>
        {
            string[] parts = ["**What it means.**", "**How to see.**", "**What to do.**", "**When it is over.**"];
            Assert.All(parts, part => Assert.Contains(part, sections[title], StringComparison.Ordinal));
        });
    }

    [Theory, MemberData(nameof(Environments))]
    public void The_patrol_alert_fires_when_the_patrol_is_silent(string environment)
    {
        var alert = infrastructure.Environments[environment].OfType("Microsoft.Insights/scheduledQueryRules").Single(x => x.Text("properties.displayName") == "Patrol not running");
        var criterion = alert.At("properties.criteria.allOf")!.AsArray().Single()!;
        Assert.Equal("LessThan", criterion.Text("operator"));
        Assert.Equal(1, criterion.Number("threshold"));
        // The name that the function has in Subsidy.Functions.
        Assert.Contains("Name == \"Patrol\"", criterion.Text("query"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_query_is_used_and_begins_by_saying_what_it_looks_for()
    {
        var used = Repository.Read("infra/modules/alerts.bicep");
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "infra", "alerts"), "*.kql");
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            Assert.Contains($"loadTextContent('../alerts/{Path.GetFileName(file)}')", used, StringComparison.Ordinal);
            Assert.StartsWith("// ", File.ReadAllText(file), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_signal_that_a_query_looks_for_is_in_the_table_of_signals()
    {
        var signals = Directory.GetFiles(Path.Combine(Repository.Root, "infra", "alerts"), "*.kql")
            .SelectMany(x => EventName().Matches(File.ReadAllText(x))).Select(x => x.Groups["name"].Value).ToList();
        Assert.NotEmpty(signals);
        var documentation = Repository.Read("docs/azure.md");
        Assert.All(signals, x => Assert.Contains($"| `{x}` |", documentation, StringComparison.Ordinal));
    }

    private IEnumerable<string> Alerts(string environment) =>
        infrastructure.Environments[environment].OfType("Microsoft.Insights/scheduledQueryRules")
            .Concat(infrastructure.Environments[environment].OfType("Microsoft.Insights/metricAlerts"))
            .Select(x => x.Text("name").TrimEnd([.. "0123456789 "])).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("EventName\\) == \"(?<name>\\w+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventName();
}
