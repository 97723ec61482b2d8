using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Subsidy.Core.Engine;
using Subsidy.Storage.Claims;
using Subsidy.Storage.Funds;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Payments;
using Subsidy.Storage.Permits;
using Subsidy.Storage.Schemes;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;
using Subsidy.Storage.Township;

namespace Subsidy.Storage;

public static class StorageServices
{
    /// <summary>
    /// Adds the ports of the core over Table and Blob Storage. Tables, containers and keys are made at the host's start, so this must
    /// be called before any hosted service that uses them is added.
    /// </summary>
    public static IServiceCollection AddSubsidyStorage(this IServiceCollection services, Func<IServiceProvider, StorageSettings> settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddHostedService<StorageStart>();

        services.AddSingleton(provider => new KeyRing(Settings(provider).Table("keys"), Settings(provider).MasterKey));
        services.AddSingleton<Secrets>();
        services.AddSingleton<PersonKeys>();

        services.AddSingleton(provider => new StreamTable(Settings(provider).Table("applications"), provider.GetRequiredService<KeyRing>()));
        services.AddSingleton<ApplicationKeys>();
        services.AddLogging();
        services.AddSingleton<AlarmLog>();
        services.AddSingleton<IStreams, TableStreams>();
        services.AddSingleton(provider => new Histories(provider.GetRequiredService<StreamTable>()));

        services.AddSingleton<IClaims, TableClaims>();
        services.AddSingleton<IPermitNumbers, TablePermitNumbers>();
        services.AddSingleton(provider => new FundTable(Settings(provider).Table("funds")));
        services.AddSingleton<IFundBooks, TableFundBooks>();
        services.AddSingleton<FundDesk>();
        services.AddSingleton(provider => new FundLedgers(provider.GetRequiredService<FundTable>()));
        services.AddSingleton<OpeningBooks>();
        services.AddSingleton<YearEnd>();
        AddPayments(services);
        services.AddSingleton<SchemeStore>();
        services.AddSingleton<TownshipShelf>();
        services.AddSingleton<ITownship>(provider => provider.GetRequiredService<TownshipShelf>());
        services.AddSingleton<ISchemes>(provider => provider.GetRequiredService<TownshipShelf>());
        services.AddSingleton<IFundRegister>(provider => provider.GetRequiredService<TownshipShelf>());
        services.AddSingleton<IRegisters>(provider => provider.GetRequiredService<TownshipShelf>());

        services.TryAddSingleton<IScanner, EicarScanner>();
        services.AddSingleton<PaperStore>();
        services.AddSingleton<IPaperStore>(provider => provider.GetRequiredService<PaperStore>());
        services.AddSingleton<IPapers>(provider => provider.GetRequiredService<PaperStore>());
        services.AddSingleton(provider => new PaperSweep(Settings(provider), provider.GetRequiredService<IStreams>()));

        services.AddSingleton<IIndexes, TableIndexes>();
        services.AddSingleton<IndexReader>();
        services.AddSingleton(provider => new ApplicationSearch(provider.GetRequiredService<IndexReader>()));
        services.AddSingleton(provider => new WorkList(provider.GetRequiredService<IndexReader>()));
        services.AddSingleton(provider => new PaymentBoard(provider.GetRequiredService<IndexReader>(), provider.GetRequiredService<IStreams>()));
        services.AddSingleton(provider => new HouseholdPayments(provider.GetRequiredService<IndexReader>(), provider.GetRequiredService<IStreams>()));
        services.AddSingleton(provider => new NoticeBoard(provider.GetRequiredService<IndexReader>()));
        services.AddSingleton(provider => new PermitRegister(provider.GetRequiredService<IndexReader>(), provider.GetRequiredService<IStreams>()));
        services.AddSingleton(provider => new AlarmList(provider.GetRequiredService<IndexReader>()));
        services.AddSingleton(provider => new IndexRebuild(
            provider.GetRequiredService<StreamTable>(), provider.GetRequiredService<IStreams>(), Settings(provider)));
        return services;
    }

    private static void AddPayments(IServiceCollection services)
    {
        services.AddSingleton<PayRunAlarms>();
        services.AddSingleton(provider => new PayRunTable(Settings(provider).Table("payruns")));
        services.AddSingleton<IPayRunBooks, TablePayRuns>();
        services.AddSingleton<IPayRunHistories, PayRunHistories>();
        services.AddSingleton<SealedReason>();
        services.AddSingleton<IHolds, TableHolds>();
        services.AddSingleton<IPayeeIndex, TablePayeeIndex>();
        services.AddSingleton<IClearances, TableClearances>();
        services.AddSingleton<IPayeeDigests, PayeeDigests>();
        services.AddSingleton<IBankFiles, BlobBankFiles>();
        services.AddSingleton<IBankInbox, BlobBankInbox>();
        services.AddSingleton<IRefusedAnswers, TableRefusedAnswers>();
        services.TryAddSingleton<IPayRunNudges, NoPayRunNudges>();
        services.AddSingleton<PayRunDesk>();
        services.AddSingleton<PayRunFiles>();
        services.AddSingleton<BankAnswers>();
        services.AddSingleton<SpokenAnswers>();
        services.AddSingleton<HoldDesk>();
        services.AddSingleton<FlagDesk>();
        services.AddSingleton<DisputeDesk>();
    }

    private static StorageSettings Settings(IServiceProvider provider) => provider.GetRequiredService<StorageSettings>();
}
