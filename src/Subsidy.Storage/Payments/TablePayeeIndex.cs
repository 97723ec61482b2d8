using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>
/// One row for each key, read by its point: who is noted under it, as keyed hashes. The key's hash is partition and row: an emulator
/// looks for the row first, and would walk through all of them if they were called alike.
/// </summary>
internal sealed class TablePayeeIndex(StorageSettings settings) : IPayeeIndex
{
    /// <summary>More do not make a finding any clearer: an institution's account, say, which many share.</summary>
    private const int MostUses = 100;

    /// <summary>What Table Storage takes in one property.</summary>
    private const int MostBytes = 64 * 1024;

    private readonly TableClient table = settings.Table("payees");

    public async Task NoteAsync(string key, PayeeUse use, CancellationToken cancel)
    {
        while (true)
        {
            var row = await RowOfAsync(key, cancel);
            var uses = UsesOf(row);
            var others = uses.Where(other => other.Application != use.Application).ToList();
            var known = uses.FirstOrDefault(other => other.Application == use.Application);
            if ((known is not null && known.Persons.SequenceEqual(use.Persons)) || others.Count >= MostUses)
                return;
            var noted = JsonSerializer.SerializeToUtf8Bytes<List<PayeeUse>>([.. others, use], StoredJson.Options);
            if (noted.Length > MostBytes)
                return;
            var next = new TableEntity(PlaceOf(key), PlaceOf(key)) { ["Uses"] = noted };
            try
            {
                if (row is null)
                    await table.AddEntityAsync(next, cancel);
                else
                    await table.UpdateEntityAsync(next, row.ETag, TableUpdateMode.Replace, cancel);
                return;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another note came in between: look again.
            }
        }
    }

    public async Task<IReadOnlyList<PayeeUse>> FindAsync(string key, CancellationToken cancel) => UsesOf(await RowOfAsync(key, cancel));

    private static List<PayeeUse> UsesOf(TableEntity? row) =>
        row is null ? [] : JsonSerializer.Deserialize<List<PayeeUse>>(row.GetBinary("Uses"), StoredJson.Options)!;

    private async Task<TableEntity?> RowOfAsync(string key, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(PlaceOf(key), PlaceOf(key), cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    private static string PlaceOf(string key) => RowKeys.HashOf(key);
}
