using System.Runtime.CompilerServices;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Tests.Pages;

/// <summary>Streams in memory, for pages to show. What storage promises is tested over real storage.</summary>
internal sealed class MemoryStreams : IStreams
{
    private sealed record MemoryHead(Application Application, DateTimeOffset? Due) : Head(Application, Due, null);

    private readonly Dictionary<string, (MemoryHead Head, List<Recorded> Events)> _streams = [];

    public Task<Head?> LoadAsync(string id, CancellationToken cancel) =>
        Task.FromResult<Head?>(_streams.TryGetValue(id, out var stream) ? stream.Head : null);

    public Task<Head?> AppendAsync(
        Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel)
    {
        var known = _streams.TryGetValue(after.Id, out var stream) ? stream.Events : [];
        if (known.Count != (before?.Application.Version ?? 0))
            return Task.FromResult<Head?>(null);
        var head = new MemoryHead(after, due);
        _streams[after.Id] = (head, [.. known, .. events]);
        return Task.FromResult<Head?>(head);
    }

    public Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) => Task.FromResult<Head?>(head);

    public Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel) => Task.FromResult<Head?>(head);

    public async IAsyncEnumerable<StoredEvent> ReadAsync(string id, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var recorded in _streams.TryGetValue(id, out var stream) ? stream.Events : [])
            yield return new StoredEvent(recorded, $"{{\"number\":{recorded.Number}}}", "00", "11");
    }

    public async IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        yield break;
    }
}
