using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>A row for each answer of the bank that was refused, in the table of the pay runs. The latest come first.</summary>
internal sealed class TableRefusedAnswers(StorageSettings settings) : IRefusedAnswers
{
    /// <summary>No run and no fund-year is called so: their names end with a number.</summary>
    private const string Partition = "refused";

    private readonly TableClient table = settings.Table("payruns");

    public Task AddAsync(RefusedAnswer refused, CancellationToken cancel) => table.UpsertEntityAsync(
        new TableEntity(Partition, string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - refused.At.UtcTicks:D19}|{refused.Sha256}"))
        {
            ["Refused"] = JsonSerializer.Serialize(refused, StoredJson.Options),
        },
        TableUpdateMode.Replace,
        cancel);

    public async Task<IReadOnlyList<RefusedAnswer>> ListAsync(CancellationToken cancel)
    {
        var found = new List<RefusedAnswer>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancel))
            found.Add(JsonSerializer.Deserialize<RefusedAnswer>(row.GetString("Refused"), StoredJson.Options)!);
        return found;
    }
}
