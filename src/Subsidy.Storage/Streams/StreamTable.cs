using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Streams;

/// <summary>Reads the rows of the table <c>applications</c>.</summary>
internal sealed class StreamTable(TableClient client, KeyRing keyRing)
{
    private const int Window = 16;

    public TableClient Client => client;

    public async Task<HeadRow?> FindHeadAsync(string id, CancellationToken cancel)
    {
        var found = await client.GetEntityIfExistsAsync<TableEntity>(Rows.ShardOf(id), Rows.Head(id), cancellationToken: cancel);
        return found.HasValue ? new HeadRow(found.Value!) : null;
    }

    public async Task<EventRow?> FindEventAsync(string id, int number, CancellationToken cancel)
    {
        var found = await client.GetEntityIfExistsAsync<TableEntity>(Rows.ShardOf(id), Rows.Event(id, number), cancellationToken: cancel);
        return found.HasValue ? EventRow.Of(found.Value!, number) : null;
    }

    /// <summary>
    /// Events 1 to <paramref name="count"/> in order; null where a row is missing. Point reads, some at a time: a stream is some thirty
    /// rows, which a range would find slower where storage is an emulator, and hardly faster where it is not.
    /// </summary>
    public async IAsyncEnumerable<EventRow?> EventsAsync(string id, int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var numbers in Enumerable.Range(1, count).Chunk(Window))
            foreach (var row in await Task.WhenAll(numbers.Select(number => FindEventAsync(id, number, cancel))))
                yield return row;
    }

    /// <summary>Null for a row that is not, or is no longer, an application that commands may change.</summary>
    /// <param name="lease">The lease by which the caller holds it, if any.</param>
    public async Task<StoredHead?> OpenAsync(string id, HeadRow row, string? lease, CancellationToken cancel)
    {
        if (row is not { Version: > 0, Keys: { } wrapped })
            return null;
        try
        {
            var keys = await keyRing.UnwrapAsync(id, wrapped, cancel);
            return new StoredHead(row.OpenState(id, keys), row.Due, row.LeasedUntil, row.ETag, row.Hash, keys, lease);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new UnreadableApplicationException(id, e);
        }
    }

    /// <summary>It was altered, a later build has written it, or the key that its own are wrapped with is gone.</summary>
    public static bool IsUnreadable(Exception e) => e is CryptographicException or JsonException or RequestFailedException { Status: 404 };

    /// <summary>One bounded range of one partition.</summary>
    public async Task<IReadOnlyList<Due>> DueAsync(string shard, DateTimeOffset now, CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {shard} and RowKey ge {Rows.DuePrefix} and RowKey lt {Rows.DueBefore(now.AddTicks(1))}");
        var due = new List<Due>();
        await foreach (var row in client.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancel))
        {
            var (id, at) = Rows.ParseDue(row.RowKey);
            due.Add(new Due(id, at));
        }
        return due;
    }

    /// <summary>Ids of the applications of one shard: a walk through all of its rows, for rebuilding and for audits of everything.</summary>
    public async IAsyncEnumerable<string> InShardAsync(string shard, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and Version ge 1");
        await foreach (var row in client.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancel))
            yield return Rows.IdOf(row.RowKey);
    }
}
