using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>The head of a run: its state, the hash of its last event, and its data key, wrapped.</summary>
/// <param name="Mark">Random: tells the transaction that wrote it from every other.</param>
internal sealed record PayRunHeadRow(PayRun Run, byte[] Hash, string Mark, string KekId, byte[] WrappedKey)
{
    public static PayRunHeadRow Of(TableEntity entity) => new(
        JsonSerializer.Deserialize<PayRun>(entity.GetBinary(nameof(Run)), StoredJson.Options)!,
        entity.GetBinary(nameof(Hash)),
        entity.GetString(nameof(Mark)),
        entity.GetString(nameof(KekId)),
        entity.GetBinary(nameof(WrappedKey)));

    public TableEntity ToEntity() => new(Run.Id.ToString(), PayRunRows.Head)
    {
        [nameof(Run)] = JsonSerializer.SerializeToUtf8Bytes(Run, StoredJson.Options),
        [nameof(Hash)] = Hash,
        [nameof(Mark)] = Mark,
        [nameof(KekId)] = KekId,
        [nameof(WrappedKey)] = WrappedKey,
    };
}

/// <param name="Key">The run's data key, open.</param>
internal sealed record StoredPayRun(PayRunHeadRow Head, ETag ETag, byte[] Key) : PayRunSheet(Head.Run);

internal sealed record StoredChunk(PayChunk Content, ETag ETag) : ChunkSheet(Content);
