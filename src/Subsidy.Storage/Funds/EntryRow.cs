using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <summary>
/// A ledger entry: its stored text, UTF-8 JSON such as
/// <code>{"number":7,"at":"…","actor":{"kind":"engine"},"kind":"reserved","subject":"…","amount":60000,"from":"available","to":"reserved"}</code>
/// and its hash (<see cref="HashChain"/>, with the fund-year as id).
/// </summary>
internal sealed record EntryRow(int Number, byte[] Text, byte[] Hash)
{
    private const string MarkColumn = "Mark";

    public LedgerEntry Entry => JsonSerializer.Deserialize<LedgerEntry>(Text, StoredJson.Options)!;

    public static EntryRow Next(FundKey key, LedgerEntry entry, byte[] previous)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(entry, StoredJson.Options);
        return new EntryRow(entry.Number, text, HashChain.Next(previous, key.ToString(), entry.Number, text));
    }

    public static EntryRow Of(TableEntity entity, int number) => new(number, entity.GetBinary(nameof(Text)), entity.GetBinary(nameof(Hash)));

    /// <summary>Which transaction wrote it.</summary>
    public static string MarkOf(TableEntity entity) => entity.GetString(MarkColumn);

    public TableEntity ToEntity(string partition, string mark) => new(partition, FundRows.Entry(Number))
    {
        [nameof(Text)] = Text,
        [nameof(Hash)] = Hash,
        [MarkColumn] = mark,
    };

    public StoredEntry ToStored(byte[] previous) => new(
        Entry,
        Encoding.UTF8.GetString(Text),
        Convert.ToHexStringLower(previous),
        Convert.ToHexStringLower(Hash));
}
