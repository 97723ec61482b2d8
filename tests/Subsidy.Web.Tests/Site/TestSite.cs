using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Engine;
using Subsidy.Core.Tests.Funds;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Mail;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Tests.Site;

/// <summary>The whole pipeline over ports in memory, with the sample township.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private IHost _host = null!;

    private TestSite() => RunHistories = new MemoryRunHistories(Runs);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    public MemoryStreams Streams { get; } = new();
    public MemoryPapers Papers { get; } = new();
    public MemoryBooks Books { get; } = new();
    public MemoryRuns Runs { get; } = new();
    public MemoryRunHistories RunHistories { get; }
    public MemoryBank Bank { get; } = new();
    public Surroundings Around { get; } = new();
    public CapturedLog Log { get; } = new();
    public HttpClient Http { get; private set; } = null!;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <param name="before">Runs in front of the pipeline; by default every request comes from loopback.</param>
    public static async Task<TestSite> StartAsync(Action<WebSettings>? settings = null, RequestDelegate? before = null, Action<IServiceCollection>? services = null)
    {
        var site = new TestSite();
        site._host = new HostBuilder().ConfigureWebHost(web => web
            .UseTestServer()
            .ConfigureServices(all =>
            {
                all.AddSingleton<TimeProvider>(_ => site.Time);
                all.AddSingleton<Secrets>().AddSingleton<PersonKeys>().AddSingleton<ShippedTownship>();
                all.AddSingleton<ITownship>(p => p.GetRequiredService<ShippedTownship>());
                all.AddSingleton<ISchemes>(p => p.GetRequiredService<ShippedTownship>());
                all.AddSingleton<IRegisters>(p => p.GetRequiredService<ShippedTownship>());
                all.AddSingleton<IStreams>(_ => site.Streams);
                all.AddSingleton<IPaperStore>(_ => site.Papers).AddSingleton<IPapers>(_ => site.Papers);
                all.AddSingleton<IClaims>(_ => site.Around).AddSingleton<IIndexes>(_ => site.Around).AddSingleton<IPermitNumbers>(_ => site.Around)
                    .AddSingleton<INudges>(_ => site.Around).AddSingleton<IMailTransport>(_ => site.Around);
                all.AddSingleton<IFundBooks>(_ => site.Books);
                all.AddSingleton<IPayRunBooks>(_ => site.Runs).AddSingleton<IPayRunHistories>(_ => site.RunHistories);
                all.AddSingleton<IHolds>(_ => site.Bank).AddSingleton<IPayeeIndex>(_ => site.Bank).AddSingleton<IClearances>(_ => site.Bank)
                    .AddSingleton<IPayeeDigests>(_ => site.Bank).AddSingleton<IBankFiles>(_ => site.Bank).AddSingleton<IBankInbox>(_ => site.Bank)
                    .AddSingleton<IRefusedAnswers>(_ => site.Bank).AddSingleton<IPayRunNudges>(_ => site.Bank);
                all.AddSingleton<PayRunDesk>().AddSingleton<PayRunFiles>().AddSingleton<BankAnswers>().AddSingleton<HoldDesk>().AddSingleton<FlagDesk>()
                    .AddSingleton<DisputeDesk>().AddSingleton<SpokenAnswers>();
                all.AddSingleton<IFundRegister>(p => p.GetRequiredService<ShippedTownship>());
                all.AddSingleton(_ => new MemoryTables(site.Streams));
                all.AddSingleton(p => MemoryTables.Reader(p.GetRequiredService<MemoryTables>(), site.Streams));
                all.AddSingleton(p => new PaymentBoard(p.GetRequiredService<IndexReader>(), site.Streams));
                all.AddSingleton(p => new HouseholdPayments(p.GetRequiredService<IndexReader>(), site.Streams));
                all.AddSingleton(p => new NoticeBoard(p.GetRequiredService<IndexReader>()));
                all.AddSingleton(p => new PermitRegister(p.GetRequiredService<IndexReader>(), site.Streams));
                all.AddSingleton(p => new ApplicationSearch(p.GetRequiredService<IndexReader>()));
                all.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
                all.AddSingleton<ILoggerProvider>(_ => site.Log);
                all.AddSubsidyWeb(web =>
                {
                    web.Mail.SendGrid.ApiKey = "test";
                    web.RateLimits = new() { All = 0, Intake = 0, Keyed = 0 };
                    settings?.Invoke(web);
                });
                services?.Invoke(all);
            })
            .Configure(app =>
            {
                app.Use(async (context, next) =>
                {
                    context.Connection.RemoteIpAddress = IPAddress.Loopback;
                    if (before is not null)
                        await before(context);
                    await next(context);
                });
                app.UseSubsidyWeb();
            })).Build();
        site.Get<Secrets>().Open([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        await site._host.StartAsync(TestContext.Current.CancellationToken);
        site.Http = site._host.GetTestClient();
        return site;
    }

    /// <summary>Takes a turn of the engine, as a nudge would.</summary>
    public Task<Turn?> TurnAsync(string id) => Get<Turns>().TakeAsync(id, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.StopAsync(TestContext.Current.CancellationToken);
        _host.Dispose();
    }
}
