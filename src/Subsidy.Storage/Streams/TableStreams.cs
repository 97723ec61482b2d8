using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Streams;

/// <summary>
/// Streams in one table, 256 partitions by hash of the application id. Rows of an application: <c>{id}|e|{number}</c> its events,
/// <c>{id}|head</c>, and <c>due|{utc}|{id}</c> while the engine has to look at it again.
/// </summary>
internal sealed class TableStreams(StreamTable table, KeyRing keyRing, ApplicationKeys applicationKeys, AlarmLog alarms) : IStreams
{
    /// <summary>Shards that the patrol asks at once.</summary>
    private const int Window = 16;

    public async Task<Head?> LoadAsync(string id, CancellationToken cancel) =>
        await table.FindHeadAsync(id, cancel) is { } row ? await table.OpenAsync(id, row, null, cancel) : null;

    public async Task<bool> IsThereAsync(string id, CancellationToken cancel) => await table.FindHeadAsync(id, cancel) is not null;

    public async Task<Head?> ReloadAsync(Head before, CancellationToken cancel)
    {
        var (id, lease) = (before.Application.Id, ((StoredHead)before).Lease);
        return await table.FindHeadAsync(id, cancel) is { } row
            ? await table.OpenAsync(id, row, lease is not null && string.Equals(row.Lease, lease, StringComparison.Ordinal) ? lease : null, cancel)
            : null;
    }

    public async Task<Head?> AppendAsync(
        Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel)
    {
        var first = (before?.Application.Version ?? 0) + 1;
        if (events.Count == 0 || events.Where((recorded, i) => recorded.Number != first + i).Any() || events[^1].Number != after.Version)
            throw new ArgumentException($"The events to append to application {after.Id} do not go on from number {first}.", nameof(events));
        var appended = before is StoredHead head
            ? await AppendToAsync(head, after, events, due, cancel)
            : await CreateAsync(after, events, due, cancel);
        if (appended is not null)
            alarms.Appended(before?.Application, after, events);
        return appended;
    }

