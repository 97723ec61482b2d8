using Microsoft.Extensions.DependencyInjection;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Funds;
using Subsidy.Functions.Payments;
using Subsidy.Storage;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests.Walking;

/// <summary>What lives in one worker process of the head, without its pages.</summary>
internal static class HeadProcess
{
    public static ServiceProvider New(Store store, PostBox post)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(store.Time);
        services.AddSubsidyStorage(_ => store.Settings);
        services.AddSingleton<IMailer>(post);
        services.AddSingleton<IApproverMailer>(post);
        services.AddSingleton<Desk>();
        services.AddSingleton<MoneyDuties>();
        services.AddSingleton<Turns>();
        services.AddSingleton<FundNewsDelivery>();
        services.AddSingleton<Instances>();
        services.AddSingleton<INudges, DurableNudges>();
        services.AddSingleton<Patrol>();
        services.AddSingleton<FundRound>();
        services.AddSingleton<PayRuns>();
        services.AddSingleton<DurablePayRunNudges>();
        services.AddSingleton<IPayRunNudges>(provider => provider.GetRequiredService<DurablePayRunNudges>());
        services.AddSingleton<PayRunActivities>();
        services.AddSingleton<PayRunPatrol>();
        services.AddSingleton<BankInbox>();
        services.AddSingleton<TakeTurn>();
        return services.BuildServiceProvider(validateScopes: true);
    }
}
