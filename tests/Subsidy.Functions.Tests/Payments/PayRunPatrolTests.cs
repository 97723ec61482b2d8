using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Payments;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Payments;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests.Payments;

/// <summary>A pay run that does not get on is told by the names that the alert looks for.</summary>
public sealed class PayRunPatrolTests(AzuriteFixture azurite)
{
    private static readonly FundKey Fund = new("rural-revitalisation", 2026);

    [Fact]
    public async Task A_piece_that_fails_and_a_run_that_stands_still_are_alarms()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        await head.Get<FundDesk>().HandleAsync(Fund, new Appropriate(Actor.Staff("wen-ruijie"), "opening", Money.FromYuan(1000), "青财预〔2026〕2号"), head.Guard);
        var desk = new PayRunDesk(head.Get<IPayRunBooks>(), head.Shelf, head.Shelf, new Lost(), head.Time);
        var run = (await desk.OpenAsync("qian-duoduo", Fund, new DateOnly(2026, 12, 31), "form", head.Guard)).Run!.Id;
        var log = new Alarms();
        var alarms = new PayRunAlarms(log);

        var activities = new PayRunActivities(head.Get<PayRuns>(), desk, head.Get<Instances>(), alarms);
        await Assert.ThrowsAsync<PayRunException>(() => activities.PlanAsync(new PayRunOrder("nonsense"), head.Guard));
        var patrol = new PayRunPatrol(
            head.Get<IPayRunBooks>(), head.Get<PayRuns>(), head.Get<DurablePayRunNudges>(), head.Get<Instances>(), alarms, head.Time, NullLogger<PayRunPatrol>.Instance);
        head.Time.Advance(TimeSpan.FromHours(1));
        await patrol.WalkAsync(head.Guard);
        await head.Engine.EndAsync($"{run}-collect");
        await patrol.WalkAsync(head.Guard);

        Assert.Equal(["PayRunFailed nonsense", $"PayRunStandsStill {run}"], log.Lines);
    }

    private sealed class Lost : IPayRunNudges
    {
        public Task NudgeAsync(Core.Payments.PayRunId run, CancellationToken cancel) => Task.CompletedTask;
    }

    private sealed class Alarms : ILogger<PayRunAlarms>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{eventId.Name} {((IEnumerable<KeyValuePair<string, object?>>)state!).First(property => property.Key == "Run").Value}");
    }
}
