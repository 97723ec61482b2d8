using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Indexes;

/// <summary>
/// Index rows in one table. A row is a hint: it may be late, and a crash may leave one standing that should be gone, so whoever reads
/// one asks the head (<see cref="IndexReader"/>). <see cref="IndexRebuild"/> makes all of them again.
/// </summary>
internal sealed class TableIndexes(StorageSettings settings) : IIndexes
{
    private const int MaxActions = 100;

    private readonly TableClient table = settings.Table("indexes");

    public async Task<IReadOnlyDictionary<string, string>> UpdateAsync(Application application, CancellationToken cancel)
    {
        var rows = IndexRows.Of(application).ToDictionary(row => row.Key);
        var changes = new List<TableTransactionAction>();
        foreach (var row in rows.Values.Where(row => application.Indexed.GetValueOrDefault(row.Key) != row.Digest))
            changes.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row.ToEntity()));
        foreach (var key in application.Indexed.Keys.Where(key => !rows.ContainsKey(key)))
            changes.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(IndexRow.Partition, key), ETag.All));
        foreach (var some in changes.Chunk(MaxActions))
            await ChangeAsync(some, cancel);
        return rows.Values.ToDictionary(row => row.Key, row => row.Digest);
    }

    public Task PublishAsync(Application application, PublicPayment payment, CancellationToken cancel) =>
        table.UpsertEntityAsync(IndexRows.Payment(application, payment).ToEntity(), TableUpdateMode.Replace, cancel);

    public Task RetractAsync(Application application, string entitlement, DateTimeOffset paidAt, CancellationToken cancel) =>
        table.DeleteEntityAsync(IndexRow.Partition, IndexRows.PaymentKey(application, entitlement, paidAt), ETag.All, cancel);

    private async Task ChangeAsync(TableTransactionAction[] changes, CancellationToken cancel)
    {
        try
        {
            await table.SubmitTransactionAsync(changes, cancel);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // A row to be deleted is gone: an earlier turn came this far and died before it could say so. One by one, that is no error.
            foreach (var change in changes)
            {
                if (change.ActionType is TableTransactionActionType.Delete)
                    await table.DeleteEntityAsync(change.Entity.PartitionKey, change.Entity.RowKey, ETag.All, cancel);
                else
                    await table.UpsertEntityAsync((TableEntity)change.Entity, TableUpdateMode.Replace, cancel);
            }
        }
    }
}
