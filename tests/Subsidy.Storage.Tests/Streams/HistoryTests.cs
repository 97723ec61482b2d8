using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Streams;

public sealed class HistoryTests(AzuriteFixture azurite)
{
    private const string Id = "k7qm3wxtpb9c";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_history_is_sound_with_nothing_but_its_export_and_its_anchor()
    {
        await using var store = await Store.OpenAsync(azurite);
        var lines = await ThreeEventsAsync(store);
        var anchor = (await store.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel))[^1].Hash;
        var verdict = HistoryVerifier.Verify(lines, anchor);
        Assert.Empty(verdict.Faults);
        Assert.Equal((3, anchor), (verdict.Events, verdict.LastHash));
        Assert.True((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Sound);
    }

    [Fact]
    public async Task Every_way_to_alter_an_export_is_found()
    {
        await using var store = await Store.OpenAsync(azurite);
        var lines = await ThreeEventsAsync(store);
        var anchor = HistoryVerifier.Verify(lines).LastHash;
        Assert.False(HistoryVerifier.Verify([lines[0], lines[2]], anchor).Sound);
        Assert.False(HistoryVerifier.Verify([lines[0], lines[2], lines[1]], anchor).Sound);
        Assert.False(HistoryVerifier.Verify([lines[0], lines[1]], anchor).Sound);
        Assert.False(HistoryVerifier.Verify([.. lines, lines[2]], anchor).Sound);
        Assert.False(HistoryVerifier.Verify([lines[0].Replace("dongshan", "xishan", StringComparison.Ordinal), .. lines[1..]], anchor).Sound);
        Assert.False(HistoryVerifier.Verify(["{}", .. lines[1..]], anchor).Sound);
        Assert.False(HistoryVerifier.Verify([.. lines.Select(line => line.Replace(Id, "aaaaaaaaaaaa", StringComparison.Ordinal))], anchor).Sound);

        // Rewritten from the second event on, with a chain that fits in itself: only the anchor tells.
        var first = HistoryLine.Parse(lines[0]);
        var text = HistoryLine.Parse(lines[1]).Text.Replace("applicant", "objector", StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(HashChain.Next(Convert.FromHexString(first.Hash), Id, 2, System.Text.Encoding.UTF8.GetBytes(text)));
        string[] rewritten = [lines[0], new HistoryLine(Id, 2, first.Hash, hash, text).ToJson()];
        Assert.True(HistoryVerifier.Verify(rewritten).Sound);
        Assert.False(HistoryVerifier.Verify(rewritten, anchor).Sound);
    }

    [Fact]
    public async Task Tampering_with_the_stored_rows_is_found()
    {
        await using var store = await Store.OpenAsync(azurite);
        await ThreeEventsAsync(store);
        var table = store.Settings.Table("applications");
        var row = (await table.GetEntityAsync<TableEntity>(Rows.ShardOf(Id), Rows.Event(Id, 2), cancellationToken: Cancel)).Value;

        var data = row.GetBinary("Data0");
        data[^3] ^= 1;
        row["Data0"] = data;
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancel);
        Assert.Contains("Event 2 is not as it was written.", (await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Faults);

        await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancel);
        Assert.Contains((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Faults, fault => fault.StartsWith("Event 2 is missing", StringComparison.Ordinal));
        await Assert.ThrowsAsync<BrokenStreamException>(async () => await store.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_row_put_behind_the_last_event_is_found()
    {
        await using var store = await Store.OpenAsync(azurite);
        await ThreeEventsAsync(store);
        await store.Settings.Table("applications").AddEntityAsync(new EventRow(4, "{}"u8.ToArray(), HashChain.Genesis).ToEntity(Id), Cancel);
        Assert.False((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Sound);
    }

    /// <summary>An auditor may look at a case at the moment at which somebody decides about it.</summary>
    [Theory]
    [InlineData("|e|00000001", 3)]
    [InlineData("|e|00000003", 3)]
    [InlineData("|e|00000004", 3)]
    [InlineData("|head", 4)]
    public async Task An_event_that_comes_while_the_history_is_verified_is_no_fault(string whenRead, int seen)
    {
        await using var store = await Store.OpenAsync(azurite);
        await ThreeEventsAsync(store);
        var head = (await store.Get<IStreams>().LoadAsync(Id, Cancel))!;
        var come = false;
        store.Wire.Breaks = (_, request) =>
        {
            if (!come && Uri.UnescapeDataString(request.Uri.PathAndQuery).Contains(Id + whenRead, StringComparison.Ordinal))
            {
                come = true;
                var fourth = Samples.Withdrawal(4);
                store.Get<IStreams>().AppendAsync(head, Evolver.Evolve(Id, head.Application, fourth), [fourth], null, Cancel).GetAwaiter().GetResult();
            }
            return Fault.None;
        };
        var verdict = (await store.Get<Histories>().VerifyAsync(Id, Cancel))!;
        Assert.True(come);
        Assert.Empty(verdict.Faults);
        Assert.Equal(seen, verdict.Events);
        Assert.Equal(4, (await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Events);
    }

    [Fact]
    public async Task Once_the_keys_are_destroyed_the_person_is_gone_and_the_history_is_still_proven()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        await ThreeEventsAsync(store);
        var head = (await streams.LoadAsync(Id, Cancel))!;
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Get<ApplicationKeys>().DestroyAsync(Id, Cancel));

        var done = new Recorded(4, Samples.At, Actor.Engine, new DutiesSettled([.. head.Application.Duties.Select(duty => new DutyDone(duty.Id, null))], [], null));
        await streams.AppendAsync(head, Evolver.Evolve(Id, head.Application, done), [done], Samples.At.AddYears(1), Cancel);
        await store.Get<ApplicationKeys>().DestroyAsync(Id, Cancel);

        Assert.Null(await streams.LoadAsync(Id, Cancel));
        Assert.Empty(await streams.DueAsync(DateTimeOffset.MaxValue.AddDays(-1), Cancel).ToListAsync(Cancel));
        var events = await streams.ReadAsync(Id, Cancel).ToListAsync(Cancel);
        Assert.Equal(4, events.Count);
        Assert.Null(((Submitted)events[0].Recorded.Event).Form);
        Assert.Equal("dongshan", ((Submitted)events[0].Recorded.Event).Village);
        Assert.True((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Sound);
        await Assert.ThrowsAsync<ApplicationErasedException>(() => TableStreamsTests.CreateAsync(store));
        await Assert.ThrowsAsync<ApplicationErasedException>(() => store.Get<ApplicationKeys>().OfAsync(Id, Cancel));
    }

    [Fact]
    public async Task Keys_made_for_papers_before_the_first_event_are_those_of_the_application()
    {
        await using var store = await Store.OpenAsync(azurite);
        var keys = await store.Get<ApplicationKeys>().OfAsync(Id, Cancel);
        Assert.Null(await store.Get<IStreams>().LoadAsync(Id, Cancel));
        await using var other = await store.AgainAsync(azurite);
        Assert.Equal(keys.Applicant, (await other.Get<ApplicationKeys>().OfAsync(Id, Cancel)).Applicant);

        var head = Assert.IsType<StoredHead>(await TableStreamsTests.CreateAsync(store, Samples.At));
        Assert.Equal(keys.Applicant, head.Keys.Applicant);
        Assert.Equal(keys.Applicant, Assert.IsType<StoredHead>(await store.Get<IStreams>().LoadAsync(Id, Cancel)).Keys.Applicant);
    }

    [Fact]
    public async Task Keys_that_another_process_made_are_those_of_the_application_too()
    {
        await using var store = await Store.OpenAsync(azurite);
        var keys = await store.Get<ApplicationKeys>().OfAsync(Id, Cancel);
        await using var other = await store.AgainAsync(azurite);
        Assert.Equal(keys.Applicant, Assert.IsType<StoredHead>(await TableStreamsTests.CreateAsync(other, Samples.At)).Keys.Applicant);

        // The process that made them does not know yet that the application exists.
        Assert.Null(await store.Get<IStreams>().AppendAsync(null, Samples.Fold(Id, Samples.Submission()), [Samples.Submission()], null, Cancel));
        Assert.True((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Sound);
    }

    [Fact]
    public async Task Requests_that_need_the_keys_at_once_get_the_same_ones()
    {
        await using var store = await Store.OpenAsync(azurite);
        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.Get<ApplicationKeys>().OfAsync(Id, Cancel)));
        Assert.Single(keys.Select(one => Convert.ToHexString(one.Applicant)).Distinct());
    }

    private static async Task<string[]> ThreeEventsAsync(Store store)
    {
        var head = await TableStreamsTests.CreateAsync(store);
        Recorded[] more = [Samples.Withdrawal(2), Samples.Withdrawal(3)];
        var after = more.Aggregate(head.Application, (application, recorded) => Evolver.Evolve(Id, application, recorded));
        await store.Get<IStreams>().AppendAsync(head, after, more, null, Cancel);
        return [.. (await store.Get<Histories>().ExportAsync(Id, Cancel).ToListAsync(Cancel)).Select(line => line.ToJson())];
    }
}
