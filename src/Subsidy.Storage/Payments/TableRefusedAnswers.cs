using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>A row for each answer of the bank that was refused, in the table of the pay runs, by what it says, whence it came and why it was refused.</summary>
internal sealed class TableRefusedAnswers(StorageSettings settings) : IRefusedAnswers
{
    /// <summary>No run and no fund-year is called so: their names end with a number.</summary>
    private const string Partition = "refused";

    private readonly TableClient table = settings.Table("payruns");

    public async Task AddAsync(RefusedAnswer refused, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(
                new TableEntity(Partition, RowKeys.HashOf($"{refused.Sha256}|{refused.Source}|{refused.Why.En}"))
                {
                    ["Refused"] = JsonSerializer.Serialize(refused, StoredJson.Options),
                },
                cancel);
        }
        catch (RequestFailedException e) when (e.Status is 409)
        {
            // Listed before.
        }
    }

    public async Task<IReadOnlyList<RefusedAnswer>> ListAsync(CancellationToken cancel)
    {
        var found = new List<RefusedAnswer>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancel))
            found.Add(JsonSerializer.Deserialize<RefusedAnswer>(row.GetString("Refused"), StoredJson.Options)!);
        return [.. found.OrderByDescending(refused => refused.At)];
    }
}
