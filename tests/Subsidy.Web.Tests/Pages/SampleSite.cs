using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;
using Subsidy.Web.Http;
using Subsidy.Web.Links;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Tests.Pages;

/// <summary>The pages over the real core, the township that ships, and streams in memory.</summary>
internal static class SampleSite
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)); // a Monday

    public static WebApplication Build(Action<IWebHostBuilder> server)
    {
        var builder = WebApplication.CreateBuilder();
        server(builder.WebHost);
        builder.Logging.ClearProviders();
        Add(builder.Services);
        var app = builder.Build();
        app.UseSubsidyWeb();
        return app;
    }

    /// <summary>What the engine would do by now: mails, claims, deadlines.</summary>
    public static async Task TakeTurnsAsync(IServiceProvider services, CancellationToken cancel)
    {
        foreach (var id in services.GetRequiredService<Outside>().Nudged)
            await services.GetRequiredService<Turns>().TakeAsync(id, cancel);
    }

    /// <summary>The links that mails have carried, the newest last.</summary>
    public static IReadOnlyList<string> Links(IServiceProvider services) =>
    [
        .. services.GetRequiredService<Outside>().Sent
            .Where(sent => sent.Mail is { Staff: not null, Assignment: not null, Link: > 0 })
            .Select(sent => services.GetRequiredService<DecisionLinks>().Make(new DecisionLink(
                sent.Application.Id, sent.Mail.Assignment!, sent.Mail.Round, sent.Mail.Staff!, sent.Mail.Link, Morning.AddDays(60)))),
    ];

    private static void Add(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(Morning));
        services.AddSubsidyWeb(settings =>
        {
            settings.AllowLocalSignIn = true;
            settings.Mail.SendGrid.ApiKey = "none";
            settings.RateLimits = new RateLimitSettings { All = 0, Intake = 0, Keyed = 0 };
        });
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<SampleTownship>();
        services.AddSingleton<ITownship>(provider => provider.GetRequiredService<SampleTownship>());
        services.AddSingleton<ISchemes>(provider => provider.GetRequiredService<SampleTownship>());
        services.AddSingleton<IRegisters>(provider => provider.GetRequiredService<SampleTownship>());
        services.AddSingleton<Outside>();
        services.AddSingleton<IClaims>(provider => provider.GetRequiredService<Outside>());
        services.AddSingleton<IIndexes>(provider => provider.GetRequiredService<Outside>());
        services.AddSingleton<IMailer>(provider => provider.GetRequiredService<Outside>());
        services.AddSingleton<IPermitNumbers>(provider => provider.GetRequiredService<Outside>());
        services.AddSingleton<IPapers>(provider => provider.GetRequiredService<Outside>());
        services.AddSingleton<INudges>(provider => provider.GetRequiredService<Outside>());
        services.AddSingleton<IPaperStore, MemoryPapers>();
        services.AddSingleton<IStreams, MemoryStreams>();
        services.AddSingleton<PersonKeys>();
        services.AddSingleton(Opened());
        // The chain of hashes is storage's; here it only has to be there for the routes to be built.
        services.AddSingleton((Histories)RuntimeHelpers.GetUninitializedObject(typeof(Histories)));
    }

    /// <summary>Storage opens the root secret when it starts; there is no storage here.</summary>
    private static Secrets Opened()
    {
        var secrets = new Secrets();
        typeof(Secrets).GetMethod("Open", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(secrets, [new byte[32]]);
        return secrets;
    }
}
