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
    public async Task<int> TendAsync(CancellationToken cancel)
    {
        var told = 0;
        foreach (var key in await books.AllAsync(cancel))
        {
            await funds.ServeAsync(key, cancel);
            told += await TellAsync(key, cancel);
        }
        return told;
    }

    public async Task<int> TellAsync(FundKey key, CancellationToken cancel)
    {
        var told = 0;
        await Parallel.ForEachAsync(books.NewsAsync(key, cancel), Options(cancel), async (news, stop) =>
        {
            await TellAsync(news, stop);
            Interlocked.Increment(ref told);
        });
        return told;
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
