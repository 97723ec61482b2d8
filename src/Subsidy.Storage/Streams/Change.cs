using Azure;
using Azure.Data.Tables;

namespace Subsidy.Storage.Streams;

/// <summary>One entity group transaction on an application's rows. The head comes first, so that a lost race shows as its ETag.</summary>
internal sealed class Change
{
    private const int MaxActions = 100;

    // 4 MiB, less what the batch's own headers may take; binary values travel as base64.
    private const long MaxLength = (4 * 1024 * 1024) - (64 * 1024);
    private const int RowOverhead = 1024;

    private readonly string id;
    private readonly List<TableTransactionAction> actions = [];

    private Change(string id) => this.id = id;

    public static Change Insert(string id, TableEntity head) =>
        new(id) { actions = { new TableTransactionAction(TableTransactionActionType.Add, head) } };

    /// <param name="head">Only the columns that change.</param>
    public static Change Merge(string id, TableEntity head, ETag etag) =>
        new(id) { actions = { new TableTransactionAction(TableTransactionActionType.UpdateMerge, head, etag) } };

    public static Change Replace(string id, TableEntity head, ETag etag) =>
        new(id) { actions = { new TableTransactionAction(TableTransactionActionType.UpdateReplace, head, etag) } };

    public void Add(EventRow row) => actions.Add(new TableTransactionAction(TableTransactionActionType.Add, row.ToEntity(id)));

    /// <summary>The due row stands where the head says; nothing else ever touches it.</summary>
    public void MoveDue(DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from == to)
            return;
        if (from is { } old)
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, DueRow(old), ETag.All));
        if (to is { } at)
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, DueRow(at)));
    }

    /// <summary>Returns the head's new ETag.</summary>
    /// <exception cref="AppendTooLargeException">Table Storage would refuse it.</exception>
    /// <exception cref="TableTransactionFailedException">Refused as a whole; 409 or 412 when the stream has moved.</exception>
    public async Task<ETag> SubmitAsync(TableClient table, CancellationToken cancel)
    {
        if (actions.Count > MaxActions)
            throw new AppendTooLargeException($"{actions.Count} rows for application {id} at once; a transaction takes {MaxActions}.");
        var length = actions.Sum(action => LengthOf((TableEntity)action.Entity));
        if (length > MaxLength)
            throw new AppendTooLargeException($"{length} bytes for application {id} at once; a transaction takes {MaxLength}.");
        var response = await table.SubmitTransactionAsync(actions, cancel);
        return response.Value[0].Headers.ETag ?? throw new InvalidOperationException("Storage has sent no ETag for a head that it wrote.");
    }

    private TableEntity DueRow(DateTimeOffset at) => new(Rows.ShardOf(id), Rows.Due(id, at));

    private static long LengthOf(TableEntity entity) => RowOverhead + entity.Sum(column => column.Value switch
    {
        byte[] bytes => bytes.LongLength * 4 / 3,
        string text => text.Length,
        _ => 0,
    });
}
