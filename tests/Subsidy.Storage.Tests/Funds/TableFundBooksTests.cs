using System.Text.Json;
using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Storage.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Funds;

public sealed class TableFundBooksTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fund_year_that_nobody_has_written_to_is_empty()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        Assert.Equal(0, (await purse.FundAsync()).Version);
        Assert.Empty(await purse.LedgerAsync());
        Assert.Empty(await purse.QueueAsync());
        Assert.Empty(await purse.Books.AllAsync(Cancel));
    }

    [Fact]
    public async Task What_was_written_is_read_back_by_another_process()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(250);
        await purse.ReserveAsync(1);
        await purse.ReserveAsync(2);
        var before = (await purse.ReserveAsync(3)).Fund;

        await using var again = await store.AgainAsync(azurite);
        var sheet = await again.Get<IFundBooks>().LoadAsync(Purse.Key, [Purse.Entitlement(3), Purse.Entitlement(1), "nobody-2026"], new FundEntry("appropriation|opening"), Cancel);
        Assert.Equal(Json(before), Json(sheet.View.Fund));
        Assert.True(sheet.View.EntryExists);
        Assert.False(sheet.View.OtherContent);
        Assert.True((await again.Get<IFundBooks>().LoadAsync(Purse.Key, [], new FundEntry("appropriation|opening", "another amount"), Cancel)).View.OtherContent);
        Assert.Equal(
            [
                new Position(Purse.Entitlement(3), "relief-fund", "dongshan", Money.FromYuan(100), PositionState.Waiting, new DateOnly(2026, 3, 1), 1, 1, null, null, 5) { Change = 1 },
                new Position(Purse.Entitlement(1), "relief-fund", "dongshan", Money.FromYuan(100), PositionState.Reserved, new DateOnly(2026, 3, 1), 0, 1, null, null, 5) { Change = 1 },
            ],
            sheet.View.Positions);
        var ledger = await new Purse(again).LedgerAsync();
        Assert.Equal([EntryKind.Appropriated, EntryKind.Reserved, EntryKind.Reserved, EntryKind.Queued], ledger.Select(stored => stored.Entry.Kind));
        Assert.Equal(new string('0', 64), ledger[0].PreviousHash);
        Assert.Equal(ledger[..^1].Select(stored => stored.Hash), ledger[1..].Select(stored => stored.PreviousHash));
        await new Purse(again).CheckAsync();
    }

    [Fact]
    public async Task The_queue_is_in_order_of_tickets_and_the_due_list_in_order_of_days()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(300);
        await purse.ReserveAsync(1, day: 9);
        await purse.ReserveAsync(3, day: 2);
        await purse.ReserveAsync(2, day: 2);
        Assert.Equal([Purse.Entitlement(2), Purse.Entitlement(3), Purse.Entitlement(1)], await purse.DueAsync());
        Assert.Equal([Purse.Entitlement(2), Purse.Entitlement(3)], await purse.DueAsync(day: 2));

        foreach (var number in new[] { 9, 4, 7, 5 })
            await purse.ReserveAsync(number);
        await purse.ReleaseAsync(4);
        Assert.Equal([Purse.Entitlement(9), Purse.Entitlement(7), Purse.Entitlement(5)], await purse.QueueAsync());
        Assert.Single((await purse.Books.LoadQueueAsync(Purse.Key, 1, Cancel)).View.Positions);
        await purse.CheckAsync();
    }

    [Fact]
    public async Task What_waits_for_a_second_signature_is_listed_until_there_is_one_or_it_is_taken_back()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(1000);
        await purse.AdvanceAsync(400);
        foreach (var number in Enumerable.Range(1, 3))
            await purse.HandOutAsync(number);
        Assert.Equal(3, (await purse.Books.HandedOutAsync(Purse.Key, Cancel).ToListAsync(Cancel)).Count);
        await purse.CheckAsync();

        await purse.WitnessAsync(2, "收据1号");
        await purse.DoAsync(new TakeBack(Purse.Entitlement(3), HandOver: 7));

        Assert.Equal([Purse.Entitlement(1)], await purse.Books.HandedOutAsync(Purse.Key, Cancel).Select(position => position.Entitlement).ToListAsync(Cancel));
        await purse.CheckAsync();
    }

    [Fact]
    public async Task A_command_is_point_reads_and_one_transaction()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(300);
        store.Wire.Restart();
        await purse.ReserveAsync(1);
        Assert.Equal(3, store.Wire.Sent);
        Assert.All(store.Wire.Requests.Take(2), request => Assert.Contains("(PartitionKey=", request, StringComparison.Ordinal));
        Assert.EndsWith("$batch", store.Wire.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_as_a_command_takes_go_through_every_state_in_one_transaction_each()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        var numbers = Enumerable.Range(1, FundCommand.MostAtOnce).ToList();
        foreach (var number in numbers)
            await purse.ReserveAsync(number);
        await purse.AppropriateAsync(10_000);
        List<string> all = [.. numbers.Select(Purse.Entitlement)];

        foreach (var command in new FundCommand[]
        {
            new ServeQueue(), new Gather("run", all), new Scatter("run", all), new Gather("run", all), new Commit("run", all),
            new Answer("run", [.. all.Select(id => new BankAnswer(id, 1, null))]),
            new Answer("run", [.. all.Select(id => new BankAnswer(id, 1, "AC04"))]),
        })
        {
            store.Wire.Restart();
            await purse.DoAsync(command);
            Assert.Single(store.Wire.Requests, request => request.EndsWith("$batch", StringComparison.Ordinal));
            await purse.CheckAsync();
        }
        Assert.Equal(all.Order(), (await purse.NewsAsync()).Order());
        Assert.All(await purse.Books.NewsAsync(Purse.Key, Cancel).ToListAsync(Cancel), news => Assert.Equal("AC04", news.Position.Code));
    }

    [Fact]
    public async Task More_rows_than_a_transaction_takes_are_refused_before_anything_is_sent()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        var sheet = await purse.Books.LoadAsync(Purse.Key, [], null, Cancel);
        var entries = Enumerable.Range(1, 100)
            .Select(number => new LedgerEntry(number, store.Time.GetUtcNow(), Actor.Engine, EntryKind.Queued, "x", Money.Zero, null, null, null, null)).ToList();
        var decided = new FundDecided(sheet.View.Fund with { Version = 100 }, entries, [], [], null);
        await Assert.ThrowsAsync<AppendTooLargeException>(() => purse.Books.AppendAsync(sheet, decided, null, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => purse.Books.AppendAsync(sheet, decided with { Entries = entries[1..] }, null, Cancel));
        Assert.Empty(await purse.RowsAsync());
    }

    [Fact]
    public async Task Of_two_writers_one_wins_and_the_other_writes_nothing()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(100);
        var sheet = await purse.Books.LoadAsync(Purse.Key, [Purse.Entitlement(1), Purse.Entitlement(2)], null, Cancel);
        var answers = await Task.WhenAll(Enumerable.Range(1, 2).Select(number => purse.Books.AppendAsync(
            sheet,
            FundDecider.Decide(sheet.View, new Reserve(Purse.Entitlement(number), "s", "v", Money.FromYuan(100), new DateOnly(2026, 3, 1), 5), store.Time.GetUtcNow()),
            null,
            Cancel)));
        Assert.Single(answers, answer => answer is not null);
        Assert.Equal(Money.Zero, (await purse.FundAsync()).Available);
        await purse.CheckAsync();
    }

    [Fact]
    public async Task Of_two_first_writers_one_wins()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => purse.AppropriateAsync(number, $"increase {number}")));
        Assert.Equal(Money.FromYuan(10), (await purse.FundAsync()).Available);
        Assert.Equal([Purse.Key], await purse.Books.AllAsync(Cancel));
        await purse.CheckAsync();
    }

    [Fact]
    public async Task Whoever_asks_at_once_gets_money_or_a_ticket_and_the_fund_is_never_overdrawn()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(350);
        await Task.WhenAll(Enumerable.Range(1, 6).Select(number => purse.ReserveAsync(number)));
        var fund = await purse.FundAsync();
        Assert.Equal((Money.FromYuan(50), 3), (fund.Available, fund.Waiting));
        var queue = await purse.QueueAsync();

        await purse.AppropriateAsync(200, "increase");
        await Task.WhenAll(Enumerable.Range(1, 3).Select(_ => purse.ServeAsync()));
        Assert.Equal(queue[2..], await purse.QueueAsync());
        Assert.Equal(queue[..2].Order(), (await purse.NewsAsync()).Order());
        await purse.CheckAsync();
    }

    [Fact]
    public async Task An_entry_stands_in_the_books_once_whatever_its_id_looks_like()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        foreach (var id in new[] { "a/b", "a\\b", "a#b?", new string('字', 2000) })
        {
            await purse.AppropriateAsync(10, id);
            await purse.AppropriateAsync(10, id);
        }
        Assert.Equal(Money.FromYuan(40), (await purse.FundAsync()).Available);
    }

    [Fact]
    public async Task Two_writers_of_one_entry_leave_one()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(_ => purse.AppropriateAsync(10)));
        Assert.Equal(Money.FromYuan(10), (await purse.FundAsync()).Available);
        Assert.Single(await purse.LedgerAsync());
    }

    [Fact]
    public async Task News_that_has_become_newer_stays_and_news_that_was_heard_goes()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(100);
        await purse.ReserveAsync(1);
        await purse.DoAsync(new Gather("run", [Purse.Entitlement(1)]));
        await purse.DoAsync(new Commit("run", [Purse.Entitlement(1)]));
        var old = Assert.Single(await purse.Books.NewsAsync(Purse.Key, Cancel).ToListAsync(Cancel));
        await purse.DoAsync(new Answer("run", [new BankAnswer(Purse.Entitlement(1), 1, null)]));

        await purse.Books.HeardAsync(Purse.Key, [old], Cancel);
        var news = Assert.Single(await purse.Books.NewsAsync(Purse.Key, Cancel).ToListAsync(Cancel));
        Assert.Equal(PositionState.Paid, news.Position.State);
        await purse.Books.HeardAsync(Purse.Key, [news], Cancel);
        await purse.Books.HeardAsync(Purse.Key, [news], Cancel);
        Assert.Empty(await purse.NewsAsync());
    }

    [Fact]
    public async Task Of_much_news_that_was_heard_at_once_what_is_newer_stays_and_what_is_gone_is_gone()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        List<string> all = [.. Enumerable.Range(1, 3).Select(Purse.Entitlement)];
        await purse.AppropriateAsync(300);
        for (var n = 1; n <= 3; n++)
            await purse.ReserveAsync(n);
        await purse.DoAsync(new Gather("run", all));
        await purse.DoAsync(new Commit("run", all));
        var news = await purse.Books.NewsAsync(Purse.Key, Cancel).ToListAsync(Cancel);
        await purse.DoAsync(new Answer("run", [new BankAnswer(all[0], 1, null)]));
        await purse.Books.HeardAsync(Purse.Key, [news.Single(one => one.Position.Entitlement == all[1])], Cancel);

        await purse.Books.HeardAsync(Purse.Key, news, Cancel);

        Assert.Equal(PositionState.Paid, Assert.Single(await purse.Books.NewsAsync(Purse.Key, Cancel).ToListAsync(Cancel)).Position.State);
    }

    [Fact]
    public async Task What_is_newer_than_the_head_that_was_read_is_not_taken()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(100);
        await using var other = await store.AgainAsync(azurite);
        // Between the head and the position, another process reserves.
        store.Wire.Restart();
        store.Wire.Breaks = (number, _) =>
        {
            if (number == 2)
                Task.Run(() => new Purse(other).ReserveAsync(1)).GetAwaiter().GetResult();
            return Fault.None;
        };
        var view = (await purse.Books.LoadAsync(Purse.Key, [Purse.Entitlement(1)], null, Cancel)).View;
        Assert.Equal(2, view.Fund.Version);
        Assert.Single(view.Positions);
    }

    [Fact]
    public async Task An_entry_that_was_deleted_is_not_passed_over()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(300);
        await purse.ReserveAsync(1);
        await purse.ReserveAsync(2);
        foreach (var number in new[] { 3, 2 })
        {
            await store.Settings.Table("funds").DeleteEntityAsync(Purse.Key.ToString(), FundRows.Entry(number), cancellationToken: Cancel);
            await Assert.ThrowsAsync<BrokenLedgerException>(purse.LedgerAsync);
        }
    }

    [Fact]
    public async Task A_ledger_longer_than_a_page_of_storage_is_read_in_order()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        for (var round = 0; round < 11; round++)
        {
            var sheet = await purse.Books.LoadAsync(Purse.Key, [], null, Cancel);
            var first = sheet.View.Fund.Version + 1;
            var entries = Enumerable.Range(first, 99)
                .Select(number => new LedgerEntry(number, store.Time.GetUtcNow(), Actor.Engine, EntryKind.Queued, "x", Money.Zero, null, null, null, null)).ToList();
            await purse.Books.AppendAsync(sheet, new FundDecided(sheet.View.Fund with { Version = first + 98 }, entries, [], [], null), null, Cancel);
        }
        Assert.Equal(Enumerable.Range(1, 11 * 99), (await purse.LedgerAsync()).Select(stored => stored.Entry.Number));
    }

    private static string Json(Fund fund) => JsonSerializer.Serialize(
        new { fund.Key, fund.Version, Balances = fund.Balances.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"), fund.NextTicket, fund.Waiting, fund.Open, fund.Closed },
        StoredJson.Options);
}
