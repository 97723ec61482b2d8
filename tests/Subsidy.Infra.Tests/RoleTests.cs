using System.Text.Json.Nodes;

namespace Subsidy.Infra.Tests;

public sealed class RoleTests(Infrastructure infrastructure)
{
    private const string Assignment = "Microsoft.Authorization/roleAssignments";

    /// <summary>As Azure publishes them; apart from the ones in the Bicep, so that a wrong id there is seen.</summary>
    private static readonly Dictionary<string, string> Published = new()
    {
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
        ["e147488a-f6f5-4113-8e2d-b22465e65bf6"] = "Key Vault Crypto Service Encryption User",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
    };

    public static TheoryData<string> Environments => Infrastructure.EnvironmentNames;

    [Theory, MemberData(nameof(Environments))]
    public void Every_assignment_is_named_with_its_role_its_reason_and_its_principal(string environment) =>
        Assert.All(infrastructure.Environments[environment].OfType(Assignment), x =>
        {
            var (name, reason) = (Name(x), Reason(x));
            Assert.NotEmpty(reason);
            Assert.True(Custom(x) || Published[Id(x)] == name, $"{Id(x)} is not {name}.");
            Assert.True(OfTheApplication(x) || x.Text("properties.principalId") == BicepCommand.Deployer, $"Who is {x.Text("properties.principalId")}?");
            Assert.NotEmpty(x.Text("properties.principalType"));
        });

    [Fact]
    public void No_template_assigns_a_role_without_saying_to_whom_and_why()
    {
        var assignments = infrastructure.Template.Templates().SelectMany(x => x.Resources()).Where(x => x.Text("type") == Assignment).ToList();
        Assert.NotEmpty(assignments);
        Assert.All(assignments, x =>
        {
            Assert.NotEmpty(x.Text("properties.description"));
            Assert.NotEmpty(x.Text("properties.principalType"));
            Assert.Contains("guid(", x.Text("name"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_application_holds_these_roles_at_these_places_and_no_others_with_Durable_on_storage() =>
        Assert.Equal(
            [
                "appi: Monitoring Metrics Publisher",
                "kv: Key Vault Crypto Service Encryption User",
                "kv: Key Vault Secrets User",
                "sthost: Storage Blob Data Owner",
                "sthost: Storage Queue Data Contributor",
                "sthost: Storage Table Data Contributor",
                "stqua: Storage Blob Data Contributor",
                "strec: Storage Blob Data Contributor",
                "strec: Storage Table Data Contributor",
            ],
            Held("test"));

    [Fact]
    public void The_application_holds_these_roles_at_these_places_and_no_others_with_a_scheduler_and_Defender() =>
        Assert.Equal(
            [
                "appi: Monitoring Metrics Publisher",
                "dts: Durable Task Data Contributor",
                "kv: Key Vault Crypto Service Encryption User",
                "kv: Key Vault Secrets User",
                "sthost: Storage Blob Data Owner",
                "stqua: Scan Verdict Reader",
                "stqua: Storage Blob Data Contributor",
                "strec: Storage Blob Data Contributor",
                "strec: Storage Table Data Contributor",
            ],
            Held("scheduler"));

    [Theory, MemberData(nameof(Environments))]
    public void Whoever_deploys_may_load_the_township_and_touch_nothing_else(string environment)
    {
        var assignment = Assert.Single(infrastructure.Environments[environment].OfType(Assignment), x => !OfTheApplication(x));
        Assert.Equal("Storage Blob Data Contributor", Name(assignment));
        Assert.Contains("/sthost", assignment.Text("id"), StringComparison.Ordinal);
        Assert.Contains("/containers/township/", assignment.Text("id"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_role_of_our_own_only_reads_verdicts()
    {
        var permission = Assert.Single(infrastructure.Environments["production"].OfType("Microsoft.Authorization/roleDefinitions")).At("properties.permissions")!.AsArray().Single()!;
        Assert.Empty(permission["actions"]!.AsArray());
        Assert.Equal(["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/read"], permission["dataActions"].Texts());
    }

    private IEnumerable<string> Held(string environment) =>
        infrastructure.Environments[environment].OfType(Assignment).Where(OfTheApplication).Select(x => $"{Place(x)}: {Name(x)}").Order(StringComparer.Ordinal);

    private static bool OfTheApplication(JsonNode assignment) =>
        assignment.Text("properties.principalId").Contains("format('identity-{0}'", StringComparison.Ordinal)
        && assignment.Text("properties.principalId").Contains(".principalId", StringComparison.Ordinal);

    private static bool Custom(JsonNode assignment) => Name(assignment) == "Scan Verdict Reader";

    private static string Id(JsonNode assignment) => assignment.Text("properties.roleDefinitionId").Split('/')[^1].TrimEnd(']', ')', '\'');

    private static string Name(JsonNode assignment) => assignment.Text("properties.description").Split(':')[0];

    private static string Reason(JsonNode assignment) => assignment.Text("properties.description").Split(':', 2)[^1].Trim();

    private static string Place(JsonNode assignment)
    {
        var id = assignment.Text("id");
        string[] kinds = ["appi-", "dts-", "kv-", "sthost", "stqua", "strec"];
        var place = kinds.SingleOrDefault(kind => id.Contains("/" + kind, StringComparison.Ordinal));
        // The quarantine's name comes out of its module, so that Defender waits for it.
        return (place ?? (id.Contains("format('quarantine-{0}'", StringComparison.Ordinal) ? "stqua" : id)).TrimEnd('-');
    }
}
