using System.Runtime.CompilerServices;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Web.Tests.Site;

/// <summary>Pay runs in memory. Pages ask one after another, so a writer whose sheet is old is all that is refused.</summary>
internal sealed class MemoryRuns : IPayRunBooks
{
    private readonly Dictionary<PayRunId, Stored> _runs = [];

    public List<PayRunRecorded> EventsOf(PayRunId run) => _runs.GetValueOrDefault(run)?.Events ?? [];

    public Task<PayRunId> NumberAsync(FundKey fund, string key, CancellationToken cancel) => Task.FromResult(
        _runs.Values.FirstOrDefault(stored => stored.Run.Id.Fund == fund && stored.Run.Key == key)?.Run.Id ?? new PayRunId(fund, _runs.Keys.Count(run => run.Fund == fund) + 1));

    public Task<PayRunSheet?> LoadAsync(PayRunId run, CancellationToken cancel) =>
        Task.FromResult<PayRunSheet?>(_runs.GetValueOrDefault(run) is { } stored ? new Sheet(stored.Run) : null);

    public Task<PayRunSheet?> AppendAsync(
        PayRunSheet? before, PayRun after, IReadOnlyList<PayRunRecorded> events, ChunkChange? chunk, CancellationToken cancel)
    {
        var stored = _runs.TryGetValue(after.Id, out var known) ? known : new Stored(after);
        if ((known?.Run.Version ?? 0) != (before?.Run.Version ?? 0))
            return Task.FromResult<PayRunSheet?>(null);
        stored.Run = after;
        stored.Events.AddRange(events);
        if (chunk is not null)
            stored.Chunks[chunk.After.Number] = chunk.After;
        _runs[after.Id] = stored;
        return Task.FromResult<PayRunSheet?>(new Sheet(after));
    }

    public Task<bool> AddAsync(PayRunSheet run, PayChunk chunk, CancellationToken cancel) => Task.FromResult(_runs[run.Run.Id].Chunks.TryAdd(chunk.Number, chunk));

    public Task<bool> ReplaceAsync(PayRunSheet run, ChunkChange change, CancellationToken cancel)
    {
        _runs[run.Run.Id].Chunks[change.After.Number] = change.After;
        return Task.FromResult(true);
    }

    public Task<ChunkSheet?> FindAsync(PayRunSheet run, int chunk, CancellationToken cancel) =>
        Task.FromResult<ChunkSheet?>(_runs[run.Run.Id].Chunks.GetValueOrDefault(chunk) is { } found ? new Page(found) : null);

    public async IAsyncEnumerable<PayChunk> ChunksAsync(PayRunSheet run, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var chunk in _runs[run.Run.Id].Chunks.Values.ToList())
            yield return chunk;
    }

    public IAsyncEnumerable<ChunkTally> TalliesAsync(PayRunSheet run, CancellationToken cancel) => ChunksAsync(run, cancel).Select(ChunkTally.Of);

    public Task<string?> AnswerAsync(PayRunId run, string messageId, CancellationToken cancel) => Task.FromResult(
        _runs[run].Events.Select(recorded => recorded.Event).OfType<AnswerTaken>().LastOrDefault(taken => taken.MessageId == messageId)?.Sha256);

    public IAsyncEnumerable<StoredPayRunEvent> ReadAsync(PayRunId run, CancellationToken cancel) =>
        _runs[run].Events.ToAsyncEnumerable().Select(recorded => new StoredPayRunEvent(recorded, "", "", ""));

    public Task<IReadOnlyList<PayRunId>> AllAsync(FundKey fund, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PayRunId>>([.. _runs.Keys.Where(run => run.Fund == fund).OrderByDescending(run => run.Number)]);

    public Task<IReadOnlyList<PayRunId>> UnfinishedAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PayRunId>>([.. _runs.Values.Where(stored => !stored.Run.Final).Select(stored => stored.Run.Id)]);

    public Task ForgetAsync(PayRunId run, CancellationToken cancel) => Task.CompletedTask;

    private sealed class Stored(PayRun run)
    {
        public PayRun Run { get; set; } = run;
        public List<PayRunRecorded> Events { get; } = [];
        public SortedDictionary<int, PayChunk> Chunks { get; } = [];
    }

    private sealed record Sheet(PayRun Run) : PayRunSheet(Run);

    private sealed record Page(PayChunk Chunk) : ChunkSheet(Chunk);
}
