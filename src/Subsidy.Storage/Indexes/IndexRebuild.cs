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
            var application = await FoldAsync(id, cancel);
            while (true)
            {
                var rows = IndexRows.Of(application).ToList();
                foreach (var row in rows)
                    await table.UpsertEntityAsync(row.ToEntity(), TableUpdateMode.Replace, cancel);
                var now = await FoldAsync(id, cancel);
                if (now.Version == application.Version)
                {
                    written += rows.Count;
                    break;
                }
                application = now;
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

    /// <summary>The head is read after the rows: a row that has come since is not among them, and one that has gone is not missed.</summary>
    private async Task<int> SweepAsync(string id, List<TableEntity> rows, CancellationToken cancel)
    {
        var right = await NowAsync(id, cancel) is { } application ? IndexRows.Of(application).Select(row => row.Key).ToHashSet() : [];
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

    /// <summary>An erased application has no state that could be opened, yet a history, and by that it is still found.</summary>
    private async Task<Application?> NowAsync(string id, CancellationToken cancel)
    {
        if (await streams.LoadAsync(id, cancel) is { } head)
            return head.Application;
        return await streamTable.FindHeadAsync(id, cancel) is { Version: > 0 } ? await FoldAsync(id, cancel) : null;
    }

    private async Task<Application> FoldAsync(string id, CancellationToken cancel)
    {
        var folded = Evolver.Fold(id, (await streams.ReadAsync(id, cancel).ToListAsync(cancel)).Select(stored => stored.Recorded));
        return await streamTable.FindHeadAsync(id, cancel) is { Keys: null } ? IndexRows.Erased(folded) : folded;
    }
}

/// <param name="Written">Rows that stand.</param>
/// <param name="Deleted">Rows that no application had.</param>
public sealed record Rebuilt(int Written, int Deleted);
