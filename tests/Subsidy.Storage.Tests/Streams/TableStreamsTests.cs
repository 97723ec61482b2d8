using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Streams;

public sealed class TableStreamsTests(AzuriteFixture azurite)
{
    private const string Id = "k7qm3wxtpb9c";
    private static readonly DateTimeOffset Soon = Samples.At.AddDays(7);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_that_is_not_there_is_null_and_has_no_history()
    {
        await using var store = await Store.OpenAsync(azurite);
        Assert.Null(await store.Get<IStreams>().LoadAsync(Id, Cancel));
        Assert.Empty(await store.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_was_appended_is_loaded_and_read_back()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        var first = await CreateAsync(store);
        Recorded[] events = [Samples.Withdrawal(2)];
        var after = Evolver.Evolve(Id, first.Application, events[0]);
        Assert.NotNull(await streams.AppendAsync(first, after, events, Soon, Cancel));

        await using var again = await store.AgainAsync(azurite);
        var head = (await again.Get<IStreams>().LoadAsync(Id, Cancel))!;
        Assert.Equal(Json(after), Json(head.Application));
        Assert.Equal(Soon, head.Due);
        var stored = await again.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel);
        Assert.Equal([1, 2], stored.Select(one => one.Recorded.Number));
        Assert.Equal(Json(head.Application), Json(Evolver.Fold(Id, stored.Select(one => one.Recorded))));
        Assert.Equal(new string('0', 64), stored[0].PreviousHash);
        Assert.Equal(stored[0].Hash, stored[1].PreviousHash);
    }

