using System.Runtime.CompilerServices;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

/// <summary>Books in memory, by the same rules as in storage: one transaction at a time, a writer whose sheet is old writes nothing.</summary>
internal sealed class MemoryBooks : IFundBooks
{
    private readonly Dictionary<FundKey, Year> _years = [];

    /// <summary>Called before and after every transaction: the process may die there.</summary>
    public Action<FundKey> Breaks { get; set; } = _ => { };

    public Year Of(FundKey key) => _years.TryGetValue(key, out var year) ? year : _years[key] = new Year(key);

    public Task<FundSheet> LoadAsync(FundKey key, IReadOnlyList<string> entitlements, FundEntry? entry, CancellationToken cancel)
    {
        var year = Of(key);
        var positions = entitlements.Distinct().Select(id => year.Positions.GetValueOrDefault(id)).OfType<Position>().ToList();
        return Task.FromResult<FundSheet>(new Sheet(new FundView(year.Fund, positions, entry is not null && year.Once.ContainsKey(entry.Id))
        {
            OtherContent = entry is not null && year.Once.TryGetValue(entry.Id, out var content) && content != entry.Content,
        }, year.Turn));
    }

    public Task<FundSheet> LoadQueueAsync(FundKey key, int take, CancellationToken cancel)
    {
        var year = Of(key);
        var waiting = year.Positions.Values.Where(position => position.State is PositionState.Waiting).OrderBy(position => position.Ticket).Take(take).ToList();
        return Task.FromResult<FundSheet>(new Sheet(new FundView(year.Fund, waiting, EntryExists: false), year.Turn));
    }

    public Task<Fund?> AppendAsync(FundSheet before, FundDecided decided, FundEntry? entry, CancellationToken cancel)
    {
        var year = Of(decided.Fund.Key);
        Breaks(decided.Fund.Key);
        if (((Sheet)before).Turn != year.Turn || (entry is not null && !year.Once.TryAdd(entry.Id, entry.Content)))
            return Task.FromResult<Fund?>(null);
        year.Write(decided);
        Breaks(decided.Fund.Key);
        return Task.FromResult<Fund?>(decided.Fund);
    }

    public async IAsyncEnumerable<Position> DueAsync(FundKey key, DateOnly until, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var position in Of(key).Positions.Values.Where(position => position.State is PositionState.Reserved && position.Due <= until).OrderBy(position => position.Due).ToList())
            yield return position;
    }

    public async IAsyncEnumerable<FundNews> NewsAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var position in Of(key).News.Values.ToList())
            yield return new News(key, position);
    }

    public IAsyncEnumerable<FundNews> NewsAsync(FundKey key, IReadOnlyList<string> entitlements, CancellationToken cancel) =>
        NewsAsync(key, cancel).Where(news => entitlements.Contains(news.Position.Entitlement));

    public Task HeardAsync(FundKey key, IReadOnlyList<FundNews> news, CancellationToken cancel)
    {
        var there = Of(key).News;
        foreach (var heard in news)
            if (there.TryGetValue(heard.Position.Entitlement, out var position) && position == heard.Position)
                there.Remove(heard.Position.Entitlement);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Position> HandedOutAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var position in Of(key).Positions.Values.Where(position => position.State is PositionState.HandedOut).ToList())
            yield return position;
    }

    public async IAsyncEnumerable<Position> OpenAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var position in Of(key).Positions.Values.Where(position => position.Open).ToList())
            yield return position;
    }

    public async IAsyncEnumerable<StoredEntry> ReadAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var entry in Of(key).Entries.ToList())
            yield return new StoredEntry(entry, "", "", "");
    }

    public async IAsyncEnumerable<LedgerEntry> PageAsync(FundKey key, int first, int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var entry in Of(key).Entries.Where(entry => entry.Number >= first && entry.Number < first + count).ToList())
            yield return entry;
    }

    public Task<IReadOnlyList<FundKey>> AllAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<FundKey>>([.. _years.Keys]);

    /// <summary>One fund-year.</summary>
    public sealed class Year(FundKey key)
    {
        public Fund Fund { get; private set; } = Fund.Empty(key);
        public int Turn { get; private set; }
        public List<LedgerEntry> Entries { get; } = [];
        public Dictionary<string, Position> Positions { get; } = [];
        public Dictionary<string, Position> News { get; } = [];
        public Dictionary<string, string?> Once { get; } = [];

        public void Write(FundDecided decided)
        {
            Turn++;
            Fund = decided.Fund;
            Entries.AddRange(decided.Entries);
            foreach (var position in decided.Positions)
                Positions[position.Entitlement] = position;
            foreach (var entitlement in decided.News)
                News[entitlement] = Positions[entitlement];
        }
    }

    private sealed record Sheet(FundView View, int Turn) : FundSheet(View);

    private sealed record News(FundKey Fund, Position Position) : FundNews(Fund, Position);
}
