using System.Runtime.CompilerServices;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Payments;

/// <summary>Books behind the turnstile. Nobody is told anything: what applications make of their news is tested elsewhere.</summary>
internal sealed class TurnstileBooks(IFundBooks books, Turnstile turn) : IFundBooks
{
    public Task<FundSheet> LoadAsync(FundKey key, IReadOnlyList<string> entitlements, FundEntry? entry, CancellationToken cancel) =>
        turn.PassAsync(() => books.LoadAsync(key, entitlements, entry, cancel));

    public Task<FundSheet> LoadQueueAsync(FundKey key, int take, CancellationToken cancel) => turn.PassAsync(() => books.LoadQueueAsync(key, take, cancel));

    public Task<Fund?> AppendAsync(FundSheet before, FundDecided decided, FundEntry? entry, CancellationToken cancel) =>
        turn.PassAsync(() => books.AppendAsync(before, decided, entry, cancel));

    public IAsyncEnumerable<Position> DueAsync(FundKey key, DateOnly until, CancellationToken cancel) => AllAsync(books.DueAsync(key, until, cancel), cancel);

    public IAsyncEnumerable<Position> HandedOutAsync(FundKey key, CancellationToken cancel) => AllAsync(books.HandedOutAsync(key, cancel), cancel);

    public IAsyncEnumerable<FundNews> NewsAsync(FundKey key, CancellationToken cancel) => AsyncEnumerable.Empty<FundNews>();

    public IAsyncEnumerable<FundNews> NewsAsync(FundKey key, IReadOnlyList<string> entitlements, CancellationToken cancel) => AsyncEnumerable.Empty<FundNews>();

    public Task HeardAsync(FundKey key, IReadOnlyList<FundNews> news, CancellationToken cancel) => Task.CompletedTask;

    public IAsyncEnumerable<Position> OpenAsync(FundKey key, CancellationToken cancel) => AllAsync(books.OpenAsync(key, cancel), cancel);

    public IAsyncEnumerable<LedgerEntry> PageAsync(FundKey key, int first, int count, CancellationToken cancel) =>
        AllAsync(books.PageAsync(key, first, count, cancel), cancel);

    public IAsyncEnumerable<StoredEntry> ReadAsync(FundKey key, CancellationToken cancel) => AllAsync(books.ReadAsync(key, cancel), cancel);

    public Task<IReadOnlyList<FundKey>> AllAsync(CancellationToken cancel) => turn.PassAsync(() => books.AllAsync(cancel));

    private async IAsyncEnumerable<T> AllAsync<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var item in await turn.PassAsync(async () => await items.ToListAsync(cancel)))
            yield return item;
    }
}
