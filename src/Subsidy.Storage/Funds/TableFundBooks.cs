using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <summary>
/// The books in one table, a partition for each fund-year. Rows: <c>head</c>; <c>p|{number}</c> ledger entries; <c>e|{entitlement}</c>
/// positions; <c>q|{ticket}</c> while one waits; <c>d|{day}|{entitlement}</c> while one may be paid; <c>n|{entitlement}</c> of which the
/// application has yet to hear; <c>x|{hash}</c> of the id of an entry that may stand there once. Nothing personal is among them.
/// </summary>
internal sealed class TableFundBooks(FundTable table) : IFundBooks
{
    /// <remarks>
    /// The head is read first: then whatever changes while the rest is read changes the head too, and the transaction fails. A decision
    /// that writes nothing has no such guard, so rows that are newer than the head are not taken.
    /// </remarks>
    public async Task<FundSheet> LoadAsync(FundKey key, IReadOnlyList<string> entitlements, FundEntry? entry, CancellationToken cancel)
    {
        while (true)
        {
            var head = await table.HeadAsync(key, cancel);
            var positions = Task.WhenAll(entitlements.Distinct().Select(id => table.FindAsync(key, FundRows.Position(id), cancel)));
            var once = entry is null ? null : await table.FindAsync(key, FundRows.Once(entry.Id), cancel);
            var rows = (await positions).OfType<TableEntity>().Select(PositionRow.Of).ToList();
            if (rows.All(row => row.Turn <= head.Turn) && (once?.GetInt64(nameof(FundHeadRow.Turn)) ?? 0) <= head.Turn)
            {
                return new StoredSheet(
                    new FundView(head.Fund, [.. rows.Select(row => row.Position)], once is not null) { OtherContent = once is not null && !FundRows.Says(once, entry!) }, head);
            }
        }
    }

    public async Task<FundSheet> LoadQueueAsync(FundKey key, int take, CancellationToken cancel)
    {
        while (true)
        {
            var head = await table.HeadAsync(key, cancel);
            var rows = new List<PositionRow>(take);
            await foreach (var row in table.RangeAsync(key, FundRows.Kinds.Ticket, RowKeys.After(FundRows.Kinds.Ticket), take, cancel))
            {
                rows.Add(PositionRow.Of(row));
                if (rows.Count == take)
                    break;
            }
            if (rows.All(row => row.Turn <= head.Turn))
                return new StoredSheet(new FundView(head.Fund, [.. rows.Select(row => row.Position)], EntryExists: false), head);
        }
    }

    public async Task<Fund?> AppendAsync(FundSheet before, FundDecided decided, FundEntry? entry, CancellationToken cancel)
    {
        var sheet = (StoredSheet)before;
        var change = new FundChange(sheet, decided, entry);
        if (sheet.Head.ETag is null)
            await table.ListAsync(decided.Fund.Key, cancel);
        try
        {
            await change.SubmitAsync(table.Client, cancel);
            return decided.Fund;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return await LandedAsync(decided, change.Mark, cancel) ? decided.Fund : null;
        }
    }

    public async IAsyncEnumerable<Position> DueAsync(FundKey key, DateOnly until, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in table.RangeAsync(key, FundRows.Kinds.Due, FundRows.DueAfter(until), null, cancel))
            yield return PositionRow.Of(row).Position;
    }

    public async IAsyncEnumerable<Position> HandedOutAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in table.RangeAsync(key, FundRows.Kinds.HandedOut, RowKeys.After(FundRows.Kinds.HandedOut), null, cancel))
            yield return PositionRow.Of(row).Position;
    }

    public async IAsyncEnumerable<FundNews> NewsAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in table.RangeAsync(key, FundRows.Kinds.News, RowKeys.After(FundRows.Kinds.News), null, cancel))
            yield return new StoredNews(key, PositionRow.Of(row).Position, row.ETag);
    }

    public async IAsyncEnumerable<FundNews> NewsAsync(FundKey key, IReadOnlyList<string> entitlements, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in entitlements.Chunk(FundCommand.MostAtOnce))
            foreach (var row in await Task.WhenAll(some.Select(id => table.FindAsync(key, FundRows.News(id), cancel))))
                if (row is not null)
                    yield return new StoredNews(key, PositionRow.Of(row).Position, row.ETag);
    }

    public async Task HeardAsync(FundKey key, IReadOnlyList<FundNews> news, CancellationToken cancel)
    {
        foreach (var some in news.Cast<StoredNews>().Chunk(FundChange.MostRows))
        {
            try
            {
                await table.Client.SubmitTransactionAsync(
                    some.Select(heard => new TableTransactionAction(
                        TableTransactionActionType.Delete, new TableEntity(key.ToString(), FundRows.News(heard.Position.Entitlement)), heard.ETag)),
                    cancel);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 412)
            {
                // There is newer news of one, or somebody else has told it: each by itself.
                foreach (var heard in some)
                    await HeardAsync(key, heard, cancel);
            }
        }
    }

    private async Task HeardAsync(FundKey key, StoredNews heard, CancellationToken cancel)
    {
        try
        {
            await table.Client.DeleteEntityAsync(key.ToString(), FundRows.News(heard.Position.Entitlement), heard.ETag, cancel);
        }
        catch (RequestFailedException e) when (e.Status is 412)
        {
            // There is newer news: it stays.
        }
    }

    public async IAsyncEnumerable<Position> OpenAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var position in table.PositionsAsync(key, openOnly: true, cancel))
            yield return position;
    }

    public async IAsyncEnumerable<StoredEntry> ReadAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        var head = await table.HeadAsync(key, cancel);
        var previous = Streams.HashChain.Genesis;
        var next = 1;
        await foreach (var row in table.EntriesAsync(key, 0, head.Fund.Version, cancel))
        {
            if (row.Number != next++)
                throw new BrokenLedgerException(key, next - 1);
            yield return row.ToStored(previous);
            previous = row.Hash;
        }
        if (next <= head.Fund.Version)
            throw new BrokenLedgerException(key, next);
    }

    public async IAsyncEnumerable<LedgerEntry> PageAsync(FundKey key, int first, int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in table.EntriesAsync(key, first, first + count - 1, cancel))
            yield return row.Entry;
    }

    public Task<IReadOnlyList<FundKey>> AllAsync(CancellationToken cancel) => table.YearsAsync(cancel);

    /// <summary>
    /// The transaction was refused because the fund-year has moved. It may have been this very transaction that moved it: the answer to a
    /// first attempt got lost and the client tried again. Then our mark is on its last entry; or, where it wrote none, on the head. If
    /// somebody has overwritten that, the caller decides again and finds it done.
    /// </summary>
    private async Task<bool> LandedAsync(FundDecided decided, string mark, CancellationToken cancel) => decided.Entries is [.., var last]
        ? await table.FindAsync(decided.Fund.Key, FundRows.Entry(last.Number), cancel) is { } row && EntryRow.MarkOf(row) == mark
        : (await table.HeadAsync(decided.Fund.Key, cancel)).Mark == mark;
}
