using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Subsidy.Core.Engine;
using Subsidy.Local.Bank;
using Subsidy.Local.Mailbox;
using Subsidy.Local.Running;
using Subsidy.Storage;
using Subsidy.Storage.Clock;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Sealing;
using Subsidy.Web;
using Subsidy.Web.Clock;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Layout;

namespace Subsidy.Local;

/// <summary>The whole system on one machine: real storage in Azurite, a mailbox in SendGrid's place, a runner in Durable Functions' place.</summary>
internal static class LocalHead
{
    /// <summary>Where the township's files lie in a build: beside the program.</summary>
    public static string Township => Path.Combine(AppContext.BaseDirectory, "township");

    public static string Schemes => Path.Combine(AppContext.BaseDirectory, "schemes");

    public static void AddLocalHead(
        this IServiceCollection services, DataFolder folder, string connection, MovedClock clock, MailboxStore mailbox, string address)
    {
        services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(mailbox);
        services.AddSubsidyStorage(_ => new StorageSettings(
            new TableServiceClient(connection), new BlobServiceClient(connection), FileMasterKey.Open(Path.Combine(folder.Path, "master.key"))));
        services.AddHostedService<TownshipStart>();

        services.AddSubsidyWeb(settings =>
        {
            settings.PublicBaseUrl = address;
            settings.AllowLocalSignIn = true;
            // One machine, one visitor, and tests that are in a hurry.
            settings.RateLimits = new RateLimitSettings { All = int.MaxValue, Intake = int.MaxValue, Keyed = int.MaxValue };
            settings.Mail.SendGrid.Host = address;
            settings.Mail.SendGrid.ApiKey = mailbox.ApiKey;
        });
        services.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(folder.Path, "forms")));

        services.AddSingleton<ILocalStrip, Strip>();

        services.AddSingleton<Agenda>();
        services.AddSingleton<INudges>(provider => provider.GetRequiredService<Agenda>());
        services.AddHostedService<Runner>();
        services.AddSingleton<FundRound>();
        services.AddSingleton<IFundBell>(provider => provider.GetRequiredService<FundRound>());
        services.AddHostedService(provider => provider.GetRequiredService<FundRound>());
        services.AddSingleton<BankVault>();
        services.AddSingleton<SimulatedBank>();
        services.AddSingleton<PayRunRound>();
        services.AddSingleton<IPayRunNudges>(provider => provider.GetRequiredService<PayRunRound>());
        services.AddHostedService(provider => provider.GetRequiredService<PayRunRound>());
        services.AddSingleton<Rest>();
        services.AddSingleton<IAfterAdvance>(provider => provider.GetRequiredService<Rest>());
        services.AddHostedService<Housekeeping>();
        services.AddSingleton<IndexRebuilding>();
        services.AddSingleton<IIndexRebuilding>(provider => provider.GetRequiredService<IndexRebuilding>());
        services.AddHostedService(provider => provider.GetRequiredService<IndexRebuilding>());
    }
}
