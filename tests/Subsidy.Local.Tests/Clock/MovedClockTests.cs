using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Storage.Clock;

namespace Subsidy.Local.Tests.Clock;

public sealed class MovedClockTests(SharedAzurite azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _system = new(Start);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await azurite.Tables.DeleteTableAsync("clock", Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_clock_that_was_never_moved_is_the_systems()
    {
        var clock = Clock();
        await clock.RefreshAsync(Cancellation);

        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task What_one_process_advances_the_other_reads()
    {
        var (here, there) = (Clock(), Clock());

        await here.AdvanceAsync(TimeSpan.FromDays(7), Cancellation);
        await there.RefreshAsync(Cancellation);
        await there.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        await here.RefreshAsync(Cancellation);

        Assert.Equal(Start.AddDays(7).AddHours(1), here.GetUtcNow());
        Assert.Equal(here.GetUtcNow(), there.GetUtcNow());
    }

    [Fact]
    public async Task It_still_runs_after_it_was_moved()
    {
        var clock = Clock();
        await clock.AdvanceAsync(TimeSpan.FromDays(7), Cancellation);

        _system.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Start.AddDays(7).AddMinutes(5), clock.GetUtcNow());
    }

    [Fact]
    public async Task Those_that_advance_at_once_are_all_counted()
    {
        var clocks = Enumerable.Range(0, 8).Select(_ => Clock()).ToList();

        await Task.WhenAll(clocks.Select(clock => clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation)));

        Assert.Equal(TimeSpan.FromDays(8), await new TableClockOffset(azurite.Tables).ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Time_does_not_go_back() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Clock().AdvanceAsync(TimeSpan.FromDays(-1), Cancellation));

    [Fact]
    public async Task Timers_keep_the_pace_of_the_system()
    {
        var clock = Clock();
        var fired = 0;
        await using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);

        await clock.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        Assert.Equal(0, fired);

        _system.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, fired);
    }

    private MovedClock Clock() => new(new TableClockOffset(azurite.Tables), _system);
}
