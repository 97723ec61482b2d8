using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <summary>What a decision does to the rows of a fund-year: one entity group transaction. The head comes first, so that a lost race shows as its ETag.</summary>
internal sealed class FundChange
{
    /// <summary>What Table Storage takes at once. In bytes there is no need to count: no row here has more than some hundred.</summary>
    public const int MostRows = 100;

    private readonly List<TableTransactionAction> actions = [];
    private readonly string partition;

    public FundChange(StoredSheet before, FundDecided decided, FundEntry? entry)
    {
        partition = decided.Fund.Key.ToString();
        Mark = TransactionMark.New();
        var entries = Chain(before, decided);
        var hash = entries.Count > 0 ? entries[^1].Hash : before.Head.Hash;
        var head = new FundHeadRow(decided.Fund, before.Head.Turn + 1, hash, Mark, null).ToEntity();
        actions.Add(before.Head.ETag is { } etag
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, head, etag)
            : new TableTransactionAction(TableTransactionActionType.Add, head));
        foreach (var row in entries)
            Add(row.ToEntity(partition, Mark));
        foreach (var position in decided.Positions)
            Move(
                before.View.Positions.FirstOrDefault(old => old.Entitlement == position.Entitlement),
                new PositionRow(position, before.Head.Turn + 1),
                decided.News.Contains(position.Entitlement));
        if (entry is not null)
            Add(FundRows.Once(partition, entry, before.Head.Turn + 1));
    }

    public string Mark { get; }

    /// <exception cref="AppendTooLargeException">Table Storage would refuse it.</exception>
    /// <exception cref="TableTransactionFailedException">Refused as a whole; 409 or 412 when the fund-year has moved.</exception>
    public async Task SubmitAsync(TableClient table, CancellationToken cancel)
    {
        if (actions.Count > MostRows)
            throw new AppendTooLargeException($"{actions.Count} rows for {partition} at once; a transaction takes {MostRows}.");
        await table.SubmitTransactionAsync(actions, cancel);
    }

    private static List<EntryRow> Chain(StoredSheet before, FundDecided decided)
    {
        var rows = new List<EntryRow>(decided.Entries.Count);
        var (number, hash) = (before.View.Fund.Version, before.Head.Hash);
        foreach (var entry in decided.Entries)
        {
            if (entry.Number != ++number)
                throw new ArgumentException($"Entry {entry.Number} of {decided.Fund.Key} stands in the place of {number}.", nameof(decided));
            rows.Add(EntryRow.Next(decided.Fund.Key, entry, hash));
            hash = rows[^1].Hash;
        }
        if (number != decided.Fund.Version)
            throw new ArgumentException($"{decided.Fund.Key} counts {decided.Fund.Version} entries; the last is {number}.", nameof(decided));
        return rows;
    }

    private void Move(Position? before, PositionRow after, bool news)
    {
        Put(after, FundRows.Position(after.Position.Entitlement));
        var next = FundRows.DerivedFrom(after.Position).ToList();
        foreach (var gone in FundRows.DerivedFrom(before).Except(next))
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, gone), ETag.All));
        foreach (var key in next)
            Put(after, key);
        if (news)
            Put(after, FundRows.News(after.Position.Entitlement));
    }

    private void Put(PositionRow row, string key) =>
        actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row.ToEntity(partition, key)));

    private void Add(TableEntity entity) => actions.Add(new TableTransactionAction(TableTransactionActionType.Add, entity));
}
