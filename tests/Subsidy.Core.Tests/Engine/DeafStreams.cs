using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Core.Tests.Engine;

/// <summary>Knows no application, remembers which were looked for, and fails for those that a test names.</summary>
internal sealed class DeafStreams : IStreams
{
    private readonly Lock gate = new();
    private readonly List<string> asked = [];

    public HashSet<string> Broken { get; } = [];

    public Action<string> OnAsked { get; set; } = _ => { };

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (gate)
                return [.. asked.Order(StringComparer.Ordinal)];
        }
    }

    public Task<Head?> LoadAsync(string id, CancellationToken cancel)
    {
        lock (gate)
            asked.Add(id);
        OnAsked(id);
        return Broken.Contains(id) ? Task.FromException<Head?>(new IOException("The storage is down.")) : Task.FromResult<Head?>(null);
    }

    public Task<Head?> AppendAsync(Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<StoredEvent> ReadAsync(string id, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();
}
