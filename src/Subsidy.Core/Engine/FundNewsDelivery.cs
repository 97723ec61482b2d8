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

    /// <summary>As many as storage takes off the books in one transaction.</summary>
    private const int AtATime = 100;

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
    public Task<int> TellAsync(FundKey key, CancellationToken cancel) => TellAsync(key, books.NewsAsync(key, cancel), cancel);

    /// <summary>Tells the applications of these entitlements, where there is news of them.</summary>
    /// <exception cref="AggregateException">Somebody could not be told; all others were.</exception>
    public Task<int> TellAsync(FundKey key, IReadOnlyList<string> entitlements, CancellationToken cancel) =>
        TellAsync(key, books.NewsAsync(key, entitlements, cancel), cancel);

    /// <summary>What has been told is taken off the books together. Who dies before that has it told again; an application knows what it has heard.</summary>
    private async Task<int> TellAsync(FundKey key, IAsyncEnumerable<FundNews> all, CancellationToken cancel)
    {
        var told = 0;
        var failures = new ConcurrentQueue<Exception>();
        await foreach (var some in all.Chunk(AtATime).WithCancellation(cancel))
        {
            var heard = new ConcurrentQueue<FundNews>();
            await Parallel.ForEachAsync(some, Options(cancel), (news, _) => TryAsync(async () =>
            {
                await TellAsync(news, cancel);
                heard.Enqueue(news);
            }));
            await TryAsync(() => books.HeardAsync(key, [.. heard], cancel));
            told += heard.Count;
        }
        return failures.IsEmpty ? told : throw new AggregateException("Not every application could be told.", failures);

        async ValueTask TryAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
#pragma warning disable CA1031 // One application's trouble must not keep the others from hearing; all of it is told at the end.
            catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failures.Enqueue(failure);
            }
        }
    }

    /// <summary>
    /// What the books said when the news arose. Whatever has changed since is newer news, or the application's own doing, of which it hears
    /// as it is done; it knows an older report by the number of the change.
    /// </summary>
    private Task<DeskAnswer> TellAsync(FundNews news, CancellationToken cancel) =>
        desk.HandleAsync(news.Position.Application, new HearFunds(FundReport.Of(news.Fund, news.Position)), null, cancel);

    private static ParallelOptions Options(CancellationToken cancel) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
}
