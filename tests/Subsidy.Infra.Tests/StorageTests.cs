using System.Text.Json.Nodes;

namespace Subsidy.Infra.Tests;

public sealed class StorageTests(Infrastructure infrastructure)
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string BlobService = "Microsoft.Storage/storageAccounts/blobServices";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Immutability = "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies";
    private const string Lifecycle = "Microsoft.Storage/storageAccounts/managementPolicies";

    public static TheoryData<string> Environments => Infrastructure.EnvironmentNames;

    [Theory, MemberData(nameof(Environments))]
    public void There_are_three_accounts_and_each_is_closed_to_keys_strangers_and_old_TLS(string environment)
    {
        var accounts = infrastructure.Environments[environment].OfType(Account);
        Assert.Equal(3, accounts.Count);
        Assert.All(accounts, Closed);
    }

    [Fact]
    public void No_parameter_can_open_an_account()
    {
        var accounts = infrastructure.Template.Templates().SelectMany(x => x.Resources()).Where(x => x.Text("type") == Account && x["existing"] is null).ToList();
        Assert.NotEmpty(accounts);
        Assert.All(accounts, Closed);
    }

    [Theory, MemberData(nameof(Environments))]
    public void No_container_can_be_read_anonymously(string environment) =>
        Assert.All(infrastructure.Environments[environment].OfType(Container), x => Assert.Equal("None", x.Text("properties.publicAccess")));

    [Theory, MemberData(nameof(Environments))]
    public void The_records_remember_versions_and_deletions(string environment)
    {
        var service = Assert.Single(infrastructure.Environments[environment].PartsOf("rec", BlobService));
        Assert.True(service.Truth("properties.isVersioningEnabled"));
        Assert.True(service.Truth("properties.deleteRetentionPolicy.enabled"));
        Assert.True(service.Truth("properties.containerDeleteRetentionPolicy.enabled"));
        Assert.True(service.Number("properties.deleteRetentionPolicy.days") >= 7);
    }

    [Theory, MemberData(nameof(Environments))]
    public void The_quarantine_remembers_nothing(string environment)
    {
        var service = Assert.Single(infrastructure.Environments[environment].PartsOf("qua", BlobService));
        Assert.False(service.Truth("properties.isVersioningEnabled"));
        Assert.False(service.Truth("properties.deleteRetentionPolicy.enabled"));
        Assert.False(service.Truth("properties.containerDeleteRetentionPolicy.enabled"));
    }

    [Theory, MemberData(nameof(Environments))]
    public void The_quarantine_is_emptied_of_whatever_is_a_day_old(string environment)
    {
        var rules = Assert.Single(infrastructure.Environments[environment].PartsOf("qua", Lifecycle)).At("properties.policy.rules")!.AsArray().Select(x => x!);
        var rule = Assert.Single(rules);
        Assert.True(rule.Truth("enabled"));
        Assert.Null(rule.At("definition.filters.prefixMatch"));
        Assert.Equal(1, rule.Number("definition.actions.baseBlob.delete.daysAfterCreationGreaterThan"));
    }

    [Theory, MemberData(nameof(Environments))]
    public void Anchors_can_neither_be_changed_nor_deleted(string environment)
    {
        var policy = Assert.Single(infrastructure.Environments[environment].OfType(Immutability));
        Assert.Contains("/anchors/", policy.Text("name"), StringComparison.Ordinal);
        Assert.StartsWith("strec", policy.Text("name"), StringComparison.Ordinal);
        Assert.False(policy.Truth("properties.allowProtectedAppendWrites"));
        Assert.True(policy.Number("properties.immutabilityPeriodSinceCreationInDays") >= (environment is "test" or "scheduler" ? 1 : 3650));
    }

    [Theory, MemberData(nameof(Environments))]
    public void No_rule_deletes_what_is_current_in_the_records(string environment)
    {
        var rules = infrastructure.Environments[environment].PartsOf("rec", Lifecycle).SelectMany(x => x.At("properties.policy.rules")!.AsArray()).Select(x => x!);
        Assert.All(rules, rule =>
        {
            Assert.Equal(["version"], rule.At("definition.actions")!.AsObject().Select(x => x.Key));
            Assert.DoesNotContain("anchors/", rule.At("definition.filters.prefixMatch").Texts());
        });
    }

    [Theory, InlineData("production"), InlineData("china")]
    public void Where_the_network_is_private_storage_and_vault_cannot_be_reached_from_outside(string environment)
    {
        var prediction = infrastructure.Environments[environment];
        Assert.All(prediction.OfType(Account).Concat(prediction.OfType("Microsoft.KeyVault/vaults")), x =>
        {
            Assert.Equal("Disabled", x.Text("properties.publicNetworkAccess"));
            Assert.Equal("Deny", x.Text("properties.networkAcls.defaultAction"));
        });
        Assert.Equal(7, prediction.OfType("Microsoft.Network/privateEndpoints").Count);
    }

    [Theory, InlineData("production"), InlineData("china")]
    public void Where_it_counts_records_and_vault_are_locked_against_deletion(string environment)
    {
        var locks = infrastructure.Environments[environment].OfType("Microsoft.Authorization/locks");
        Assert.Equal(2, locks.Count);
        Assert.All(locks, x => Assert.Equal("CanNotDelete", x.Text("properties.level")));
    }

    private static void Closed(JsonNode account)
    {
        Assert.False(account.Truth("properties.allowSharedKeyAccess"));
        Assert.False(account.Truth("properties.allowBlobPublicAccess"));
        Assert.False(account.Truth("properties.allowCrossTenantReplication"));
        Assert.True(account.Truth("properties.supportsHttpsTrafficOnly"));
        Assert.Contains(account.Text("properties.minimumTlsVersion"), (string[])["TLS1_2", "TLS1_3"]);
    }
}
