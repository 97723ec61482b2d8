using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Indexes;

/// <summary>Makes all index rows again from the streams, and takes away those that no application has. Safe while everything runs.</summary>
public sealed class IndexRebuild
{
    private readonly StreamTable streamTable;
    private readonly IStreams streams;
    private readonly TableClient table;

    internal IndexRebuild(StreamTable streamTable, IStreams streams, StorageSettings settings) =>
        (this.streamTable, this.streams, table) = (streamTable, streams, settings.Table("indexes"));

    /// <returns>How many rows stand, and how many were taken away.</returns>
    public async Task<(int Written, int Deleted)> RunAsync(CancellationToken cancel)
    {
        var right = new HashSet<string>();
        await foreach (var id in streamTable.AllAsync(cancel))
        {
            // The application may go on meanwhile, and its turn may have written newer rows than these: then once more.
            var application = await FoldAsync(id, cancel);
            while (true)
            {
                var rows = IndexRows.Of(application).ToList();
                foreach (var row in rows)
                    await table.UpsertEntityAsync(row.ToEntity(), TableUpdateMode.Replace, cancel);
                var now = await FoldAsync(id, cancel);
                if (now.Version == application.Version)
                {
                    right.UnionWith(rows.Select(row => row.Key));
                    break;
                }
                application = now;
            }
        }

        var deleted = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey", IndexRow.Application], cancellationToken: cancel))
        {
            if (right.Contains(row.RowKey) || await HasAsync(row.GetString(IndexRow.Application), row.RowKey, cancel))
                continue;
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancel);
            deleted++;
        }
        return (right.Count, deleted);
    }

    /// <summary>A row that came after its application was looked at is no leftover.</summary>
    private async Task<bool> HasAsync(string id, string key, CancellationToken cancel) =>
        await streamTable.FindHeadAsync(id, cancel) is { Version: > 0 } && IndexRows.Of(await FoldAsync(id, cancel)).Any(row => row.Key == key);

    private async Task<Application> FoldAsync(string id, CancellationToken cancel) =>
        Evolver.Fold(id, (await streams.ReadAsync(id, cancel).ToListAsync(cancel)).Select(stored => stored.Recorded));
}
