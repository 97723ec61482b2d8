using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>One entity group transaction on a run's rows. The head comes first, so that a lost race shows as its ETag.</summary>
internal sealed class PayRunChange
{
    private readonly List<TableTransactionAction> actions = [];
    private readonly string partition;
    private readonly byte[] key;

    public PayRunChange(StoredPayRun? before, PayRun after, IReadOnlyList<PayRunRecorded> events, ChunkChange? chunk, KeyRing keyRing)
    {
        partition = after.Id.ToString();
        Mark = TransactionMark.New();
        key = before?.Key ?? RandomNumberGenerator.GetBytes(DataKeys.Length);
        var (kekId, wrapped) = before is null ? keyRing.WrapKey(partition, key) : (before.Head.KekId, before.Head.WrappedKey);
        var hash = before?.Head.Hash ?? HashChain.Genesis;
        var rows = new List<TableEntity>();
        foreach (var recorded in events)
        {
            var text = PayRunCodec.Encode(after.Id, recorded, key);
            hash = HashChain.Next(hash, partition, recorded.Number, text);
            var row = new TableEntity(partition, PayRunRows.Event(recorded.Number)) { ["Hash"] = hash };
            SplitBytes.Write(row, text);
            rows.Add(row);
            if (recorded.Event is AnswerTaken taken)
                rows.Add(new TableEntity(partition, PayRunRows.Answer(taken.MessageId)) { [nameof(AnswerTaken.Sha256)] = taken.Sha256 });
        }
        Head = new PayRunHeadRow(after, hash, Mark, kekId, wrapped);
        actions.Add(before is null
            ? new TableTransactionAction(TableTransactionActionType.Add, Head.ToEntity())
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, Head.ToEntity(), before.ETag));
        actions.AddRange(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        if (chunk is not null)
            actions.Add(new TableTransactionAction(
                TableTransactionActionType.UpdateReplace, ChunkRow.ToEntity(after.Id, key, chunk.After, Mark), ((StoredChunk)chunk.Before).ETag));
    }

    public string Mark { get; }

    public PayRunHeadRow Head { get; }

    /// <exception cref="TableTransactionFailedException">Refused as a whole; 409 or 412 when run or chunk have moved.</exception>
    public async Task<StoredPayRun> SubmitAsync(TableClient table, CancellationToken cancel)
    {
        var response = await table.SubmitTransactionAsync(actions, cancel);
        return new StoredPayRun(
            Head, response.Value[0].Headers.ETag ?? throw new InvalidOperationException("Storage has sent no ETag for a head that it wrote."), key);
    }
}