    public async Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel)
    {
        var stored = (StoredHead)head;
        if (stored.Lease is null && stored.LeasedUntil > now)
            return null;
        var lease = stored.Lease ?? TransactionMark.New();
        var next = stored with { LeasedUntil = until, Lease = lease, Due = until };
        return await MoveAsync(stored, next, row => string.Equals(row.Lease, lease, StringComparison.Ordinal) && row.LeasedUntil == until, cancel);
    }

    public async Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel)
    {
        var stored = (StoredHead)head;
        if (stored.Due == due && stored.Lease is null)
            return stored;
        var next = stored with { Due = due, Lease = null, LeasedUntil = stored.Lease is null ? stored.LeasedUntil : null };
        return await MoveAsync(stored, next, row => row.Version == stored.Application.Version && row.Due == due, cancel);
    }

    public async IAsyncEnumerable<StoredEvent> ReadAsync(string id, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await table.FindHeadAsync(id, cancel) is not { Version: > 0 } head)
            yield break;
        var keys = head.Keys is { } wrapped ? await keyRing.UnwrapAsync(id, wrapped, cancel) : null;
        var previous = HashChain.Genesis;
        await foreach (var found in table.EventsAsync(id, head.Version, cancel))
        {
            var row = found ?? throw new BrokenStreamException(id);
            yield return new StoredEvent(
                EventCodec.Decode(id, row.Text, keys),
                Encoding.UTF8.GetString(row.Text),
                Convert.ToHexStringLower(previous),
                Convert.ToHexStringLower(row.Hash));
            previous = row.Hash;
        }
    }

    public async Task<Recorded?> FindAsync(Head head, int number, CancellationToken cancel)
    {
        var id = head.Application.Id;
        if (await table.FindEventAsync(id, number, cancel) is not { } row)
            return null;
        try
        {
            return EventCodec.Decode(id, row.Text, ((StoredHead)head).Keys);
        }
        catch (Exception e) when (StreamTable.IsUnreadable(e))
        {
            throw new UnreadableApplicationException(id, e);
        }
    }

    public async IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var shards in Rows.Shards.Chunk(Window))
        {
            var found = await Task.WhenAll(shards.Select(shard => table.DueAsync(shard, now, cancel)));
            foreach (var due in found.SelectMany(due => due))
                yield return due;
        }
    }

    private async Task<Head?> CreateAsync(Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel)
    {
        if (applicationKeys.Waiting(after.Id) is { } waiting)
            return await AppendToAsync(new StoredHead(after, null, null, waiting.ETag, HashChain.Genesis, waiting.Keys, null), after, events, due, cancel);

        var keys = DataKeys.New();
        var written = Write(after, events, HashChain.Genesis, keys);
        HeadRow.SetKeys(written.Head, keyRing.Wrap(after.Id, keys));
        HeadRow.SetDue(written.Head, due);
        var change = Change.Insert(after.Id, written.Head);
        written.Rows.ForEach(change.Add);
        change.MoveDue(null, due);
        var next = new StoredHead(after, due, null, default, written.Hash, keys, null);
        try
        {
            return next with { ETag = await change.SubmitAsync(table.Client, cancel) };
        }
        catch (RequestFailedException e) when (IsLostRace(e))
        {
            return await table.FindHeadAsync(after.Id, cancel) switch
            {
                // Papers came first, to another process: their keys are there.
                { Version: 0, Keys: { } wrapped } row => await AppendToAsync(
                    next with { Due = null, ETag = row.ETag, Hash = HashChain.Genesis, Keys = await keyRing.UnwrapAsync(after.Id, wrapped, cancel) },
                    after, events, due, cancel),
                { Keys: null } => throw new ApplicationErasedException(after.Id),
                _ => await LandedAsync(after.Id, written.Rows[^1], cancel),
            };
        }
    }

    private async Task<Head?> AppendToAsync(
        StoredHead before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel)
    {
        var written = Write(after, events, before.Hash, before.Keys);
        HeadRow.SetDue(written.Head, due);
        if (before.Lease is not null)
            HeadRow.SetLease(written.Head, null, null);
        var change = Change.Merge(after.Id, written.Head, before.ETag);
        written.Rows.ForEach(change.Add);
        change.MoveDue(before.Due, due);
        try
        {
            var etag = await change.SubmitAsync(table.Client, cancel);
            var leasedUntil = before.Lease is null ? before.LeasedUntil : null;
            return new StoredHead(after, due, leasedUntil, etag, written.Hash, before.Keys, null);
        }
        catch (RequestFailedException e) when (IsLostRace(e))
        {
            return await LandedAsync(after.Id, written.Rows[^1], cancel);
        }
    }

    private static (TableEntity Head, List<EventRow> Rows, byte[] Hash) Write(
        Application after, IReadOnlyList<Recorded> events, byte[] previous, DataKeys keys)
    {
        var rows = new List<EventRow>(events.Count);
        foreach (var recorded in events)
        {
            var text = EventCodec.Encode(after.Id, recorded, keys);
            previous = HashChain.Next(previous, after.Id, recorded.Number, text);
            rows.Add(new EventRow(recorded.Number, text, previous));
        }
        var head = HeadRow.New(after.Id);
        HeadRow.SetState(head, after, previous, keys);
        return (head, rows, previous);
    }

    /// <summary>
    /// The transaction was refused because the stream has moved. It may have been this very transaction that moved it: the answer to a
    /// first attempt got lost and the client tried again. Then our last event is there, to the byte; its hash covers all before it.
    /// </summary>
    private async Task<Head?> LandedAsync(string id, EventRow last, CancellationToken cancel)
    {
        var there = await table.FindEventAsync(id, last.Number, cancel);
        return there is not null && there.Hash.AsSpan().SequenceEqual(last.Hash) ? await LoadAsync(id, cancel) : null;
    }

    /// <summary>Writes lease and due time only.</summary>
    private async Task<Head?> MoveAsync(StoredHead before, StoredHead next, Func<HeadRow, bool> landed, CancellationToken cancel)
    {
        var id = before.Application.Id;
        var head = HeadRow.New(id);
        HeadRow.SetDue(head, next.Due);
        if (before.Lease is not null || next.Lease is not null)
            HeadRow.SetLease(head, next.Lease, next.LeasedUntil);
        var change = Change.Merge(id, head, before.ETag);
        change.MoveDue(before.Due, next.Due);
        try
        {
            return next with { ETag = await change.SubmitAsync(table.Client, cancel) };
        }
        catch (RequestFailedException e) when (IsLostRace(e))
        {
            return await table.FindHeadAsync(id, cancel) is { } row && landed(row) ? await table.OpenAsync(id, row, next.Lease, cancel) : null;
        }
    }

    /// <summary>409: a row to be inserted is there. 412: the head is not the one that was read.</summary>
    private static bool IsLostRace(RequestFailedException e) => e.Status is 409 or 412;
}
