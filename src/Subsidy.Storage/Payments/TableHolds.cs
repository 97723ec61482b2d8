using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>
/// Holds in one partition: <c>a|{target}</c> while one is on a target, <c>l|{target}|{since}</c> once it was lifted or replaced. One hold
/// on a target at a time, so that lifting it lets the payments go.
/// </summary>
internal sealed class TableHolds(StorageSettings settings, SealedReason reasons, TimeProvider time) : IHolds
{
    private const string Partition = "holds";
    private const string Active = "a|";
    private const string Lifted = "l|";
    private readonly TableClient table = settings.Table("holds");

    public async Task<IReadOnlyList<Hold>> ActiveAsync(CancellationToken cancel) => await RangeAsync(Active, cancel).ToListAsync(cancel);

    public async Task<IReadOnlyList<Hold>> LiftedAsync(CancellationToken cancel) =>
        [.. (await RangeAsync(Lifted, cancel).ToListAsync(cancel)).OrderByDescending(hold => hold.End!.At)];

    public async Task<Hold?> PlaceAsync(Hold hold, CancellationToken cancel)
    {
        while (true)
        {
            var row = await FindAsync(hold.Target, cancel);
            if (row is not null && Open(row) is var other && other.HoldsOn(ChinaTime.DateOf(time.GetUtcNow())))
                return Same(other, hold) ? null : other;
            try
            {
                if (row is null)
                    await table.AddEntityAsync(ToEntity(hold), cancel);
                else // Its day has passed.
                    await table.SubmitTransactionAsync(
                        [
                            new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToEntity(hold), row.ETag),
                            new TableTransactionAction(TableTransactionActionType.UpsertReplace, ToEntity(Open(row) with { End = Expired(Open(row)) })),
                        ],
                        cancel);
                return null;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another was faster, or this was done and the answer got lost: look again.
            }
        }
    }

    public async Task<Hold?> LiftAsync(HoldTarget target, HoldEnd end, CancellationToken cancel)
    {
        while (true)
        {
            if (await FindAsync(target, cancel) is not { } row)
                return null;
            var lifted = Open(row) with { End = end };
            try
            {
                await table.SubmitTransactionAsync(
                    [
                        new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag),
                        new TableTransactionAction(TableTransactionActionType.UpsertReplace, ToEntity(lifted)),
                    ],
                    cancel);
                return lifted;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 412)
            {
                // Another was faster, or this was done and the answer got lost.
                if (await FindLiftedAsync(lifted, cancel) is { End: { } done } && done.At == end.At && done.Staff == end.Staff)
                    return lifted;
            }
        }
    }

    private static bool Same(Hold one, Hold other) => one.Staff == other.Staff && one.Since == other.Since && one.Reason == other.Reason;

    private static HoldEnd Expired(Hold hold) => new("", "", ChinaTime.EndOf(hold.Until!.Value));

    private async Task<TableEntity?> FindAsync(HoldTarget target, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Active + target, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    private async Task<Hold?> FindLiftedAsync(Hold hold, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, RowOf(hold), cancellationToken: cancel);
        return found.HasValue ? Open(found.Value!) : null;
    }

    private async IAsyncEnumerable<Hold> RangeAsync(string kind, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {kind} and RowKey lt {RowKeys.After(kind)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            yield return Open(row);
    }

    private static string RowOf(Hold hold) => hold.End is null
        ? Active + hold.Target
        : string.Create(CultureInfo.InvariantCulture, $"{Lifted}{hold.Target}|{hold.Since.UtcTicks:D19}");

    /// <summary>What is sealed stands apart from the rest, by its own place.</summary>
    private TableEntity ToEntity(Hold hold)
    {
        var row = RowOf(hold);
        var entity = new TableEntity(Partition, row)
        {
            ["Hold"] = JsonSerializer.Serialize(hold with { Reason = "", End = hold.End is { } end ? end with { Reason = "" } : null }, StoredJson.Options),
            ["Reason"] = reasons.Seal(hold.Reason, row),
        };
        if (hold.End is not null)
            entity["EndReason"] = reasons.Seal(hold.End.Reason, row);
        return entity;
    }

    private Hold Open(TableEntity row)
    {
        var hold = JsonSerializer.Deserialize<Hold>(row.GetString("Hold"), StoredJson.Options)!;
        return hold with
        {
            Reason = reasons.Open(row.GetBinary("Reason"), row.RowKey),
            End = hold.End is { } end ? end with { Reason = reasons.Open(row.GetBinary("EndReason"), row.RowKey) } : null,
        };
    }
}
