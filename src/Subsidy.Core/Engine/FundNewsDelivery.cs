using System.Collections.Concurrent;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <summary>
/// Tells applications what has become of their money (a transactional outbox: the news stands in the books until it is told). Whoever
/// changes the books calls it; the patrol calls it for whoever died in between.
/// </summary>
public sealed class FundNewsDelivery(IFundBooks books, FundDesk funds, Desk desk)
{
    private const int AtOnce = 8;

    /// <summary>Serves the queue of every fund-year and tells all news. Returns how many were told.</summary>
    /// <exception cref="AggregateException">One <see cref="FundTendingException"/> for each fund-year that had trouble; all others were tended.</exception>
    public async Task<int> TendAsync(CancellationToken cancel)
    {
        var told = 0;
        var failures = new List<FundTendingException>();
        foreach (var key in await books.AllAsync(cancel))
        {
            try
            {
                told += await TendAsync(key, cancel);
            }
            catch (FundTendingException failure)
            {
                failures.Add(failure);
            }
        }
        return failures.Count == 0 ? told : throw new AggregateException("Not every fund-year could be tended.", failures);
    }

    /// <summary>The same for one fund-year.</summary>
    /// <exception cref="FundTendingException">Its queue could not be served, or somebody could not be told; all others were told.</exception>
    public async Task<int> TendAsync(FundKey key, CancellationToken cancel)
    {
        try
        {
            await funds.ServeAsync(key, cancel);
            return await TellAsync(key, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            throw new FundTendingException(key, failure);
        }
    }

    /// <exception cref="AggregateException">Somebody could not be told; all others were.</exception>
    public Task<int> TellAsync(FundKey key, CancellationToken cancel) => TellAsync(books.NewsAsync(key, cancel), cancel);

    /// <summary>Tells the applications of these entitlements, where there is news of them.</summary>
    /// <exception cref="AggregateException">Somebody could not be told; all others were.</exception>
    public Task<int> TellAsync(FundKey key, IReadOnlyList<string> entitlements, CancellationToken cancel) =>
        TellAsync(books.NewsAsync(key, entitlements, cancel), cancel);

    private async Task<int> TellAsync(IAsyncEnumerable<FundNews> all, CancellationToken cancel)
    {
        var told = 0;
        var failures = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(all, Options(cancel), async (news, stop) =>
        {
            try
            {
                await TellAsync(news, stop);
                Interlocked.Increment(ref told);
            }
#pragma warning disable CA1031 // One application's trouble must not keep the others from hearing; all of it is told at the end.
            catch (Exception failure) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failures.Enqueue(failure);
            }
        });
        return failures.IsEmpty ? told : throw new AggregateException($"{failures.Count} applications could not be told.", failures);
    }

    /// <summary>
    /// Tells one. What is told is what the books say now, not what they said when the news arose; it may be told again, an application
    /// knows what it has heard.
    /// </summary>
    public async Task TellAsync(FundNews news, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(news);
        var position = (await books.LoadAsync(news.Fund, [news.Position.Entitlement], null, cancel)).View.Positions.Single();
        await desk.HandleAsync(position.Application, new HearFunds(FundReport.Of(news.Fund, position)), null, cancel);
        await books.HeardAsync(news, cancel);
    }

    private static ParallelOptions Options(CancellationToken cancel) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
}
