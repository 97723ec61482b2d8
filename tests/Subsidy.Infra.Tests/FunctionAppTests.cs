namespace Subsidy.Infra.Tests;

public sealed class FunctionAppTests(Infrastructure infrastructure)
{
    private const string Site = "Microsoft.Web/sites";

    public static TheoryData<string> Environments => Infrastructure.EnvironmentNames;

    [Theory, MemberData(nameof(Environments))]
    public void The_app_is_reached_by_HTTPS_with_TLS_1_2_and_published_to_without_FTP(string environment)
    {
        var site = Assert.Single(infrastructure.Environments[environment].OfType(Site));
        Assert.True(site.Truth("properties.httpsOnly"));
        Assert.Contains(site.Text("properties.siteConfig.minTlsVersion"), (string[])["1.2", "1.3"]);
        Assert.Contains(site.Text("properties.siteConfig.scmMinTlsVersion"), (string[])["1.2", "1.3"]);
        Assert.Equal("Disabled", site.Text("properties.siteConfig.ftpsState"));
        Assert.False(site.Truth("properties.siteConfig.remoteDebuggingEnabled"));
    }

    [Theory, InlineData("test"), InlineData("production")]
    public void On_Flex_Consumption_it_runs_the_isolated_worker_of_NET_10_from_a_package_read_by_identity(string environment)
    {
        var prediction = infrastructure.Environments[environment];
        var configuration = Assert.Single(prediction.OfType(Site)).At("properties.functionAppConfig")!;
        Assert.Equal("FC1", Assert.Single(prediction.OfType("Microsoft.Web/serverfarms")).Text("sku.name"));
        Assert.Equal("dotnet-isolated", configuration.Text("runtime.name"));
        Assert.Equal("10.0", configuration.Text("runtime.version"));
        Assert.Equal("UserAssignedIdentity", configuration.Text("deployment.storage.authentication.type"));
        Assert.DoesNotContain("FUNCTIONS_WORKER_RUNTIME", prediction.Settings.Keys);
    }

    [Fact]
    public void Where_there_is_no_Flex_Consumption_it_runs_on_a_dedicated_plan()
    {
        var prediction = infrastructure.Environments["china"];
        var site = Assert.Single(prediction.OfType(Site));
        Assert.Equal("P1v3", Assert.Single(prediction.OfType("Microsoft.Web/serverfarms")).Text("sku.name"));
        Assert.Null(site.At("properties.functionAppConfig"));
        Assert.Equal("DOTNET-ISOLATED|10.0", site.Text("properties.siteConfig.linuxFxVersion"));
        Assert.Equal("dotnet-isolated", prediction.Settings["FUNCTIONS_WORKER_RUNTIME"]);
    }

    [Theory, MemberData(nameof(Environments))]
    public void The_host_reaches_its_storage_by_identity_at_addresses_of_its_own_cloud(string environment)
    {
        var settings = infrastructure.Environments[environment].Settings;
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Contains(".clientId", settings["AzureWebJobsStorage__clientId"], StringComparison.Ordinal);
        Assert.All((string[])["blob", "queue", "table"], x => Assert.Contains($".{x}Endpoint", settings[$"AzureWebJobsStorage__{x}ServiceUri"], StringComparison.Ordinal));
        // A name alone makes the host guess the addresses of the public cloud; a bare value is a connection string.
        Assert.DoesNotContain("AzureWebJobsStorage__accountName", settings.Keys);
        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
        Assert.DoesNotContain("WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", settings.Keys);
    }

    [Theory, MemberData(nameof(Environments))]
    public void The_application_is_told_where_everything_is(string environment) =>
        Assert.Subset(
            infrastructure.Environments[environment].Settings.Keys.ToHashSet(),
            (HashSet<string>)
            [
                "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID",
                "Subsidy__DataProtection__BlobUri", "Subsidy__KeyVault__MasterKeyUri",
                "Subsidy__Mail__From", "Subsidy__Mail__Provider", "Subsidy__PublicBaseUrl", "Subsidy__Storage__BlobEndpoint",
                "Subsidy__Storage__QuarantineBlobEndpoint", "Subsidy__Storage__TableEndpoint", "Subsidy__Township",
            ]);

