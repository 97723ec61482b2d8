using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>
/// Pay runs in one table, a partition for each. Rows: <c>head</c>; <c>e|{number}</c> events; <c>c|{number}</c> chunks of lines;
/// <c>a|{hash}</c> of the message id of an answer that was taken. Beside them a partition for each fund-year (<c>last</c> number,
/// <c>r|{number}</c> taken, <c>o|{hash}</c> of the key of an opening), and <c>unfinished</c>.
/// </summary>
internal sealed class TablePayRuns(PayRunTable table, KeyRing keyRing, PayRunAlarms alarms) : IPayRunBooks
{
    private const string NumberColumn = "Number";

    /// <summary>Chunks that are held in memory at a time: some two megabytes.</summary>
    private const int ChunksAtOnce = 50;

    public async Task<PayRunId> NumberAsync(FundKey fund, string key, CancellationToken cancel)
    {
        var partition = PayRunRows.Numbers(fund);
        while (true)
        {
            var before = await table.FindAsync(partition, PayRunRows.Opening(key), cancel);
            if (before?.GetInt32(NumberColumn) is { } own && await OpenedAsync(new PayRunId(fund, own), cancel) is var (opened, by) && (!opened || by == key))
                return new PayRunId(fund, own);
            var last = await table.FindAsync(partition, PayRunRows.LastNumber, cancel);
            var number = last?.GetInt32(NumberColumn) ?? 0;
            // Whoever took it died before the run was there.
            var left = number > 0 && !(await OpenedAsync(new PayRunId(fund, number), cancel)).Opened;
            if (!left)
                number++;
            List<TableTransactionAction> actions = [Put(before, new TableEntity(partition, PayRunRows.Opening(key)) { [NumberColumn] = number })];
            if (!left)
            {
                actions.Add(Put(last, new TableEntity(partition, PayRunRows.LastNumber) { [NumberColumn] = number }));
                actions.Add(new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, PayRunRows.Number(number))));
            }
            try
            {
                await table.Client.SubmitTransactionAsync(actions, cancel);
                return new PayRunId(fund, number);
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another took the number, or opens with the same key, or this was done and the answer got lost: look again.
            }
        }
    }

    /// <summary>Writes a row only if it is still as it was read.</summary>
    private static TableTransactionAction Put(TableEntity? before, TableEntity after) => before is null
        ? new TableTransactionAction(TableTransactionActionType.Add, after)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, after, before.ETag);

    public async Task<PayRunSheet?> LoadAsync(PayRunId run, CancellationToken cancel)
    {
        if (await table.FindAsync(run.ToString(), PayRunRows.Head, cancel) is not { } entity)
            return null;
        var head = PayRunHeadRow.Of(entity);
        return new StoredPayRun(head, entity.ETag, await keyRing.UnwrapKeyAsync(run.ToString(), head.KekId, head.WrappedKey, cancel));
    }

    public async Task<PayRunSheet?> AppendAsync(
        PayRunSheet? before, PayRun after, IReadOnlyList<PayRunRecorded> events, ChunkChange? chunk, CancellationToken cancel)
    {
        var change = new PayRunChange((StoredPayRun?)before, after, events, chunk, keyRing);
        var begins = before is null || (before.Run.Final && !after.Final);
        if (begins)
            await ListAsync(after.Id, cancel);
        PayRunSheet? written;
        try
        {
            written = await change.SubmitAsync(table.Client, cancel);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // It may have been this very transaction: the answer to a first attempt got lost and the client tried again.
            written = await LoadAsync(after.Id, cancel) is StoredPayRun now && now.Head.Mark == change.Mark ? now : null;
        }
        // A patrol that saw the run finished just before may have taken it off the list in between.
        if (begins && before is not null && written is not null)
            await ListAsync(after.Id, cancel);
        if (written is not null)
            alarms.Appended(after, events);
        return written;
    }

    public async Task<bool> AddAsync(PayRunSheet run, PayChunk chunk, CancellationToken cancel)
    {
        var entity = ChunkRow.ToEntity(run.Run.Id, ((StoredPayRun)run).Key, chunk, TransactionMark.New());
        try
        {
            await table.Client.AddEntityAsync(entity, cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409)
        {
            return await LandedAsync(entity, cancel);
        }
    }

    public async Task<bool> ReplaceAsync(PayRunSheet run, ChunkChange change, CancellationToken cancel)
    {
        var entity = ChunkRow.ToEntity(run.Run.Id, ((StoredPayRun)run).Key, change.After, TransactionMark.New());
        try
        {
            await table.Client.UpdateEntityAsync(entity, ((StoredChunk)change.Before).ETag, TableUpdateMode.Replace, cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 412)
        {
            return await LandedAsync(entity, cancel);
        }
    }

    public async Task<ChunkSheet?> FindAsync(PayRunSheet run, int chunk, CancellationToken cancel) =>
        await table.FindAsync(run.Run.Id.ToString(), PayRunRows.Chunk(chunk), cancel) is { } row
            ? new StoredChunk(ChunkRow.Open(run.Run.Id, ((StoredPayRun)run).Key, row), row.ETag)
            : null;

    public async IAsyncEnumerable<PayChunk> ChunksAsync(PayRunSheet run, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in table.RangeAsync(run.Run.Id.ToString(), PayRunRows.Kinds.Chunk, null, cancel, ChunksAtOnce))
            if (run.Run.Counts(PayRunRows.NumberOf(row.RowKey)))
                yield return ChunkRow.Open(run.Run.Id, ((StoredPayRun)run).Key, row);
    }

    public async IAsyncEnumerable<ChunkTally> TalliesAsync(PayRunSheet run, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in table.RangeAsync(run.Run.Id.ToString(), PayRunRows.Kinds.Chunk, [ChunkRow.TallyColumn], cancel))
            if (ChunkRow.TallyOf(row) is var tally && run.Run.Counts(tally.Number))
                yield return tally;
    }

    public async Task<string?> AnswerAsync(PayRunId run, string messageId, CancellationToken cancel) =>
        (await table.FindAsync(run.ToString(), PayRunRows.Answer(messageId), cancel))?.GetString(nameof(AnswerTaken.Sha256));

    public async IAsyncEnumerable<StoredPayRunEvent> ReadAsync(PayRunId run, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await LoadAsync(run, cancel) is not StoredPayRun head)
            yield break;
        var (previous, next) = (HashChain.Genesis, 1);
        await foreach (var row in table.RangeAsync(run.ToString(), PayRunRows.Kinds.Event, null, cancel))
        {
            if (next > head.Run.Version)
                break;
            if (PayRunRows.NumberOf(row.RowKey) != next++)
                throw new BrokenStreamException(run.ToString());
            var (text, hash) = (SplitBytes.Read(row), row.GetBinary("Hash"));
            yield return new StoredPayRunEvent(
                PayRunCodec.Decode(run, text, head.Key), Encoding.UTF8.GetString(text), Convert.ToHexStringLower(previous), Convert.ToHexStringLower(hash));
            previous = hash;
        }
        if (next <= head.Run.Version)
            throw new BrokenStreamException(run.ToString());
    }

    public async Task<IReadOnlyList<PayRunId>> AllAsync(FundKey fund, CancellationToken cancel)
    {
        var found = new List<PayRunId>();
        await foreach (var row in table.RangeAsync(PayRunRows.Numbers(fund), PayRunRows.Kinds.Number, ["RowKey"], cancel))
            found.Insert(0, new PayRunId(fund, PayRunRows.NumberOf(row.RowKey)));
        return found;
    }

    public async Task<IReadOnlyList<PayRunId>> UnfinishedAsync(CancellationToken cancel)
    {
        var found = new List<PayRunId>();
        await foreach (var row in table.Client.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {PayRunRows.Unfinished}"), cancellationToken: cancel))
            found.Add(PayRunId.Parse(row.RowKey) ?? throw new InvalidOperationException($"'{row.RowKey}' on the list is no pay run."));
        return found;
    }

    public Task ForgetAsync(PayRunId run, CancellationToken cancel) =>
        table.Client.DeleteEntityAsync(PayRunRows.Unfinished, run.ToString(), ETag.All, cancel);

    private async Task<(bool Opened, string? Key)> OpenedAsync(PayRunId run, CancellationToken cancel) =>
        await table.HeadAsync(run, cancel) is { } head ? (true, head.Run.Key) : (false, null);

    /// <summary>Before the run is there, or goes on, so that none is forgotten; one that is listed and was never opened is taken off again.</summary>
    private Task<Response> ListAsync(PayRunId run, CancellationToken cancel) =>
        table.Client.UpsertEntityAsync(new TableEntity(PayRunRows.Unfinished, run.ToString()), TableUpdateMode.Replace, cancel);

    private async Task<bool> LandedAsync(TableEntity entity, CancellationToken cancel) =>
        await table.FindAsync(entity.PartitionKey, entity.RowKey, cancel) is { } row && ChunkRow.MarkOf(row) == ChunkRow.MarkOf(entity);
}
