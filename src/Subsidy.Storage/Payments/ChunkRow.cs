using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>
/// A chunk: its lines sealed with the run's key, and beside them in the clear what may be said of them without opening it. A run is an
/// accounting voucher (会计档案管理办法: 30 years): it keeps its own copy of the payee, also when an application is erased.
/// </summary>
internal static class ChunkRow
{
    public const string TallyColumn = "Tally";
    private const string MarkColumn = "Mark";

    public static TableEntity ToEntity(PayRunId run, byte[] key, PayChunk chunk, string mark)
    {
        var entity = new TableEntity(run.ToString(), PayRunRows.Chunk(chunk.Number))
        {
            [TallyColumn] = JsonSerializer.Serialize(ChunkTally.Of(chunk), StoredJson.Options),
            [MarkColumn] = mark,
        };
        SplitBytes.Write(entity, SealedBox.Seal(key, JsonSerializer.SerializeToUtf8Bytes(chunk, StoredJson.Options), Context(run, chunk.Number)));
        return entity;
    }

    public static PayChunk Open(PayRunId run, byte[] key, TableEntity entity) => JsonSerializer.Deserialize<PayChunk>(
        SealedBox.Open(key, SplitBytes.Read(entity), Context(run, PayRunRows.NumberOf(entity.RowKey))), StoredJson.Options)!;

    public static ChunkTally TallyOf(TableEntity entity) =>
        JsonSerializer.Deserialize<ChunkTally>(entity.GetString(TallyColumn), StoredJson.Options)!;

    public static string MarkOf(TableEntity entity) => entity.GetString(MarkColumn);

    private static string[] Context(PayRunId run, int number) => ["chunk", run.ToString(), number.ToString(CultureInfo.InvariantCulture)];
}
