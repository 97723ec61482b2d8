using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Housekeeping;

namespace Subsidy.Functions.Tests;

public sealed class HistoryPurgeTests
{
    private const string Id = "k7qm3wxtpb9c";

    private readonly Script script = new();

    /// <summary>After whatever happens in a test.</summary>
    private static DateTimeOffset Tomorrow => TimeProvider.System.GetUtcNow().AddDays(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Id)]
    [InlineData(Id + "-2")]
    public async Task What_ended_long_ago_is_purged_once_its_application_is_final(string instance)
    {
        await using var engine = await EndedAsync(instance);

        Assert.Equal(1, await PurgeAsync(engine, Status.Closed, Tomorrow));
        Assert.Null(await engine.Client.GetInstanceAsync(instance, Cancel));
    }

    [Fact]
    public async Task What_ended_lately_stays_however_long_ago_it_began()
    {
        await using var engine = await StartAsync(Id);
        var turn = await script.NextAsync();
        var between = TimeProvider.System.GetUtcNow();
        turn.Ends(Script.Turn(final: true));
        await engine.EndAsync(Id);

        Assert.Equal(0, await PurgeAsync(engine, Status.Closed, between));
        Assert.NotNull(await engine.Client.GetInstanceAsync(Id, Cancel));
    }

    [Fact]
    public async Task The_history_of_an_application_that_goes_on_stays()
    {
        await using var engine = await EndedAsync(Id);

        Assert.Equal(0, await PurgeAsync(engine, Status.InReview, Tomorrow));
        Assert.NotNull(await engine.Client.GetInstanceAsync(Id, Cancel));
    }

    [Fact]
    public async Task What_still_runs_stays()
    {
        await using var engine = await StartAsync(Id);
        await script.NextAsync();

        Assert.Equal(0, await PurgeAsync(engine, Status.Closed, Tomorrow));
        Assert.NotNull(await engine.Client.GetInstanceAsync(Id, Cancel));
    }

    private async Task<Engine> EndedAsync(string instance)
    {
        var engine = await StartAsync(instance);
        (await script.NextAsync()).Ends(Script.Turn(final: true));
        await engine.EndAsync(instance);
        return engine;
    }

    private async Task<Engine> StartAsync(string instance)
    {
        var engine = await Engine.StartAsync(script.PlayAsync, Cancel);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            ApplicationOrchestration.Name, new Following(Id, null), new StartOrchestrationOptions(instance), Cancel);
        return engine;
    }

    private static Task<int> PurgeAsync(Engine engine, Status status, DateTimeOffset before) =>
        new HistoryPurge(new OneApplication(status), NullLogger<HistoryPurge>.Instance).PurgeAsync(engine.Client, before, Cancel);

    /// <summary>Streams with one application in them.</summary>
    private sealed class OneApplication(Status status) : IStreams
    {
        public Task<Head?> LoadAsync(string id, CancellationToken cancel)
        {
            Assert.Equal(Id, id);
            return Task.FromResult<Head?>(new Known(new Application
            {
                Id = Id, Version = 9, Changed = 9, Scheme = new SchemePin("transport-subsidy", 1, ""), Village = "xishan", Status = status,
                CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
            }));
        }

        public Task<Head?> AppendAsync(Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) => throw new NotSupportedException();

        public Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredEvent> ReadAsync(string id, CancellationToken cancel) => throw new NotSupportedException();

        public IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();
    }

    private sealed record Known(Application Application) : Head(Application, null, null);
}
