using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Indexes;

/// <summary>
/// Makes all index rows again from the streams, and takes away those that no application has. Safe while everything runs, and safe to
/// break off and begin again. In pieces, so that an engine can spread it over time and machines.
/// </summary>
public sealed class IndexRebuild
{
    private const int AtOnce = 8;

    private readonly StreamTable streamTable;
    private readonly IStreams streams;
    private readonly TableClient table;

    internal IndexRebuild(StreamTable streamTable, IStreams streams, StorageSettings settings) =>
        (this.streamTable, this.streams, table) = (streamTable, streams, settings.Table("indexes"));

    /// <summary>The pieces in which <see cref="WriteAsync"/> goes.</summary>
    public static IReadOnlyList<string> Shards { get; } = [.. Rows.Shards];

    /// <summary>All of it, here and now.</summary>
    public async Task<Rebuilt> RunAsync(CancellationToken cancel)
    {
        var written = 0;
        foreach (var shard in Shards)
            written += await WriteAsync(shard, cancel);
        return new Rebuilt(written, await SweepAsync(cancel));
    }

    /// <summary>Writes the rows of one shard's applications.</summary>
    /// <returns>How many.</returns>
    public async Task<int> WriteAsync(string shard, CancellationToken cancel)
    {
        var written = 0;
        await foreach (var id in streamTable.InShardAsync(shard, cancel))
        {
            // The application may go on meanwhile, and its turn may have written newer rows than these: then once more.
            var right = await FromStreamAsync(id, cancel);
            while (true)
            {
                foreach (var row in right.Rows)
                    await table.UpsertEntityAsync(row.ToEntity(), TableUpdateMode.Replace, cancel);
                var now = await FromStreamAsync(id, cancel);
                if (now.Version == right.Version)
                {
                    written += right.Rows.Count;
                    break;
                }
                right = now;
            }
        }
        return written;
    }

    /// <summary>Deletes the rows that the application which they name does not have.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        var found = new Dictionary<string, List<TableEntity>>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey", IndexRow.Application], cancellationToken: cancel))
        {
            var application = row.GetString(IndexRow.Application);
            if (!found.TryGetValue(application, out var rows))
                found[application] = rows = [];
            rows.Add(row);
        }

        var deleted = 0;
        foreach (var some in found.Chunk(AtOnce))
            deleted += (await Task.WhenAll(some.Select(own => SweepAsync(own.Key, own.Value, cancel)))).Sum();
        return deleted;
    }

    /// <summary>What is right is read after the rows: a row that has come since is not among them, and one that has gone is not missed.</summary>
    private async Task<int> SweepAsync(string id, List<TableEntity> rows, CancellationToken cancel)
    {
        var right = (await RightAsync(id, rows, cancel)).Select(row => row.Key).ToHashSet();
        var deleted = 0;
        foreach (var row in rows.Where(row => !right.Contains(row.RowKey)))
        {
            try
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancel);
                deleted++;
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                // Written anew meanwhile: somebody wants it.
            }
        }
        return deleted;
    }

    /// <summary>
    /// The head tells, but of payments, which it forgets; and an erased application has no state that could be opened, yet a history, and by
    /// that it is still found.
    /// </summary>
    private async Task<IEnumerable<IndexRow>> RightAsync(string id, List<TableEntity> rows, CancellationToken cancel)
    {
        var paid = rows.Any(row => row.RowKey.StartsWith(IndexRows.Paid, StringComparison.Ordinal));
        if (!paid && await streams.LoadAsync(id, cancel) is { } head)
            return IndexRows.Of(head.Application);
        return await streamTable.FindHeadAsync(id, cancel) is { Version: > 0 } ? (await FromStreamAsync(id, cancel)).Rows : [];
    }

    private async Task<(int Version, IReadOnlyList<IndexRow> Rows)> FromStreamAsync(string id, CancellationToken cancel)
    {
        var events = await streams.ReadAsync(id, cancel).Select(stored => stored.Recorded).ToListAsync(cancel);
        var folded = Evolver.Fold(id, events);
        var application = await streamTable.FindHeadAsync(id, cancel) is { Keys: null } ? IndexRows.Erased(folded) : folded;
        return (application.Version, [.. IndexRows.Of(application, events)]);
    }
}

/// <param name="Written">Rows that stand.</param>
/// <param name="Deleted">Rows that no application had.</param>
public sealed record Rebuilt(int Written, int Deleted);
