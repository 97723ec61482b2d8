using Azure;
using Azure.Data.Tables;

namespace Subsidy.Storage.Clock;

/// <summary>The offset in the only row of the table <c>clock</c>. Two that advance at once are both counted.</summary>
public sealed class TableClockOffset(TableServiceClient service) : IClockOffset
{
    private const string PartitionKey = "clock";
    private const string RowKey = "offset";
    private const string Ticks = "Ticks";

    private readonly TableClient _table = service.GetTableClient("clock");

    public async Task<TimeSpan> ReadAsync(CancellationToken cancellation) =>
        await ReadRowAsync(cancellation) is { } row ? Offset(row) : TimeSpan.Zero;

    public async Task<TimeSpan> AdvanceAsync(TimeSpan by, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(by, TimeSpan.Zero);
        await _table.CreateIfNotExistsAsync(cancellation);
        while (true)
        {
            try
            {
                return await TryAdvanceAsync(by, cancellation);
            }
            catch (RequestFailedException error) when (error.Status is 409 or 412)
            {
                // Another process advanced in between; read again and add to what it left.
            }
        }
    }

    public async Task BeginAsync(TimeSpan offset, CancellationToken cancellation)
    {
        await _table.CreateIfNotExistsAsync(cancellation);
        try
        {
            await _table.AddEntityAsync(new TableEntity(PartitionKey, RowKey) { [Ticks] = offset.Ticks }, cancellation);
        }
        catch (RequestFailedException error) when (error.Status == 409)
        {
            throw new InvalidOperationException("The clock was moved before; it does not go back.", error);
        }
    }

    private async Task<TimeSpan> TryAdvanceAsync(TimeSpan by, CancellationToken cancellation)
    {
        var row = await ReadRowAsync(cancellation);
        var offset = (row is null ? TimeSpan.Zero : Offset(row)) + by;
        var next = new TableEntity(PartitionKey, RowKey) { [Ticks] = offset.Ticks };
        if (row is null)
            await _table.AddEntityAsync(next, cancellation);
        else
            await _table.UpdateEntityAsync(next, row.ETag, TableUpdateMode.Replace, cancellation);
        return offset;
    }

    private async Task<TableEntity?> ReadRowAsync(CancellationToken cancellation)
    {
        try
        {
            var row = await _table.GetEntityIfExistsAsync<TableEntity>(PartitionKey, RowKey, cancellationToken: cancellation);
            return row.HasValue ? row.Value : null;
        }
        catch (RequestFailedException error) when (error.ErrorCode == "TableNotFound")
        {
            return null;
        }
    }

    private static TimeSpan Offset(TableEntity row) => TimeSpan.FromTicks(row.GetInt64(Ticks)!.Value);
}
