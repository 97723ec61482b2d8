using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Engine;
using Subsidy.Core.Tests.Funds;
using Subsidy.Core.Township;
using Subsidy.Local.Running;

namespace Subsidy.Local.Tests.Running;

public sealed class FundRoundTests : IAsyncLifetime
{
    private static readonly FundKey Key = new("relief", 2026);

    private readonly MemoryBooks _books = new();
    private readonly DeafStreams _streams = new();
    private readonly ErrorLog _log = new();
    private readonly ServiceProvider _services;

    public FundRoundTests() => _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System).AddSingleton<ILogger<FundRound>>(_log)
        .AddSingleton<IFundBooks>(_books).AddSingleton<IStreams>(_streams)
        .AddSingleton<INudges, Nobody>().AddSingleton<ISchemes, Nobody>().AddSingleton<ITownship, Nobody>().AddSingleton<IRegisters, Nobody>()
        .AddSingleton<Desk>().AddSingleton<FundDesk>().AddSingleton<FundNewsDelivery>()
        .AddSingleton<FundRound>().AddSingleton<IFundBell>(provider => provider.GetRequiredService<FundRound>())
        .BuildServiceProvider();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FundRound Round => _services.GetRequiredService<FundRound>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Round.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Money_that_comes_reaches_whoever_waits_for_it_without_anybody_asking()
    {
        var told = Told("b");
        await DoAsync(Books.Reserve("a-2026"), Books.Reserve("b-2026"));
        await Round.StartAsync(Cancel);

        await DoAsync(Books.Money(500));

        await told;
        Assert.All(_books.Of(Key).Positions.Values, position => Assert.Equal(PositionState.Reserved, position.State));
    }

    [Fact]
    public async Task What_an_earlier_run_left_untold_is_told_at_the_start()
    {
        var told = Told("a");
        await new FundDesk(_books, TimeProvider.System).HandleAsync(Key, Books.Reserve("a-2026"), Cancel);
        await new FundDesk(_books, TimeProvider.System).HandleAsync(Key, Books.Money(500), Cancel);

        await Round.StartAsync(Cancel);

        await told;
    }

    [Fact]
    public async Task A_round_that_failed_stands_in_the_log_and_the_next_one_goes_on()
    {
        _streams.Broken.Add("a");
        await DoAsync(Books.Reserve("a-2026"), Books.Reserve("b-2026"), Books.Money(100));
        var asked = Told("a");
        await Round.StartAsync(Cancel);
        await asked;

        var told = Told("b");
        await DoAsync(Books.Money(100, "more"));
        await told;

        // The second round ends before this one begins, and the log is written when a round ends.
        await Assert.ThrowsAsync<AggregateException>(() => Round.WalkAsync(Cancel));
        Assert.IsType<FundTendingException>(_log.Errors.First());
    }

    private Task Told(string application)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _streams.OnAsked = asked => _ = asked == application && told.TrySetResult();
        return told.Task.WaitAsync(Cancel);
    }

    private async Task DoAsync(params FundCommand[] commands)
    {
        foreach (var command in commands)
            await _services.GetRequiredService<FundDesk>().HandleAsync(Key, command, Cancel);
    }

    private sealed class ErrorLog : ILogger<FundRound>
    {
        public ConcurrentQueue<Exception> Errors { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel is LogLevel.Error && exception is not null)
                Errors.Enqueue(exception);
        }
    }

    /// <summary>Ports that a desk without applications never asks.</summary>
    private sealed class Nobody : INudges, ISchemes, ITownship, IRegisters
    {
        public IReadOnlyList<Scheme> Current => [];

        public TownshipRegister Register => throw new NotSupportedException();

        public WorkingCalendar Calendar => throw new NotSupportedException();

        public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(
            IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) => throw new NotSupportedException();

        public Task NudgeAsync(Application application, bool begins, CancellationToken cancel) => throw new NotSupportedException();
    }
}