    [Theory, MemberData(nameof(Environments))]
    public void Nobody_but_the_platform_says_that_people_are_signed_in(string environment)
    {
        var settings = infrastructure.Environments[environment].Settings;
        Assert.DoesNotContain("WEBSITE_AUTH_ENABLED", settings.Keys);
        Assert.DoesNotContain(settings.Keys, x => x.Contains("LocalSignIn", StringComparison.Ordinal) || x.Contains("ENVIRONMENT", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Environments))]
    public void Applicants_pass_without_signing_in_and_staff_sign_in_with_Entra(string environment)
    {
        var signIn = infrastructure.Environments[environment].SignIn;
        Assert.True(signIn.Truth("platform.enabled"));
        Assert.False(signIn.Truth("globalValidation.requireAuthentication"));
        Assert.Equal("AllowAnonymous", signIn.Text("globalValidation.unauthenticatedClientAction"));
        Assert.Equal(["azureActiveDirectory"], signIn.At("identityProviders")!.AsObject().Select(x => x.Key));
        Assert.False(signIn.Truth("login.tokenStore.enabled"));
        Assert.Contains(signIn.Text("identityProviders.azureActiveDirectory.registration.clientSecretSettingName"), infrastructure.Environments[environment].Settings.Keys);
    }

    [Fact]
    public void In_China_staff_sign_in_at_the_authority_of_that_cloud() =>
        Assert.Equal("https://login.partner.microsoftonline.cn/22222222-2222-2222-2222-222222222222/v2.0",
            infrastructure.Environments["china"].SignIn.Text("identityProviders.azureActiveDirectory.registration.openIdIssuer"));

    [Fact]
    public void No_address_of_a_cloud_is_written_into_the_template()
    {
        string[] addresses =
        [
            "core.windows.net", "core.chinacloudapi.cn", "vault.azure", "vaultcore.azure", "azurewebsites", "microsoftonline", "chinacloudapi", "azurefd.net",
            "management.azure", "graph.microsoft.com",
        ];
        // What the compiler says of itself is not the template's.
        var texts = infrastructure.Template.Texts().Where(x => !x.StartsWith("https://schema.management.azure.com/", StringComparison.Ordinal)).ToList();
        Assert.All(addresses, address => Assert.DoesNotContain(texts, x => x.Contains(address, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Durable_keeps_to_storage_unless_the_scheduler_is_asked_for()
    {
        const string type = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type";
        Assert.All(["test", "production", "china"], environment =>
        {
            Assert.DoesNotContain(type, infrastructure.Environments[environment].Settings.Keys);
            Assert.False(infrastructure.Environments[environment].Has("Microsoft.DurableTask/schedulers"));
        });
        Assert.Equal("azureManaged", infrastructure.Environments["scheduler"].Settings[type]);
        Assert.Contains("Authentication=ManagedIdentity", infrastructure.Environments["scheduler"].Settings["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"], StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_front_door_the_app_takes_requests_from_that_door_only()
    {
        var restrictions = Assert.Single(infrastructure.Environments["production"].OfType(Site)).Text("properties.siteConfig.ipSecurityRestrictions");
        Assert.Contains("'AzureFrontDoor.Backend'", restrictions, StringComparison.Ordinal);
        Assert.Contains("'x-azure-fdid', createArray(parameters('frontDoorId'))", restrictions, StringComparison.Ordinal);
        Assert.Contains("'Deny'", Assert.Single(infrastructure.Environments["production"].OfType(Site)).Text("properties.siteConfig.ipSecurityRestrictionsDefaultAction"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_front_door_takes_away_the_headers_that_a_client_must_not_set()
    {
        var rules = infrastructure.Environments["production"].OfType("Microsoft.Cdn/profiles/ruleSets/rules");
        var removed = rules.SelectMany(x => x.At("properties.actions")!.AsArray()).Where(x => x!.Text("parameters.headerAction") == "Delete").Select(x => x!.Text("parameters.headerName"));
        Assert.Equal(["x-ms-invocation-id", "X-MS-CLIENT-PRINCIPAL"], removed);
        Assert.Single(Assert.Single(infrastructure.Environments["production"].OfType("Microsoft.Cdn/profiles/afdEndpoints/routes")).At("properties.ruleSets")!.AsArray());
    }
}
