using System.Text;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Funds;
using Subsidy.Storage.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Funds;

public sealed class FundLedgersTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<Purse> LivedAsync(Store store)
    {
        var purse = new Purse(store);
        await purse.AppropriateAsync(150);
        await purse.ReserveAsync(1);
        await purse.ReserveAsync(2);
        await purse.DoAsync(new Gather("run", [Purse.Entitlement(1)]));
        return purse;
    }

    [Fact]
    public async Task Books_that_nobody_altered_are_sound_and_their_export_is_verified_offline()
    {
        await using var store = await Store.OpenAsync(azurite);
        await LivedAsync(store);
        var ledgers = store.Get<FundLedgers>();
        var verdict = (await ledgers.VerifyAsync(Purse.Key, Cancel))!;
        Assert.True(verdict.Sound);
        Assert.True(verdict.PositionsCompared);
        Assert.Null(await ledgers.VerifyAsync(new FundKey("relief", 1999), Cancel));

        var lines = await ledgers.ExportAsync(Purse.Key, Cancel).Select(line => line.ToJson()).ToListAsync(Cancel);
        Assert.True(HistoryVerifier.Verify(lines, verdict.Chain.LastHash).Sound);
        Assert.False(HistoryVerifier.Verify(lines[..^1], verdict.Chain.LastHash).Sound);
    }

    [Fact]
    public async Task A_receipt_that_stands_for_two_applications_is_remarked_and_the_books_are_sound_all_the_same()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        await purse.AppropriateAsync(1000);
        await purse.AdvanceAsync(400);
        foreach (var number in new[] { 1, 2 })
        {
            await purse.HandOutAsync(number);
            await purse.WitnessAsync(number, "收据12号 (wen-ruijie, qian-duoduo)");
        }

        var verdict = (await store.Get<FundLedgers>().VerifyAsync(Purse.Key, Cancel))!;

        Assert.True(verdict.Sound);
        Assert.Contains("'收据12号'", Assert.Single(verdict.Remarks).What.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_altered_entry_a_cut_end_and_an_altered_position_are_found()
    {
        await using var store = await Store.OpenAsync(azurite);
        await LivedAsync(store);
        var ledgers = store.Get<FundLedgers>();
        var table = store.Settings.Table("funds");

        var row = (await table.GetEntityAsync<TableEntity>(Purse.Key.ToString(), FundRows.Entry(1), cancellationToken: Cancel)).Value;
        var written = row.GetBinary("Text");
        row["Text"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(written).Replace("15000", "25000", StringComparison.Ordinal));
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancel);
        var altered = (await ledgers.VerifyAsync(Purse.Key, Cancel))!;
        Assert.Contains("Event 1 is not as it was written.", altered.Chain.Faults);
        Assert.Contains(altered.Books, fault => fault.What.En.Contains("Available should be 150.00", StringComparison.Ordinal));
        row["Text"] = written;
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancel);

        var position = (await table.GetEntityAsync<TableEntity>(Purse.Key.ToString(), FundRows.Position(Purse.Entitlement(2)), cancellationToken: Cancel)).Value;
        position["Data"] = position.GetString("Data").Replace("waiting", "paid", StringComparison.Ordinal);
        await table.UpdateEntityAsync(position, ETag.All, TableUpdateMode.Replace, Cancel);
        Assert.Contains((await ledgers.VerifyAsync(Purse.Key, Cancel))!.Books, fault => fault.What.En.Contains("it is Paid; the entries say otherwise", StringComparison.Ordinal));

        await table.DeleteEntityAsync(Purse.Key.ToString(), FundRows.Entry(3), cancellationToken: Cancel);
        Assert.Contains((await ledgers.VerifyAsync(Purse.Key, Cancel))!.Chain.Faults, fault => fault.Contains("was cut", StringComparison.Ordinal));
    }

    /// <summary>What was stored once is read for thirty years; this text was written by hand from the documented format.</summary>
    [Fact]
    public async Task The_stored_text_of_an_entry_is_the_documented_one()
    {
        await using var store = await Store.OpenAsync(azurite);
        await LivedAsync(store);
        var line = await store.Get<FundLedgers>().ExportAsync(Purse.Key, Cancel).FirstAsync(Cancel);
        Assert.Equal(
            """{"number":1,"at":"2026-03-02T09:00:00+08:00","actor":{"kind":"staff","id":"wen-ruijie"},"kind":"appropriated","subject":"opening","amount":15000,"from":"budget","to":"available","note":"青财预〔2026〕1号"}""",
            line.Text);
        Assert.Equal(Convert.ToHexStringLower(HashChain.Next(HashChain.Genesis, "relief-2026", 1, Encoding.UTF8.GetBytes(line.Text))), line.Hash);
    }
}
