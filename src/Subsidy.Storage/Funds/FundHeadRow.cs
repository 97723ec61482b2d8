using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <summary>The head of a fund-year: what the ledger has left, in columns.</summary>
/// <param name="Turn">Number of the transaction that wrote it. Some move positions only, so it is not the number of the last entry.</param>
/// <param name="Hash">Of the last entry.</param>
/// <param name="Mark">Random: tells the transaction that wrote it from every other.</param>
/// <param name="ETag">Null before the first transaction.</param>
internal sealed record FundHeadRow(Fund Fund, long Turn, byte[] Hash, string Mark, ETag? ETag)
{
    private static readonly Account[] Accounts = Enum.GetValues<Account>();

    public static FundHeadRow Empty(FundKey key) => new(Fund.Empty(key), 0, HashChain.Genesis, "", null);

    public static FundHeadRow Of(FundKey key, TableEntity entity) => new(
        new Fund(
            key,
            entity.GetInt32(nameof(Fund.Version))!.Value,
            Accounts.Where(account => entity.ContainsKey(ColumnOf(account)))
                .ToDictionary(account => account, account => new Money(entity.GetInt64(ColumnOf(account))!.Value)),
            entity.GetInt32(nameof(Fund.NextTicket))!.Value,
            entity.GetInt32(nameof(Fund.Waiting))!.Value,
            entity.GetInt32(nameof(Fund.Open))!.Value,
            entity.GetBoolean(nameof(Fund.Closed))!.Value)
        {
            Schemes = JsonSerializer.Deserialize<Dictionary<string, SchemeTally>>(entity.GetString(nameof(Fund.Schemes)), StoredJson.Options)!,
            PettyCash = JsonSerializer.Deserialize<PettyCash>(entity.GetString(nameof(Fund.PettyCash)), StoredJson.Options)!,
        },
        entity.GetInt64(nameof(Turn))!.Value,
        entity.GetBinary(nameof(Hash)),
        entity.GetString(nameof(Mark)),
        entity.ETag);

    public TableEntity ToEntity()
    {
        var entity = new TableEntity(Fund.Key.ToString(), FundRows.Head)
        {
            [nameof(Fund.Version)] = Fund.Version,
            [nameof(Fund.NextTicket)] = Fund.NextTicket,
            [nameof(Fund.Waiting)] = Fund.Waiting,
            [nameof(Fund.Open)] = Fund.Open,
            [nameof(Fund.Closed)] = Fund.Closed,
            [nameof(Fund.Schemes)] = JsonSerializer.Serialize(Fund.Schemes, StoredJson.Options),
            [nameof(Fund.PettyCash)] = JsonSerializer.Serialize(Fund.PettyCash, StoredJson.Options),
            [nameof(Turn)] = Turn,
            [nameof(Hash)] = Hash,
            [nameof(Mark)] = Mark,
        };
        foreach (var (account, balance) in Fund.Balances)
            entity[ColumnOf(account)] = balance.Fen;
        return entity;
    }

    private static string ColumnOf(Account account) => $"{account}Fen";
}
