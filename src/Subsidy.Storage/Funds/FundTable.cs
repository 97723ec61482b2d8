using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <summary>Reads the rows of the table <c>funds</c>.</summary>
internal sealed class FundTable(TableClient client)
{
    public TableClient Client => client;

    public async Task<FundHeadRow> HeadAsync(FundKey key, CancellationToken cancel) =>
        await FindAsync(key, FundRows.Head, cancel) is { } row ? FundHeadRow.Of(key, row) : FundHeadRow.Empty(key);

    public async Task<TableEntity?> FindAsync(FundKey key, string rowKey, CancellationToken cancel)
    {
        var found = await client.GetEntityIfExistsAsync<TableEntity>(key.ToString(), rowKey, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>One range of one partition, in order of the row keys.</summary>
    /// <param name="page">How many at a time; null: as many as storage gives.</param>
    public IAsyncEnumerable<TableEntity> RangeAsync(FundKey key, string from, string before, int? page, CancellationToken cancel) =>
        client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {key.ToString()} and RowKey ge {from} and RowKey lt {before}"), page, cancellationToken: cancel);

    /// <summary>The positions of a fund-year, in order of their entitlements.</summary>
    public async IAsyncEnumerable<Position> PositionsAsync(FundKey key, bool openOnly, [EnumeratorCancellation] CancellationToken cancel)
    {
        const string Kind = FundRows.Kinds.Position;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.ToString()} and RowKey ge {Kind} and RowKey lt {RowKeys.After(Kind)}");
        await foreach (var row in client.QueryAsync<TableEntity>(openOnly ? $"{filter} and Open eq true" : filter, cancellationToken: cancel))
            yield return PositionRow.Of(row).Position;
    }

    /// <summary>The entries that stand there, from the first to the last of these numbers; one that is missing is left out.</summary>
    public async IAsyncEnumerable<EntryRow> EntriesAsync(FundKey key, int first, int last, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in RangeAsync(key, FundRows.Entry(first), FundRows.Entry(last + 1), null, cancel))
            yield return EntryRow.Of(row, int.Parse(row.RowKey.AsSpan(FundRows.Kinds.Entry.Length), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Puts a fund-year on the list. Before its first entry, so that no fund-year has books that the list does not know; one that is on
    /// the list and has none is empty.
    /// </summary>
    public Task ListAsync(FundKey key, CancellationToken cancel) =>
        client.UpsertEntityAsync(new TableEntity(FundRows.Years, key.ToString()), TableUpdateMode.Replace, cancel);

    public async Task<IReadOnlyList<FundKey>> YearsAsync(CancellationToken cancel)
    {
        var keys = new List<FundKey>();
        await foreach (var row in client.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {FundRows.Years}"), cancellationToken: cancel))
            keys.Add(FundKey.Parse(row.RowKey) ?? throw new InvalidOperationException($"'{row.RowKey}' on the list is no fund-year."));
        return keys;
    }
}
