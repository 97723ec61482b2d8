using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>A row for each flag that a person has cleared, in a partition for each application; the first who did it stands.</summary>
internal sealed class TableClearances(StorageSettings settings, SealedReason reasons) : IClearances
{
    private readonly TableClient table = settings.Table("clearances");

    public async Task<string?> ClearedByAsync(string application, Flag flag, CancellationToken cancel) =>
        await table.GetEntityIfExistsAsync<TableEntity>(application, RowOf(flag), ["Staff"], cancel) is { HasValue: true, Value: { } row } ? row.GetString("Staff") : null;

    public async Task ClearAsync(string application, Flag flag, string staff, string reason, DateTimeOffset at, CancellationToken cancel)
    {
        var row = RowOf(flag);
        var entity = new TableEntity(application, row)
        {
            ["Kind"] = flag.Kind.ToString(),
            ["Staff"] = staff,
            ["At"] = at.ToString("O", CultureInfo.InvariantCulture),
            ["Reason"] = reasons.Seal(reason, $"{application}|{row}"),
        };
        try
        {
            await table.AddEntityAsync(entity, cancel);
        }
        catch (RequestFailedException e) when (e.Status is 409)
        {
            // Cleared before.
        }
    }

    private static string RowOf(Flag flag) => RowKeys.HashOf(flag.Key);
}
