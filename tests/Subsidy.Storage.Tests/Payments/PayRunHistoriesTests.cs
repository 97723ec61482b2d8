using System.Text;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Payments;

public sealed class PayRunHistoriesTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_nobody_altered_is_sound_and_its_export_is_verified_offline()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 1);
        var run = await DiscardedAsync(office);
        var histories = office.Store.Get<IPayRunHistories>();

        var verdict = (await histories.VerifyAsync(run, Cancel))!;
        Assert.Empty(verdict.Faults);
        Assert.Equal((await office.Desk.FindAsync(run, Cancel))!.Version, verdict.Events);
        var lines = await histories.ExportAsync(run, Cancel).Select(line => line.ToJson()).ToListAsync(Cancel);
        Assert.Equal(verdict.Events, lines.Count);
        Assert.True(HistoryVerifier.Verify(lines, verdict.LastHash).Sound);
        Assert.False(HistoryVerifier.Verify(lines[..^1], verdict.LastHash).Sound);
        Assert.DoesNotContain(lines, line => line.Contains("日期错了", StringComparison.Ordinal));

        var never = new PayRunId(office.Fund, 7);
        Assert.Null(await histories.VerifyAsync(never, Cancel));
        Assert.Empty(await histories.ExportAsync(never, Cancel).ToListAsync(Cancel));
        Assert.Empty(await histories.ReadAsync(never, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_people_wrote_is_read_where_the_events_are_as_they_were_written()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 1);
        var run = await DiscardedAsync(office);

        var read = await office.Store.Get<IPayRunHistories>().ReadAsync(run, Cancel).ToListAsync(Cancel);

        Assert.Equal(
            await office.Books.ReadAsync(run, Cancel).Select(stored => stored.Recorded.Event.GetType()).ToListAsync(Cancel),
            read.Select(one => one.Recorded!.Event.GetType()));
        Assert.Equal("日期错了", Assert.Single(read.Select(one => one.Recorded!.Event).OfType<DiscardOrdered>()).Reason);
    }

    [Fact]
    public async Task An_altered_event_is_found_and_is_not_retold_and_the_others_are()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 1);
        var run = await DiscardedAsync(office);
        var row = await EventAsync(office, run, 2);
        var data = row.GetBinary("Data0");
        data[^3] ^= 1;
        row["Data0"] = data;
        await TableOf(office).UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancel);
        var histories = office.Store.Get<IPayRunHistories>();

        Assert.Contains("Event 2 is not as it was written.", (await histories.VerifyAsync(run, Cancel))!.Faults);
        var read = await histories.ReadAsync(run, Cancel).ToListAsync(Cancel);
        Assert.Equal([2], read.Where(one => one.Recorded is null).Select(one => one.Line.Number));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no event")]
    [InlineData("""{"number":2,"at":"2026-03-02T09:00:00+08:00","actor":{"kind":"engine"},"event":{"type":"nobodyKnowsIt"}}""")]
    public async Task A_forgery_with_a_hash_that_fits_is_found_and_is_not_retold(string text)
    {
        await using var office = await PayOffice.OwingAsync(azurite, 1);
        var run = await DiscardedAsync(office);
        var last = (await office.Desk.FindAsync(run, Cancel))!.Version;
        var before = (await EventAsync(office, run, last - 1)).GetBinary("Hash");
        var row = new TableEntity(run.ToString(), PayRunRows.Event(last)) { ["Hash"] = HashChain.Next(before, run.ToString(), last, Encoding.UTF8.GetBytes(text)) };
        SplitBytes.Write(row, Encoding.UTF8.GetBytes(text));
        await TableOf(office).UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancel);
        var histories = office.Store.Get<IPayRunHistories>();

        Assert.False((await histories.VerifyAsync(run, Cancel))!.Sound);
        var read = await histories.ReadAsync(run, Cancel).ToListAsync(Cancel);
        Assert.Equal([last], read.Where(one => one.Recorded is null).Select(one => one.Line.Number));
    }

    [Theory]
    [InlineData(1, "Event 1 is missing")]
    [InlineData(2, "Event 2 is missing")]
    [InlineData(0, "it was cut")]
    public async Task An_event_that_was_taken_away_is_found_and_what_is_left_can_be_read(int number, string fault)
    {
        await using var office = await PayOffice.OwingAsync(azurite, 1);
        var run = await DiscardedAsync(office);
        var last = (await office.Desk.FindAsync(run, Cancel))!.Version;
        var gone = number > 0 ? number : last;
        await TableOf(office).DeleteEntityAsync(run.ToString(), PayRunRows.Event(gone), cancellationToken: Cancel);
        var histories = office.Store.Get<IPayRunHistories>();

        Assert.Contains((await histories.VerifyAsync(run, Cancel))!.Faults, one => one.Contains(fault, StringComparison.Ordinal));
        var read = await histories.ReadAsync(run, Cancel).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, last).Except([gone]), read.Select(one => one.Line.Number));
        // The one after it cannot be proven by itself.
        Assert.Equal(gone < last ? [gone + 1] : [], read.Where(one => one.Recorded is null).Select(one => one.Line.Number));
        await Assert.ThrowsAsync<BrokenStreamException>(async () => await office.Books.ReadAsync(run, Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_event_that_stands_beyond_the_head_is_found_and_is_no_part_of_the_history(int further)
    {
        await using var office = await PayOffice.OwingAsync(azurite, 1);
        var run = await DiscardedAsync(office);
        var last = (await office.Desk.FindAsync(run, Cancel))!.Version;
        var row = await EventAsync(office, run, last);
        row.RowKey = PayRunRows.Event(last + further);
        await TableOf(office).AddEntityAsync(row, Cancel);
        var histories = office.Store.Get<IPayRunHistories>();

        Assert.Equal([$"Event {last + further} stands there, but the head does not know it."], (await histories.VerifyAsync(run, Cancel))!.Faults);
        Assert.Equal(last, await histories.ExportAsync(run, Cancel).CountAsync(Cancel));
        Assert.Equal(last, await histories.ReadAsync(run, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task An_event_that_comes_while_the_run_is_verified_is_no_fault()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = Assert.Single(await office.Books.AllAsync(office.Fund, Cancel));
        var headRead = 0;
        var done = false;
        office.Store.Wire.Breaks = (_, request) =>
        {
            var query = Uri.UnescapeDataString(request.Uri.PathAndQuery);
            if (query.Contains("RowKey='head'", StringComparison.Ordinal))
                headRead++;
            else if (headRead > 0 && !done && query.Contains("RowKey ge 'e|'", StringComparison.Ordinal))
            {
                done = true;
                office.Store.Get<PayRunFiles>().DownloadAsync(run, BankFileKind.PaymentOrder, PayOffice.Preparer, Cancel).GetAwaiter().GetResult();
            }
            return Fault.None;
        };

        var verdict = (await office.Store.Get<IPayRunHistories>().VerifyAsync(run, Cancel))!;

        Assert.True(done);
        Assert.Empty(verdict.Faults);
        Assert.Equal(verdict.Events + 1, (await office.Desk.FindAsync(run, Cancel))!.Version);
    }

    /// <summary>What was stored once is read for thirty years; this text was written by hand from the documented format.</summary>
    [Fact]
    public async Task The_stored_text_of_an_event_is_the_documented_one_and_the_run_stands_in_its_hash()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 1);
        var run = await DiscardedAsync(office);
        var line = await office.Store.Get<IPayRunHistories>().ExportAsync(run, Cancel).FirstAsync(one => one.Number == 2, Cancel);
        Assert.Equal("""{"number":2,"at":"2026-03-02T09:00:00+08:00","actor":{"kind":"engine"},"type":"linesCollected","data":{"chunks":1,"lines":1}}""", line.Text);
        Assert.Equal(
            Convert.ToHexStringLower(HashChain.Next(
                Convert.FromHexString(line.PreviousHash), "rural-revitalisation-2026-0001", 2, System.Text.Encoding.UTF8.GetBytes(line.Text))),
            line.Hash);
    }

    private static TableClient TableOf(PayOffice office) => office.Store.Settings.Table("payruns");

    private static async Task<TableEntity> EventAsync(PayOffice office, PayRunId run, int number) =>
        (await TableOf(office).GetEntityAsync<TableEntity>(run.ToString(), PayRunRows.Event(number), cancellationToken: Cancel)).Value;

    private static async Task<PayRunId> DiscardedAsync(PayOffice office)
    {
        var run = (await office.OpenRunAsync()).Id;
        Assert.Null((await office.Desk.HandleAsync(run, new DiscardRun(PayOffice.Preparer, "日期错了"), Cancel)).Refusal);
        await office.Runs.RunToEndAsync(run, 4, Cancel);
        return run;
    }
}
