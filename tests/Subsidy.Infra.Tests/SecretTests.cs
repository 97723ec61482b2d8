using System.Text.RegularExpressions;

namespace Subsidy.Infra.Tests;

public sealed class SecretTests(Infrastructure infrastructure)
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    private static readonly Regex AsksForKey = new(@"\blist(\w*Keys?|\w*Secrets?|\w*Sas|Credentials)\s*\(|\bgetSecret\s*\(", Plain);
    private static readonly Regex CarriesKey = new("AccountKey=|SharedAccess(Key|Signature)=|DefaultEndpointsProtocol", Plain);
    private static readonly Regex SoundsSecret = new("(Key|Secret|Password)$", Plain);

    public static TheoryData<string> Environments => Infrastructure.EnvironmentNames;

    [Fact]
    public void Nothing_asks_Azure_for_a_key() =>
        Assert.DoesNotContain(infrastructure.Template.Texts(), AsksForKey.IsMatch);

    [Fact]
    public void No_connection_string_carries_a_key() =>
        Assert.DoesNotContain(infrastructure.Template.Texts(), CarriesKey.IsMatch);

    [Fact]
    public void No_template_gives_a_secret_out()
    {
        var outputs = infrastructure.Template.Templates().SelectMany(x => x["outputs"]?.AsObject() ?? []).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, x => Assert.DoesNotMatch("(?i)^secure", x.Value!.Text("type")));
    }

    [Fact]
    public void Secrets_are_parameters_without_a_value_of_their_own()
    {
        Assert.Equal(["sendGridKey", "smtpPassword", "staffSignInSecret"], SecureParameters());
        Assert.All(SecureParameters(), x => Assert.Equal("", infrastructure.Template.Text($"parameters.{x}.defaultValue")));
    }

    [Fact]
    public void Secrets_go_to_the_vault_and_nowhere_else()
    {
        var users = infrastructure.Template["resources"]!.AsObject()
            .Where(resource => SecureParameters().Any(secret => resource.Value.Texts().Any(x => x.Contains($"parameters('{secret}')", StringComparison.Ordinal))))
            .Select(x => x.Key);
        Assert.Equal(["vault"], users);
    }

    [Theory, MemberData(nameof(Environments))]
    public void Every_setting_that_is_secret_is_a_Key_Vault_reference(string environment)
    {
        var secrets = infrastructure.Environments[environment].Settings
            .Where(x => SoundsSecret.IsMatch(x.Key) && !x.Key.EndsWith("PublicKey", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, x => Assert.Contains("@Microsoft.KeyVault(VaultName=", x.Value, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Environments))]
    public void Telemetry_and_publishing_take_identities_only(string environment)
    {
        var prediction = infrastructure.Environments[environment];
        Assert.All(prediction.OfType("Microsoft.Insights/components"), x => Assert.True(x.Truth("properties.DisableLocalAuth")));
        Assert.All(prediction.OfType("Microsoft.OperationalInsights/workspaces"), x => Assert.True(x.Truth("properties.features.disableLocalAuth")));
        var passwords = prediction.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(2, passwords.Count);
        Assert.All(passwords, x => Assert.False(x.Truth("properties.allow")));
    }

    [Theory, MemberData(nameof(Environments))]
    public void The_vault_is_governed_by_roles_and_cannot_be_purged(string environment)
    {
        var vault = Assert.Single(infrastructure.Environments[environment].OfType("Microsoft.KeyVault/vaults"));
        Assert.True(vault.Truth("properties.enableRbacAuthorization"));
        Assert.True(vault.Truth("properties.enablePurgeProtection"));
        Assert.True(vault.Truth("properties.enableSoftDelete"));
        Assert.Equal(90, vault.Number("properties.softDeleteRetentionInDays"));
    }

    [Theory, MemberData(nameof(Environments))]
    public void The_master_key_is_RSA_and_can_only_wrap_and_unwrap(string environment)
    {
        var keys = infrastructure.Environments[environment].OfType("Microsoft.KeyVault/vaults/keys");
        Assert.Contains(keys, x => x.Text("name").EndsWith("/master", StringComparison.Ordinal));
        Assert.All(keys, x =>
        {
            Assert.Equal("RSA", x.Text("properties.kty"));
            Assert.True(x.Number("properties.keySize") >= 3072);
            Assert.Equal(["wrapKey", "unwrapKey"], x.At("properties.keyOps").Texts());
        });
    }

    private IReadOnlyList<string> SecureParameters() =>
        [.. infrastructure.Template["parameters"]!.AsObject().Where(x => x.Value!.Text("type").StartsWith("secure", StringComparison.OrdinalIgnoreCase)).Select(x => x.Key)];
}
