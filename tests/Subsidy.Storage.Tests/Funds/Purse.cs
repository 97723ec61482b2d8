using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Storage.Tests.Funds;

/// <summary>A fund-year on real storage, and what tests do with it.</summary>
internal sealed class Purse(Store store, FundKey fundYear)
{
    public static readonly FundKey Key = new("relief", 2026);

    private static readonly Actor Administrator = Actor.Staff("wen-ruijie");

    public Purse(Store store)
        : this(store, Key)
    {
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public FundKey FundYear => fundYear;

    public IFundBooks Books => store.Get<IFundBooks>();

    public static string Entitlement(int number) => $"k7qm3wxtp{number:D3}-2026";

    public Task<FundAnswer> AppropriateAsync(long yuan, string id = "opening") =>
        DoAsync(new Appropriate(Administrator, id, Money.FromYuan(yuan), "青财预〔2026〕1号"));

    public Task<FundAnswer> AdvanceAsync(long yuan) => DoAsync(new AdvancePetty(Administrator, "petty", Money.FromYuan(yuan), "支票1号"));

    public Task<FundAnswer> ReserveAsync(int number, long yuan = 100, int day = 1) =>
        DoAsync(new Reserve(Entitlement(number), "relief-fund", "dongshan", Money.FromYuan(yuan), new DateOnly(2026, 3, day), Grant: 5));

    public Task<FundAnswer> ReleaseAsync(int number, long yuan = 100) =>
        DoAsync(new Release(Entitlement(number), "relief-fund", "dongshan", Money.FromYuan(yuan), new DateOnly(2026, 3, 1), Grant: 5));

    /// <summary>Set aside, and handed over by one who has signed; there must be cash.</summary>
    public async Task HandOutAsync(int number)
    {
        await ReserveAsync(number);
        await DoAsync(new HandOut(Entitlement(number), HandOver: 7));
    }

    public Task<FundAnswer> WitnessAsync(int number, string document) => DoAsync(new PayFromPetty(Administrator, Entitlement(number), HandOver: 7, document));

    public async Task<FundAnswer> DoAsync(FundCommand command)
    {
        var answer = await store.Get<FundDesk>().HandleAsync(fundYear, command, Cancel);
        Assert.True(answer.Refusal is null, answer.Refusal?.Faults[0].Message.En);
        return answer;
    }

    public Task<Fund> ServeAsync() => store.Get<FundDesk>().ServeAsync(fundYear, Cancel);

    public async Task<Fund> FundAsync() => (await Books.LoadAsync(fundYear, [], null, Cancel)).View.Fund;

    public async Task<List<StoredEntry>> LedgerAsync() => await Books.ReadAsync(fundYear, Cancel).ToListAsync(Cancel);

    public async Task<List<string>> DueAsync(int day = 31) =>
        [.. (await Books.DueAsync(fundYear, new DateOnly(2026, 3, day), Cancel).ToListAsync(Cancel)).Select(position => position.Entitlement)];

    public async Task<List<string>> QueueAsync() =>
        [.. (await Books.LoadQueueAsync(fundYear, FundCommand.MostAtOnce, Cancel)).View.Positions.Select(position => position.Entitlement)];

    public async Task<List<string>> NewsAsync() =>
        [.. (await Books.NewsAsync(fundYear, Cancel).ToListAsync(Cancel)).Select(news => news.Position.Entitlement)];

    /// <summary>Keys of all rows of the fund-year, in order.</summary>
    public async Task<List<string>> RowsAsync()
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {fundYear.ToString()}");
        return [.. (await store.Settings.Table("funds").QueryAsync<TableEntity>(filter, cancellationToken: Cancel).ToListAsync(Cancel))
            .Select(row => row.RowKey).Order(StringComparer.Ordinal)];
    }

    /// <summary>The derived rows are just those that the positions ask for, and the entries are chained and counted.</summary>
    public async Task CheckAsync()
    {
        var fund = await FundAsync();
        var rows = await RowsAsync();
        var ids = rows.Where(row => row.StartsWith("e|", StringComparison.Ordinal)).Select(row => row[2..]).ToList();
        var positions = new List<Position>();
        foreach (var some in ids.Chunk(FundCommand.MostAtOnce))
            positions.AddRange((await Books.LoadAsync(fundYear, some, null, Cancel)).View.Positions);
        Assert.Equal(ids.Count, positions.Count);
        Assert.Equal(
            positions.Where(position => position.State is PositionState.Waiting).OrderBy(position => position.Ticket).Select(position => position.Entitlement),
            await QueueAsync());
        Assert.Equal(
            positions.Where(position => position.State is PositionState.Reserved).OrderBy(position => position.Due).ThenBy(position => position.Entitlement, StringComparer.Ordinal)
                .Select(position => position.Entitlement),
            await DueAsync());
        Assert.Equal(
            positions.Where(position => position.State is PositionState.HandedOut).Select(position => position.Entitlement).Order(StringComparer.Ordinal),
            await Books.HandedOutAsync(fundYear, Cancel).Select(position => position.Entitlement).ToListAsync(Cancel));
        var open = await Books.OpenAsync(fundYear, Cancel).ToListAsync(Cancel);
        Assert.Equal(positions.Where(position => position.Open).Select(position => position.Entitlement).Order(), open.Select(position => position.Entitlement).Order());
        Assert.Equal(open.Count, fund.Open);
        Assert.Equal(Money.Zero, fund.Balances.Values.Aggregate(Money.Zero, (sum, balance) => sum + balance));
        Assert.Equal(Enumerable.Range(1, fund.Version), (await LedgerAsync()).Select(stored => stored.Entry.Number));
        if (fund.Version > 0)
            Assert.Contains(fundYear, await Books.AllAsync(Cancel));
    }
}
