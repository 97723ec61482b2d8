using Azure;
using Microsoft.Extensions.Caching.Memory;
using Subsidy.Core.Engine;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Streams;

/// <summary>The life of an application's keys: from before its first event to erasure. They are only ever in its head row.</summary>
internal sealed class ApplicationKeys(StreamTable table, KeyRing keyRing, IIndexes indexes) : IDisposable
{
    private readonly MemoryCache waitingKeys = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>
    /// The keys of an application that may not exist yet. Where there is none, a row with keys only is inserted, and the first append
    /// fills it: so a retried submission, however late, finds the keys that its papers are sealed with. A submission that is never
    /// finished leaves that row behind, some 300 bytes that tell nothing and never fall due.
    /// </summary>
    /// <exception cref="ApplicationErasedException">The application's keys are destroyed.</exception>
    public async Task<DataKeys> OfAsync(string id, CancellationToken cancel)
    {
        if (Waiting(id) is { } waiting)
            return waiting.Keys;
        if (await table.FindHeadAsync(id, cancel) is { } row)
            return await OpenAsync(id, row, cancel);

        var keys = DataKeys.New();
        var entity = HeadRow.New(id);
        HeadRow.SetKeys(entity, keyRing.Wrap(id, keys));
        try
        {
            var response = await table.Client.AddEntityAsync(entity, cancel);
            Remember(id, new WaitingKeys(response.Headers.ETag!.Value, keys));
            return keys;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var other = await table.FindHeadAsync(id, cancel) ?? throw new InvalidOperationException($"The keys of {id} come and go.", e);
            return await OpenAsync(id, other, cancel);
        }
    }

    /// <summary>Keys that this process has lately made or seen for an application without events: it need not look for them again.</summary>
    public WaitingKeys? Waiting(string id) => waitingKeys.Get<WaitingKeys>(id);

    /// <summary>Null when there are none, or none any more.</summary>
    public async Task<DataKeys?> FindAsync(string id, CancellationToken cancel) =>
        await table.FindHeadAsync(id, cancel) is { Keys: { } wrapped } ? await keyRing.UnwrapAsync(id, wrapped, cancel) : null;

    /// <summary>
    /// Erases the people of a finished application: its keys and its sealed state are gone, its stream stays as it is and can still be
    /// verified. Commands find no such application any more, and nobody's number leads to it; where a crash leaves such a row standing, it
    /// shows nothing, and the next rebuild of the indexes takes it away.
    /// </summary>
    /// <exception cref="InvalidOperationException">The application is not final, or something is still to be done for it.</exception>
    public async Task DestroyAsync(string id, CancellationToken cancel)
    {
        if (await table.FindHeadAsync(id, cancel) is not { Version: > 0, Keys: not null } row)
            return;
        var head = (await table.OpenAsync(id, row, null, cancel))!;
        if (head.Application is not { Final: true, Duties.Count: 0 })
            throw new InvalidOperationException($"Application {id} is not finished; its keys are needed.");
        var change = Change.Replace(id, row.Erased(), row.ETag);
        change.MoveDue(head.Due, null);
        await change.SubmitAsync(table.Client, cancel);
        await indexes.UpdateAsync(IndexRows.Erased(head.Application), cancel);
    }

    public void Dispose() => waitingKeys.Dispose();

    private async Task<DataKeys> OpenAsync(string id, HeadRow row, CancellationToken cancel)
    {
        var keys = await keyRing.UnwrapAsync(id, row.Keys ?? throw new ApplicationErasedException(id), cancel);
        if (row.Version == 0)
            Remember(id, new WaitingKeys(row.ETag, keys));
        return keys;
    }

    private void Remember(string id, WaitingKeys waiting) =>
        waitingKeys.Set(id, waiting, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) });
}

/// <param name="ETag">Of the row that holds the keys and nothing else.</param>
internal sealed record WaitingKeys(ETag ETag, DataKeys Keys);
