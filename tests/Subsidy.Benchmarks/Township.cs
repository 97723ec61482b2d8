using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Local.Azurite;
using Subsidy.Storage;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Tests.Crashes;

namespace Subsidy.Benchmarks;

/// <summary>Core and storage as a head puts them together, on an Azurite in memory that nobody else uses.</summary>
internal sealed class Township : IFundRegister, IApproverMailer, IAsyncDisposable
{
    private readonly AzuriteProcess azurite;
    private readonly DirectoryInfo folder;
    private readonly ServiceProvider services;

    private Township(AzuriteProcess azurite)
    {
        this.azurite = azurite;
        folder = Directory.CreateTempSubdirectory("subsidy-benchmark-");
        var tables = new TableClientOptions();
        tables.AddPolicy(Meter, HttpPipelinePosition.PerRetry);
        var blobs = new BlobClientOptions();
        blobs.AddPolicy(Meter, HttpPipelinePosition.PerRetry);
        var settings = new StorageSettings(
            new TableServiceClient(azurite.ConnectionString, tables),
            new BlobServiceClient(azurite.ConnectionString, blobs),
            FileMasterKey.Open(Path.Combine(folder.FullName, "master.key")));

        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSubsidyStorage(_ => settings);
        collection.AddSingleton<ISchemes>(Office);
        collection.AddSingleton<ITownship>(Office);
        collection.AddSingleton<IRegisters>(Office);
        collection.AddSingleton<INudges>(Office);
        collection.AddSingleton<IFundRegister>(this);
        collection.AddSingleton<IApproverMailer>(this);
        collection.AddSingleton<Desk>();
        collection.AddSingleton<FundNewsDelivery>();
        collection.AddSingleton<PayRuns>();
        services = collection.BuildServiceProvider();
    }

    public FundKey Fund { get; } = new("rural-revitalisation", 2026);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    public Office Office { get; } = new();

    public RequestMeter Meter { get; } = new();

    public IReadOnlyList<FundSource> Funds =>
        [new(Fund.Code, new Text("资金", "Fund"), new Debtor("青溪镇财政所", "36990001010000000018", new FinancialInstitution("青溪农村商业银行营业部", "402369900018")), [])];

    public static async Task<Township> OpenAsync(CancellationToken cancel)
    {
        var township = new Township(await AzuriteProcess.StartAsync(null, TimeProvider.System, Console.Error.WriteLine, cancel));
        foreach (var hosted in township.services.GetServices<IHostedService>())
            await hosted.StartAsync(cancel);
        return township;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<string?> AskAsync(PayRun run, ApprovalMail mail, CancellationToken cancel) => Task.FromResult<string?>(mail.Id);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await azurite.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
