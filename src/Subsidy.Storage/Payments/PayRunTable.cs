using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>Reads the rows of the table <c>payruns</c>.</summary>
internal sealed class PayRunTable(TableClient client)
{
    public TableClient Client => client;

    public async Task<PayRunHeadRow?> HeadAsync(PayRunId run, CancellationToken cancel) =>
        await FindAsync(run.ToString(), PayRunRows.Head, cancel) is { } row ? PayRunHeadRow.Of(row) : null;

    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancel)
    {
        var found = await client.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The rows of a partition that are of this kind, in order of their keys.</summary>
    /// <param name="page">How many at a time; null: as many as storage gives.</param>
    public AsyncPageable<TableEntity> RangeAsync(string partition, string kind, IEnumerable<string>? columns, CancellationToken cancel, int? page = null) =>
        client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {kind} and RowKey lt {RowKeys.After(kind)}"), page, select: columns, cancellationToken: cancel);
}
