using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Engine;
using Subsidy.Core.Tests.Funds;
using Subsidy.Core.Tests.Payments;
using Subsidy.Core.Township;
using Subsidy.Local.Bank;
using Subsidy.Local.Running;
using Subsidy.Storage;
using Subsidy.Storage.Payments;

namespace Subsidy.Local.Tests.Running;

/// <summary>What the runbook looks for when a pay run stands still, on one machine as on Azure.</summary>
public sealed class PayRunRoundTests : IAsyncLifetime
{
    private static readonly FundKey Key = new("relief", 2026);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly Turnstile _turn = new(new Random(0));
    private readonly DeafStreams _streams = new();
    private readonly Alarms _alarms = new();
    private readonly ServiceProvider _services;

    public PayRunRoundTests(SharedAzurite azurite)
    {
        var beside = new MemoryDesk(_turn);
        var office = new Office();
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time).AddSingleton<ILogger<PayRunAlarms>>(_alarms).AddSingleton<ILogger<PayRunRound>>(NullLogger<PayRunRound>.Instance)
            .AddSingleton<IFundBooks>(new MemoryBooks()).AddSingleton<IPayRunBooks>(new MemoryPayRuns(_turn)).AddSingleton<IStreams>(_streams)
            .AddSingleton<IHolds>(beside).AddSingleton<IPayeeIndex>(beside).AddSingleton<IClearances>(beside).AddSingleton<IPayeeDigests>(beside)
            .AddSingleton<IBankFiles>(beside).AddSingleton<IBankInbox>(beside).AddSingleton<IRefusedAnswers>(beside)
            .AddSingleton<INudges>(office).AddSingleton<ISchemes>(office).AddSingleton<ITownship>(office).AddSingleton<IRegisters>(office)
            .AddSingleton<IFundRegister>(office).AddSingleton<IApproverMailer>(office)
            .AddSingleton<Desk>().AddSingleton<FundDesk>().AddSingleton<FundNewsDelivery>()
            .AddSingleton<PayRunDesk>().AddSingleton<PayRuns>().AddSingleton<BankAnswers>().AddSingleton<PayRunAlarms>()
            .AddSingleton(new StorageSettings(azurite.Tables, azurite.Blobs, null!)).AddSingleton<BankVault>().AddSingleton<SimulatedBank>()
            .AddSingleton<PayRunRound>().AddSingleton<IPayRunNudges>(provider => provider.GetRequiredService<PayRunRound>())
            .BuildServiceProvider();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PayRunRound Round => _services.GetRequiredService<PayRunRound>();

    private PayRunDesk Desk => _services.GetRequiredService<PayRunDesk>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Round.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _turn.Dispose();
    }

    [Fact]
    public async Task A_run_that_fails_rings_the_alarm_by_its_name_and_is_carried_on_with_the_next_round()
    {
        _streams.Broken.Add("a");
        await DoAsync(Books.Money(500), Books.Reserve("a-2026"));
        await Round.StartAsync(Cancel);

        var run = (await Desk.OpenAsync("prepares1", Key, new DateOnly(2026, 3, 31), "form", Cancel)).Run!.Id;

        Assert.Equal(("PayRunFailed", run.ToString(), typeof(IOException)), await _alarms.NextAsync());
        _streams.Broken.Clear();
        await Round.WalkAsync(Cancel);
        Assert.Equal(PayRunState.Prepared, (await Desk.FindAsync(run, Cancel))!.State);
    }

    [Fact]
    public async Task One_that_was_left_in_the_middle_and_fails_rings_at_the_start()
    {
        _streams.Broken.Add("a");
        await DoAsync(Books.Money(500), Books.Reserve("a-2026"));
        var run = (await Desk.OpenAsync("prepares1", Key, new DateOnly(2026, 3, 31), "form", Cancel)).Run!.Id;

        await Round.StartAsync(Cancel);

        Assert.Equal(("PayRunFailed", run.ToString(), typeof(IOException)), await _alarms.NextAsync());
    }

    private async Task DoAsync(params FundCommand[] commands)
    {
        foreach (var command in commands)
            Assert.Null((await _services.GetRequiredService<FundDesk>().HandleAsync(Key, command, Cancel)).Refusal);
    }

    private sealed class Alarms : ILogger<PayRunAlarms>
    {
        private readonly Channel<(string Name, string Run, Type? Failure)> rung = Channel.CreateUnbounded<(string, string, Type?)>();

        public async Task<(string Name, string Run, Type? Failure)> NextAsync() => await rung.Reader.ReadAsync(Cancel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            rung.Writer.TryWrite((eventId.Name!, (string)((IEnumerable<KeyValuePair<string, object?>>)state!).First(property => property.Key == "Run").Value!, exception?.GetType()));
    }

    /// <summary>A township with one who prepares; nobody applies for anything.</summary>
    private sealed class Office : INudges, ISchemes, ITownship, IRegisters, IFundRegister, IApproverMailer
    {
        public IReadOnlyList<FundSource> Funds =>
            [new(Key.Code, new Text("临时救助", "Relief"), new Debtor("样例镇财政所", "36990001", new FinancialInstitution("样例银行")), [])];

        public IReadOnlyList<Scheme> Current => [];

        public TownshipRegister Register { get; } = new(
            new Text("样例镇", "Sample township"), [],
            [new StaffMember("prepares1", "Prepares", "prepares1@example.org", null, [], [new Grant(Roles.FinancePreparer, Area.Township, null)], null)]);

        public WorkingCalendar Calendar { get; } = WorkingCalendar.From([]);

        public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(
            IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) => throw new NotSupportedException();

        public Task NudgeAsync(Application application, bool begins, CancellationToken cancel) => throw new NotSupportedException();

        public Task<string?> AskAsync(PayRun run, ApprovalMail mail, CancellationToken cancel) => throw new NotSupportedException();
    }
}
