using System.Text.Json;
using Azure.Data.Tables;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <summary>
/// A position as the transaction <paramref name="Turn"/> left it. Its own row, its place in the queue, in the list of what is due and
/// among the news all hold the same, so that none of them needs a second read.
/// </summary>
internal sealed record PositionRow(Position Position, long Turn)
{
    private const string DataColumn = "Data";

    public static PositionRow Of(TableEntity entity) => new(
        JsonSerializer.Deserialize<Position>(entity.GetString(DataColumn), StoredJson.Options)!, entity.GetInt64(nameof(Turn))!.Value);

    public TableEntity ToEntity(string partition, string rowKey) => new(partition, rowKey)
    {
        [DataColumn] = JsonSerializer.Serialize(Position, StoredJson.Options),
        [nameof(Position.Open)] = Position.Open,
        [nameof(Turn)] = Turn,
    };
}