    [Fact]
    public async Task The_latest_form_is_one_point_read_away_from_the_head()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        var head = await CreateAsync(store);
        store.Wire.Restart();
        var form = await streams.FindAsync(head, head.Application.FormAt, Cancel);
        Assert.Equal("张三丰", ((Submitted)form!.Event).Form!.Applicant.Name);
        Assert.Equal(1, store.Wire.Sent);
        Assert.Null(await streams.FindAsync(head, head.Application.Version + 1, Cancel));
    }

    [Fact]
    public async Task Loading_is_one_point_read_and_appending_one_transaction()
    {
        await using var store = await Store.OpenAsync(azurite);
        var first = await CreateAsync(store);
        Assert.Equal(1, store.Wire.Sent);

        store.Wire.Restart();
        var head = await store.Get<IStreams>().LoadAsync(Id, Cancel);
        var request = Assert.Single(store.Wire.Requests);
        Assert.StartsWith("GET ", request, StringComparison.Ordinal);
        Assert.Contains("(PartitionKey=", request, StringComparison.Ordinal);

        store.Wire.Restart();
        await store.Get<IStreams>().AppendAsync(head, Evolver.Evolve(Id, first.Application, Samples.Withdrawal(2)), [Samples.Withdrawal(2)], null, Cancel);
        Assert.EndsWith("$batch", Assert.Single(store.Wire.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_writers_one_wins_and_the_other_writes_nothing()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        var head = await CreateAsync(store);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => streams.AppendAsync(
            head, Evolver.Evolve(Id, head.Application, Samples.Withdrawal(2)), [Samples.Withdrawal(2)], Soon, Cancel)));

        Assert.Single(answers, answer => answer is not null);
        Assert.Equal(2, (await streams.ReadAsync(Id, Cancel).ToListAsync(Cancel)).Count);
        Assert.Equal([(Id, Soon)], await DueAsync(store));
    }

    [Fact]
    public async Task Of_two_that_create_the_same_application_one_wins()
    {
        await using var store = await Store.OpenAsync(azurite);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            store.Get<IStreams>().AppendAsync(
                null, Samples.Fold(Id, Samples.Submission(1, $"Name {i}")), [Samples.Submission(1, $"Name {i}")], null, Cancel)));
        Assert.Single(answers, answer => answer is not null);
        Assert.True((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Sound);
    }

    [Fact]
    public async Task The_due_row_moves_with_the_head_and_there_is_never_a_second_one()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        Head? head = await CreateAsync(store, Soon);
        Assert.Equal([(Id, Soon)], await DueAsync(store));
        head = await streams.PostponeAsync(head!, Soon.AddDays(1), Cancel);
        Assert.Equal([(Id, Soon.AddDays(1))], await DueAsync(store));
        head = await streams.PostponeAsync(head!, Soon.AddDays(1), Cancel);
        head = await streams.AppendAsync(head, Evolver.Evolve(Id, head!.Application, Samples.Withdrawal(2)), [Samples.Withdrawal(2)], null, Cancel);
        Assert.Empty(await DueAsync(store));
        Assert.Null(head!.Due);
    }

    [Fact]
    public async Task The_patrol_finds_what_is_due_and_reads_nothing_else()
    {
        await using var store = await Store.OpenAsync(azurite);
        string[] ids = ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "duexxxxxxxxx", "zzzzzzzzzzzz"];
        for (var i = 0; i < ids.Length; i++)
            await CreateAsync(store, Samples.At.AddMinutes(i), ids[i]);
        await CreateAsync(store, null, "cccccccccccc");

        store.Wire.Restart();
        var now = Samples.At.AddMinutes(2);
        var due = await store.Get<IStreams>().DueAsync(now, Cancel).ToListAsync(Cancel);
        Assert.Equal(ids[..3].Order(), due.Select(one => one.Id).Order());
        Assert.All(due, one => Assert.True(one.At <= now));
        Assert.Equal(256, store.Wire.Sent);
        Assert.All(store.Wire.Requests, request =>
        {
            var asked = Uri.UnescapeDataString(request);
            Assert.Contains("RowKey ge 'due|'", asked, StringComparison.Ordinal);
            Assert.Contains("RowKey lt 'due|2026", asked, StringComparison.Ordinal);
            Assert.Contains("PartitionKey eq '", asked, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_lease_keeps_other_turns_out_until_it_ends()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        var now = Samples.At;
        await CreateAsync(store, now);
        var mine = await streams.LoadAsync(Id, Cancel);
        var theirs = await streams.LoadAsync(Id, Cancel);

        var leased = await streams.LeaseAsync(mine!, now, now.AddMinutes(2), Cancel);
        Assert.Equal(now.AddMinutes(2), leased!.LeasedUntil);
        Assert.Equal([(Id, now.AddMinutes(2))], await DueAsync(store));
        Assert.Null(await streams.LeaseAsync(theirs!, now, now.AddMinutes(2), Cancel));
        theirs = await streams.LoadAsync(Id, Cancel);
        Assert.Null(await streams.LeaseAsync(theirs!, now.AddMinutes(1), now.AddMinutes(3), Cancel));
        Assert.NotNull(await streams.LeaseAsync(theirs!, now.AddMinutes(2), now.AddMinutes(4), Cancel));
    }

    [Fact]
    public async Task An_append_ends_the_lease_of_its_own_turn_only()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        var leased = await streams.LeaseAsync(await CreateAsync(store), Samples.At, Samples.At.AddMinutes(2), Cancel);
        var command = await streams.LoadAsync(Id, Cancel);
        var after = await streams.AppendAsync(command, Evolver.Evolve(Id, command!.Application, Samples.Withdrawal(2)), [Samples.Withdrawal(2)], Soon, Cancel);
        Assert.Equal(leased!.LeasedUntil, after!.LeasedUntil);

        var again = await streams.LeaseAsync(after, Samples.At.AddMinutes(3), Samples.At.AddMinutes(5), Cancel);
        var ended = await streams.PostponeAsync(again!, null, Cancel);
        Assert.Null(ended!.LeasedUntil);
        Assert.Null((await streams.LoadAsync(Id, Cancel))!.LeasedUntil);
    }

    [Fact]
    public async Task A_turn_that_lost_a_race_still_gives_its_lease_back()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        var leased = (await streams.LeaseAsync(await CreateAsync(store), Samples.At, Samples.At.AddMinutes(2), Cancel))!;

        // Somebody else appends meanwhile; the turn reads again and reports.
        var theirs = (await streams.LoadAsync(Id, Cancel))!;
        await streams.AppendAsync(theirs, Evolver.Evolve(Id, theirs.Application, Samples.Withdrawal(2)), [Samples.Withdrawal(2)], Soon, Cancel);
        var again = (await streams.ReloadAsync(leased, Cancel))!;
        await streams.AppendAsync(again, Evolver.Evolve(Id, again.Application, Samples.Withdrawal(3)), [Samples.Withdrawal(3)], Soon, Cancel);

        Assert.Null((await streams.LoadAsync(Id, Cancel))!.LeasedUntil);
    }

    [Fact]
    public async Task A_form_of_the_largest_size_fits_and_comes_back_whole()
    {
        await using var store = await Store.OpenAsync(azurite);
        var large = new string('字', 80_000); // 240 KB of UTF-8
        var submission = Samples.Submission();
        var submitted = (Submitted)submission.Event;
        var recorded = submission with
        {
            Event = submitted with { Form = submitted.Form! with { Answers = new JsonObject { ["story"] = large } }, Facts = [] },
        };
        Assert.NotNull(await store.Get<IStreams>().AppendAsync(null, Samples.Fold(Id, recorded), [recorded], null, Cancel));

        var stored = Assert.Single(await store.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel));
        Assert.Equal(large, ((Submitted)stored.Recorded.Event).Form!.Answers["story"]!.GetValue<string>());
        Assert.True((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Sound);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_before_anything_is_written()
    {
        await using var store = await Store.OpenAsync(azurite);
        var streams = store.Get<IStreams>();
        var submission = Samples.Submission();
        var submitted = (Submitted)submission.Event;

        var facts = submission with { Event = submitted with { Facts = new JsonObject { ["story"] = new string('x', 64 * 1024) } } };
        await Assert.ThrowsAsync<HeadTooLargeException>(() => streams.AppendAsync(null, Samples.Fold(Id, facts), [facts], null, Cancel));

        var form = submission with { Event = submitted with { Form = submitted.Form! with { Answers = new JsonObject { ["story"] = new string('x', 1 << 20) } } } };
        await Assert.ThrowsAsync<AppendTooLargeException>(() => streams.AppendAsync(null, Samples.Fold(Id, form), [form], null, Cancel));

        var many = Enumerable.Range(1, 100).Select(number => number == 1 ? submission : Samples.Withdrawal(number)).ToList();
        await Assert.ThrowsAsync<AppendTooLargeException>(() => streams.AppendAsync(null, Samples.Fold(Id, many), many, null, Cancel));

        var half = submission with { Event = submitted with { Form = submitted.Form! with { Answers = new JsonObject { ["story"] = new string('x', 600_000) } } } };
        var heavy = Enumerable.Range(1, 5).Select(number => half with { Number = number }).ToList();
        await Assert.ThrowsAsync<AppendTooLargeException>(() => streams.AppendAsync(null, Samples.Fold(Id, heavy), heavy, null, Cancel));
        Assert.Equal(0, store.Wire.Sent);
    }

    [Fact]
    public async Task Ninety_events_go_in_at_once()
    {
        await using var store = await Store.OpenAsync(azurite);
        var events = Enumerable.Range(1, 90).Select(number => number == 1 ? Samples.Submission() : Samples.Withdrawal(number)).ToList();
        await store.Get<IStreams>().AppendAsync(null, Samples.Fold(Id, events), events, Soon, Cancel);
        Assert.Equal(90, (await store.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel)).Count);
    }

    [Fact]
    public async Task Events_that_do_not_go_on_from_the_head_are_a_mistake_of_the_caller()
    {
        await using var store = await Store.OpenAsync(azurite);
        var head = await CreateAsync(store);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            store.Get<IStreams>().AppendAsync(head, head.Application, [Samples.Withdrawal(3)], null, Cancel));
    }

    [Fact]
    public async Task Nothing_personal_stands_in_any_row_in_the_clear()
    {
        await using var store = await Store.OpenAsync(azurite);
        await CreateAsync(store, Soon);
        await foreach (var row in store.Settings.Table("applications").QueryAsync<TableEntity>(cancellationToken: Cancel))
        {
            var text = string.Concat(row.Select(column => column.Value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : $"{column.Value}"));
            Assert.DoesNotContain("张三丰", text, StringComparison.Ordinal);
            Assert.DoesNotContain("13800000000", text, StringComparison.Ordinal);
            Assert.DoesNotContain("otherProvince", text, StringComparison.Ordinal);
        }
    }

    internal static async Task<Head> CreateAsync(Store store, DateTimeOffset? due = null, string id = Id) =>
        (await store.Get<IStreams>().AppendAsync(null, Samples.Fold(id, Samples.Submission()), [Samples.Submission()], due, Cancel))!;

    private static async Task<List<(string Id, DateTimeOffset At)>> DueAsync(Store store)
    {
        var due = await store.Get<IStreams>().DueAsync(DateTimeOffset.MaxValue.AddDays(-1), Cancel).ToListAsync(Cancel);
        return [.. due.Select(one => (one.Id, one.At))];
    }

    private static string Json(Application application) => JsonSerializer.Serialize(application, StoredJson.Options);
}
