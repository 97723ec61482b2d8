using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Funds;
using Subsidy.Functions.Indexes;
using Subsidy.Functions.Payments;
using Subsidy.Functions.Settings;
using Subsidy.Functions.Telemetry;
using Subsidy.Functions.Web;
using Subsidy.Storage;
using Subsidy.Storage.Clock;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Township;
using Subsidy.Web;
using Subsidy.Web.Clock;

namespace Subsidy.Functions;

/// <summary>The system on Azure: storage and vault by identity, Durable Functions for the turns, the pipeline of <c>Subsidy.Web</c>.</summary>
internal static class FunctionsHead
{
    public static void AddFunctionsHead(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        // The worker takes invocations as soon as its own service has started, which the builder has added already: it is to start last.
        var worker = services.Where(service => service.ServiceType == typeof(IHostedService)).ToList();
        worker.ForEach(service => services.Remove(service));
        var section = configuration.GetSection("Subsidy");
        services.AddSingleton<IValidateOptions<HeadSettings>, HeadSettingsRules>();
        services.AddOptions<HeadSettings>().Bind(section).ValidateOnStart();
        services.AddHttpClient();
        services.AddAzureMonitor(configuration);
        if (environment.IsDevelopment())
            services.AddMovedClock();
        services.AddSubsidyStorage(Storage);
        if (section.GetValue<Scanner>("Scanner") is Scanner.Defender)
            services.AddSingleton<IScanner, DefenderScanner>();
        services.AddHostedService<TownshipStart>();

        services.AddSubsidyWeb(settings =>
        {
            section.Bind(settings);
            settings.PlatformReadsForwarded = true;
            settings.PlatformSignsIn = string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);
            settings.AllowLocalSignIn = environment.IsDevelopment() && !settings.PlatformSignsIn;
        });
        services.AddSingleton<WebPipeline>();
        services.AddSingleton<Instances>();
        services.AddSingleton<INudges, DurableNudges>();
        services.AddSingleton<Patrol>();
        services.AddSingleton<FundRound>();
        services.AddSingleton<DurablePayRunNudges>();
        services.AddSingleton<IPayRunNudges>(provider => provider.GetRequiredService<DurablePayRunNudges>());
        services.AddSingleton<PayRunPatrol>();
        services.AddSingleton<BankInbox>();
        services.AddSingleton<IIndexRebuilding, DurableIndexRebuilding>();
        services.AddDataProtection();
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((options, provider) =>
            options.XmlRepository = new SealedKeyRing(KeyRingBlob(provider), provider.GetRequiredService<Secrets>()));
        worker.ForEach(services.Add);
    }

    private static void AddMovedClock(this IServiceCollection services)
    {
        services.AddSingleton(provider => new MovedClock(
            new TableClockOffset(provider.GetRequiredService<StorageSettings>().Tables), TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<MovedClock>());
        services.AddSingleton<IAfterAdvance, PatrolAfterAdvance>();
    }

    private static StorageSettings Storage(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<IOptions<HeadSettings>>().Value;
        if (settings.Storage.ConnectionString is { Length: > 0 } emulator)
        {
            return new StorageSettings(
                new TableServiceClient(emulator), new BlobServiceClient(emulator), FileMasterKey.Open(settings.KeyVault.MasterKeyFile!));
        }
        var identity = new DefaultAzureCredential();
        var vault = new KeyVaultMasterKey(
            settings.KeyVault.MasterKeyUri!, identity, provider.GetRequiredService<IHttpClientFactory>().CreateClient("vault"));
        return new StorageSettings(
            new TableServiceClient(settings.Storage.TableEndpoint, identity),
            new BlobServiceClient(settings.Storage.BlobEndpoint, identity),
            vault,
            Quarantine: new BlobServiceClient(settings.Storage.QuarantineBlobEndpoint, identity),
            Township: settings.Township is { } township ? new BlobContainerClient(township, identity) : null);
    }

    private static BlobClient KeyRingBlob(IServiceProvider provider)
    {
        if (provider.GetRequiredService<IOptions<HeadSettings>>().Value.DataProtection.BlobUri is { } address)
            return new BlobClient(address, new DefaultAzureCredential());
        // On an emulator. Not among the papers: what no event names is swept there.
        var container = provider.GetRequiredService<StorageSettings>().Blobs.GetBlobContainerClient("data-protection");
        container.CreateIfNotExists();
        return container.GetBlobClient("keys.xml");
    }
}
