using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Tests.Site;

/// <summary>Streams in memory, with the concurrency of the real ones and made-up hashes.</summary>
internal sealed class MemoryStreams : IStreams
{
    private readonly ConcurrentDictionary<string, Stream> _streams = new();

    private sealed record Stored(Application Application, DateTimeOffset? Due, DateTimeOffset? LeasedUntil) : Head(Application, Due, LeasedUntil);

    private sealed record Stream(Stored Head, IReadOnlyList<Recorded> Events);

    /// <summary>How often a head was read.</summary>
    public int Loads { get; private set; }

    public IReadOnlyCollection<string> Ids => [.. _streams.Keys];

    public IEnumerable<Application> Applications => _streams.Values.Select(stream => stream.Head.Application);

    public IReadOnlyList<Recorded> EventsOf(string id) => _streams[id].Events;

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Failure { get; set; }

    public Task<Head?> LoadAsync(string id, CancellationToken cancel)
    {
        Loads++;
        if (Failure is { } failure)
            throw failure;
        return Task.FromResult<Head?>(_streams.GetValueOrDefault(id)?.Head);
    }

    public Task<Head?> AppendAsync(Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel)
    {
        lock (_streams)
        {
            var current = _streams.GetValueOrDefault(after.Id);
            if (before?.Application.Version != current?.Head.Application.Version)
                return Task.FromResult<Head?>(null);
            var head = new Stored(after, due, null);
            _streams[after.Id] = new Stream(head, [.. current?.Events ?? [], .. events]);
            return Task.FromResult<Head?>(head);
        }
    }

    public Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        Task.FromResult<Head?>(head);

    public Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel) => Task.FromResult<Head?>(head);

    public async IAsyncEnumerable<StoredEvent> ReadAsync(string id, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var recorded in _streams[id].Events)
            yield return new StoredEvent(recorded, JsonSerializer.Serialize(recorded.Event), $"hash-{recorded.Number - 1}", $"hash-{recorded.Number}");
    }

    public IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();
}
