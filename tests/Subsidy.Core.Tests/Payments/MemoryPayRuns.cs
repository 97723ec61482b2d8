using System.Runtime.CompilerServices;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Tests.Payments;

/// <summary>Pay runs in memory, by the same rules as in storage: a writer whose sheet is old writes nothing.</summary>
internal sealed class MemoryPayRuns(Turnstile turn) : IPayRunBooks
{
    private readonly Dictionary<PayRunId, Stored> _runs = [];
    private readonly Dictionary<FundKey, int> _numbers = [];
    private readonly Dictionary<(FundKey Fund, string Key), PayRunId> _openings = [];
    private readonly HashSet<PayRunId> _unfinished = [];

    public Task<PayRunId> NumberAsync(FundKey fund, string key, CancellationToken cancel) => turn.PassAsync(() =>
    {
        if (_openings.TryGetValue((fund, key), out var own) && (!_runs.TryGetValue(own, out var opened) || opened.Run.Key == key))
            return Task.FromResult(own);
        var last = _numbers.GetValueOrDefault(fund);
        if (last == 0 || _runs.ContainsKey(new PayRunId(fund, last)))
            _numbers[fund] = ++last;
        return Task.FromResult(_openings[(fund, key)] = new PayRunId(fund, last));
    });

    public Task<PayRunSheet?> LoadAsync(PayRunId run, CancellationToken cancel) =>
        turn.PassAsync(() => Task.FromResult<PayRunSheet?>(_runs.TryGetValue(run, out var stored) ? new Sheet(stored.Run) : null));

    public Task<PayRunSheet?> AppendAsync(
        PayRunSheet? before, PayRun after, IReadOnlyList<PayRunRecorded> events, ChunkChange? chunk, CancellationToken cancel) => turn.PassAsync(() =>
    {
        var there = _runs.GetValueOrDefault(after.Id);
        if (there?.Run.Version != before?.Run.Version || (chunk is not null && !Stands(there!, chunk.Before)))
            return Task.FromResult<PayRunSheet?>(null);
        there ??= _runs[after.Id] = new Stored();
        there.Run = after;
        there.Events.AddRange(events);
        foreach (var taken in events.Select(recorded => recorded.Event).OfType<AnswerTaken>())
            there.Answers.Add(taken.MessageId, taken.Sha256);
        if (chunk is not null)
            Put(there, chunk.After);
        _unfinished.Add(after.Id);
        return Task.FromResult<PayRunSheet?>(new Sheet(after));
    });

    public Task<bool> AddAsync(PayRunSheet run, PayChunk chunk, CancellationToken cancel) => turn.PassAsync(() =>
    {
        var there = _runs[run.Run.Id];
        if (there.Chunks.ContainsKey(chunk.Number))
            return Task.FromResult(false);
        Put(there, chunk);
        return Task.FromResult(true);
    });

    public Task<bool> ReplaceAsync(PayRunSheet run, ChunkChange change, CancellationToken cancel) => turn.PassAsync(() =>
    {
        var there = _runs[run.Run.Id];
        if (!Stands(there, change.Before))
            return Task.FromResult(false);
        Put(there, change.After);
        return Task.FromResult(true);
    });

    public Task<ChunkSheet?> FindAsync(PayRunSheet run, int chunk, CancellationToken cancel) => turn.PassAsync(() =>
        Task.FromResult<ChunkSheet?>(_runs[run.Run.Id].Chunks.TryGetValue(chunk, out var found) ? new Row(found.Chunk, found.Turn) : null));

    public async IAsyncEnumerable<PayChunk> ChunksAsync(PayRunSheet run, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var chunk in await turn.PassAsync(() => Task.FromResult(_runs[run.Run.Id].Chunks.Values.Select(row => row.Chunk).Where(chunk => run.Run.Counts(chunk.Number)).ToList())))
            yield return chunk;
    }

    public IAsyncEnumerable<ChunkTally> TalliesAsync(PayRunSheet run, CancellationToken cancel) => ChunksAsync(run, cancel).Select(ChunkTally.Of);

    public Task<string?> AnswerAsync(PayRunId run, string messageId, CancellationToken cancel) =>
        turn.PassAsync(() => Task.FromResult(_runs[run].Answers.GetValueOrDefault(messageId)));

    public async IAsyncEnumerable<StoredPayRunEvent> ReadAsync(PayRunId run, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var recorded in await turn.PassAsync(() => Task.FromResult(_runs[run].Events.ToList())))
            yield return new StoredPayRunEvent(recorded, "", "", "");
    }

    public Task<IReadOnlyList<PayRunId>> AllAsync(FundKey fund, CancellationToken cancel) => turn.PassAsync(() =>
        Task.FromResult<IReadOnlyList<PayRunId>>([.. _runs.Keys.Where(id => id.Fund == fund).OrderByDescending(id => id.Number)]));

    public Task<IReadOnlyList<PayRunId>> UnfinishedAsync(CancellationToken cancel) =>
        turn.PassAsync(() => Task.FromResult<IReadOnlyList<PayRunId>>([.. _unfinished]));

    public Task ForgetAsync(PayRunId run, CancellationToken cancel) => turn.PassAsync(() => _unfinished.Remove(run));

    private static bool Stands(Stored run, ChunkSheet before) => run.Chunks[before.Chunk.Number].Turn == ((Row)before).Turn;

    private static void Put(Stored run, PayChunk chunk) => run.Chunks[chunk.Number] = (chunk, ++run.Turn);

    private sealed class Stored
    {
        public PayRun Run { get; set; } = null!;
        public List<PayRunRecorded> Events { get; } = [];
        public SortedDictionary<int, (PayChunk Chunk, int Turn)> Chunks { get; } = [];
        public Dictionary<string, string> Answers { get; } = [];
        public int Turn { get; set; }
    }

    private sealed record Sheet(PayRun Run) : PayRunSheet(Run);

    private sealed record Row(PayChunk Chunk, int Turn) : ChunkSheet(Chunk);
}
