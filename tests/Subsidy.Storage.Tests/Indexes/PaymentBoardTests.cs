using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Indexes;

/// <summary>The public list of what was paid, per village and month.</summary>
public sealed class PaymentBoardTests(AzuriteFixture azurite)
{
    private static readonly Payee Li = new("李小四", "6222020000000000018", "青溪农商银行");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_period_stays_on_the_list_of_its_month_however_many_follow()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        for (var month = 1; month <= 9; month++)
            await life.PayAsync($"2027-0{month}");
        Assert.DoesNotContain((await life.NowAsync()).Entitlements, paid => paid.Period == "2027-01");

        for (var month = 1; month <= 9; month++)
        {
            var paid = Assert.Single(await ListAsync(store, $"2027-0{month}"));
            Assert.Equal(("张*丰", $"2027-0{month}", new Money(60_000), "transport-subsidy"), (paid.Name, paid.Period, paid.Amount, paid.Scheme.Id));
        }
    }

    [Fact]
    public async Task Who_was_paid_is_named_although_the_account_has_gone_over_to_somebody_else_since()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        await life.PayAsync("2027-01");
        await life.AddAsync(At(2, 1), new PayeeProposed(Li), new PayeeDecided(true, "office", null));
        await life.PayAsync("2027-02");

        Assert.Equal("张*丰", Assert.Single(await ListAsync(store, "2027-01")).Name);
        Assert.Equal("李*四", Assert.Single(await ListAsync(store, "2027-02")).Name);
    }

    [Fact]
    public async Task What_is_listed_does_not_fill_the_head_and_a_payment_costs_one_request_more()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        await life.PayAsync("2027-01");
        await life.AppendAsync(At(2, 1), PaidLife.Month("aaaaaaaaaaaa", "2027-02"));
        store.Wire.Restart();
        await life.TurnAsync();

        // The head, the row of the list, and what was done.
        Assert.Equal(3, store.Wire.Sent);
        Assert.DoesNotContain((await life.NowAsync()).Indexed.Keys, key => key.StartsWith("paid|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_payments_of_that_village_and_month_are_listed_in_the_order_of_their_days()
    {
        await using var store = await Store.OpenAsync(azurite);
        await (await PaidLife.BeginAsync(store, "aaaaaaaaaaaa")).PayAsync("once", At(3, 20));
        await (await PaidLife.BeginAsync(store, "bbbbbbbbbbbb")).PayAsync("once", At(3, 10));
        await (await PaidLife.BeginAsync(store, "cccccccccccc", PaidLife.Submission with { Village = "dongshan2" })).PayAsync("once", At(3, 10));
        await (await PaidLife.BeginAsync(store, "dddddddddddd")).PayAsync("once", new DateTimeOffset(2027, 3, 31, 16, 0, 0, TimeSpan.Zero)); // April in Beijing
        // Handed over out of the petty fund.
        await (await PaidLife.BeginAsync(store, "eeeeeeeeeeee")).PayAsync("once", At(3, 15), run: null);

        Assert.Equal([At(3, 10), At(3, 15), At(3, 20)], (await ListAsync(store, "2027-03")).Select(paid => paid.PaidAt));
        Assert.Single(await ListAsync(store, "2027-04"));
        Assert.Empty(await ListAsync(store, "2027-02"));
    }

    [Fact]
    public async Task What_came_back_is_off_the_list_even_of_a_month_long_past_and_on_that_of_the_month_in_which_it_is_paid_again()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        for (var month = 1; month <= 6; month++)
            await life.PayAsync($"2027-0{month}");
        await life.ReturnAsync("2027-01", At(7, 1));
        await life.ReturnAsync("2027-06", At(7, 1));
        Assert.Equal(4, (await KeysAsync(store)).Count);

        await life.AddAsync(At(8, 1), new Paid("aaaaaaaaaaaa-2027-01", new Money(60_000), "run-2", 2, 9));
        Assert.Empty(await ListAsync(store, "2027-01"));
        Assert.Empty(await ListAsync(store, "2027-06"));
        Assert.Equal("2027-01", Assert.Single(await ListAsync(store, "2027-08")).Period);
    }

    [Fact]
    public async Task What_came_back_is_not_shown_even_before_the_engine_has_seen_to_it()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        await life.PayAsync("2027-01");
        await life.AppendAsync(At(2, 1), new PaymentReturned("aaaaaaaaaaaa-2027-01", PaidLife.Fund, new Money(60_000), "run-1", 1, "AC04", 2, 4, null));

        Assert.Single(await KeysAsync(store));
        Assert.Empty(await ListAsync(store, "2027-01"));
    }

    [Theory]
    [InlineData(Fault.BeforeServer)]
    [InlineData(Fault.AfterServer)]
    public async Task Whatever_breaks_the_next_turn_puts_it_on_the_list_and_takes_it_off(Fault fault)
    {
        await using var store = await Store.OpenAsync(azurite);
        for (var broken = 1; broken <= 4; broken++)
        {
            var id = $"aaaaaaaaaaa{broken}";
            var life = await PaidLife.BeginAsync(store, id);
            await life.AppendAsync(At(1, 5), PaidLife.Month(id, "2027-01"));
            await BreakAsync(store, life, broken, fault);
            Assert.Contains((await KeysAsync(store)), key => key.EndsWith($"|{id}-2027-01", StringComparison.Ordinal));

            await life.AppendAsync(At(2, 1), new PaymentReturned($"{id}-2027-01", PaidLife.Fund, new Money(60_000), "run-1", 1, "AC04", 2, 4, null));
            await BreakAsync(store, life, broken, fault);
            Assert.Empty(await KeysAsync(store));
        }
    }

    [Fact]
    public async Task A_rebuild_makes_the_list_again_from_the_streams_and_takes_away_what_is_not_right()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        for (var month = 1; month <= 5; month++)
            await life.PayAsync($"2027-0{month}");
        await life.ReturnAsync("2027-05", At(6, 1));
        var table = store.Settings.Table("indexes");
        var right = await KeysAsync(store);
        await table.DeleteEntityAsync(IndexRow.Partition, right[0], cancellationToken: Cancel);
        await table.UpsertEntityAsync(Row(right[1], "aaaaaaaaaaaa", payeeAt: 99), cancellationToken: Cancel);
        string[] wrong = ["paid|2027-05|dongshan|aaaaaaaaaaaa|aaaaaaaaaaaa-2027-05", "paid|2027-05|dongshan|zzzzzzzzzzzz|zzzzzzzzzzzz-once"];
        foreach (var key in wrong)
            await table.UpsertEntityAsync(Row(key, key.Split('|')[3], payeeAt: 1), cancellationToken: Cancel);

        Assert.Equal(new Rebuilt(2 + 4, wrong.Length), await store.Get<IndexRebuild>().RunAsync(Cancel));

        Assert.Equal(right, await KeysAsync(store));
        for (var month = 1; month <= 4; month++)
            Assert.Equal("张*丰", Assert.Single(await ListAsync(store, $"2027-0{month}")).Name);
        Assert.Equal(new Rebuilt(2 + 4, 0), await store.Get<IndexRebuild>().RunAsync(Cancel));
    }

    [Fact]
    public async Task Of_who_is_erased_nothing_is_shown_and_a_rebuild_leaves_it_so()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        await life.PayAsync("once", At(3, 5));
        await store.Get<ApplicationKeys>().DestroyAsync("aaaaaaaaaaaa", Cancel);
        Assert.Empty(await ListAsync(store, "2027-03"));

        Assert.Equal(0, (await store.Get<IndexRebuild>().RunAsync(Cancel)).Deleted);
        Assert.Single(await KeysAsync(store));
        Assert.Empty(await ListAsync(store, "2027-03"));
    }

    [Fact]
    public async Task Nothing_personal_stands_on_the_list()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = await PaidLife.BeginAsync(store, "aaaaaaaaaaaa");
        await life.AddAsync(At(2, 1), new PayeeCorrected(Li));
        await life.PayAsync("once", At(3, 5));

        var row = await store.Settings.Table("indexes").GetEntityAsync<TableEntity>(
            IndexRow.Partition, "paid|2027-03|dongshan|aaaaaaaaaaaa|aaaaaaaaaaaa-once", cancellationToken: Cancel);
        Assert.Equal(
            ["Amount=60000", "Application=aaaaaaaaaaaa", "Entitlement=aaaaaaaaaaaa-once", "PaidAt=2027-03-05T09:00:00.0000000+08:00", "PayeeAt=3", "Period=once"],
            row.Value.Where(column => column.Key is not ("odata.etag" or "PartitionKey" or "RowKey" or "Timestamp"))
                .Select(column => $"{column.Key}={column.Value}").Order(StringComparer.Ordinal));
    }

    /// <summary>A turn in which one request fails, and the one after it.</summary>
    private static async Task BreakAsync(Store store, PaidLife life, int broken, Fault fault)
    {
        store.Wire.Restart();
        store.Wire.Breaks = (number, _) => number == broken ? fault : Fault.None;
        await Record.ExceptionAsync(life.TurnAsync);
        store.Wire.Breaks = (_, _) => Fault.None;
        await life.TurnAsync();
    }

    private static TableEntity Row(string key, string application, int payeeAt) => new(IndexRow.Partition, key)
    {
        [IndexRow.Application] = application,
        ["Entitlement"] = key.Split('|')[4],
        ["Period"] = "2027-05",
        ["Amount"] = 1L,
        ["PaidAt"] = "2027-05-05T09:00:00.0000000+08:00",
        ["PayeeAt"] = payeeAt,
    };

    /// <summary>Of the rows of the list.</summary>
    private static async Task<List<string>> KeysAsync(Store store) => await store.Settings.Table("indexes")
        .QueryAsync<TableEntity>(cancellationToken: Cancel).Select(row => row.RowKey)
        .Where(key => key.StartsWith("paid|", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToListAsync(Cancel);

    private static DateTimeOffset At(int month, int day) => new(2027, month, day, 9, 0, 0, TimeSpan.FromHours(8));

    private static Task<IReadOnlyList<PublishedPayment>> ListAsync(Store store, string month, string village = "dongshan") =>
        store.Get<PaymentBoard>().OfAsync(month, village, Cancel);
}
