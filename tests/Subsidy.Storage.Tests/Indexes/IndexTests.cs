using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Streams;
using Subsidy.Storage.Tests.Streams;

namespace Subsidy.Storage.Tests.Indexes;

public sealed class IndexTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset At = Samples.At;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_work_list_shows_the_most_urgent_first_with_the_number_for_its_link()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, Fresh("aaaaaaaaaaaa") with { Assignments = [Question("check", At.AddDays(3), "chen", "li")] });
        await KeepAsync(store, Fresh("bbbbbbbbbbbb") with { Assignments = [Question("check", At.AddDays(1), "chen")] });
        await KeepAsync(store, Fresh("cccccccccccc") with { Assignments = [Question("check", At.AddDays(1), "li")] });

        var entries = await store.Get<WorkList>().ForAsync("chen", Cancel);
        Assert.Equal(["bbbbbbbbbbbb", "aaaaaaaaaaaa"], entries.Select(entry => entry.Application.Id));
        Assert.All(entries, entry => Assert.Equal(("check", 6), (entry.Assignment.Key, entry.Link)));
        Assert.Empty(await store.Get<WorkList>().ForAsync("nobody", Cancel));
    }

    [Fact]
    public async Task The_head_decides_and_not_a_row_that_a_crash_left_behind()
    {
        await using var store = await Store.OpenAsync(azurite);
        var asked = Fresh("aaaaaaaaaaaa") with { Assignments = [Question("check", At, "chen")] };
        await store.Get<IIndexes>().UpdateAsync(asked, Cancel);
        await KeepAsync(store, Fresh("aaaaaaaaaaaa"));
        Assert.Empty(await store.Get<WorkList>().ForAsync("chen", Cancel));
    }

    [Fact]
    public async Task Only_what_has_changed_is_written_and_what_should_go_goes()
    {
        await using var store = await Store.OpenAsync(azurite);
        var indexes = store.Get<IIndexes>();
        var asked = Fresh("aaaaaaaaaaaa") with { Assignments = [Question("check", At, "chen", "li")] };
        var stands = await indexes.UpdateAsync(asked, Cancel);
        Assert.Equal(4, stands.Count);

        store.Wire.Restart();
        Assert.Equal(stands, await indexes.UpdateAsync(asked with { Indexed = stands }, Cancel));
        Assert.Equal(0, store.Wire.Sent);

        var passed = asked with { Indexed = stands, Assignments = [], Status = Status.Approved };
        stands = await indexes.UpdateAsync(passed, Cancel);
        Assert.Equal(1, store.Wire.Sent);
        Assert.Equal(["case", "person"], stands.Keys.Select(key => key.Split('|')[0]).Order());
        Assert.Equal(stands.Keys.Order(), (await KeysAsync(store)).Order());
        Assert.Equal(stands, await indexes.UpdateAsync(passed, Cancel)); // deleting again what a dead turn deleted is no error
    }

    [Fact]
    public async Task Notices_are_shown_while_they_are_in_force()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, Fresh("aaaaaaaaaaaa") with { Notice = Posted(At.AddDays(7)) });
        await KeepAsync(store, Fresh("bbbbbbbbbbbb") with { Notice = Posted(At.AddDays(3)) });
        await KeepAsync(store, Fresh("cccccccccccc") with { Notice = Posted(null) });
        await KeepAsync(store, Fresh("dddddddddddd"));

        var board = store.Get<NoticeBoard>();
        Assert.Equal(["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"], (await board.InForceAsync(At, Cancel)).Select(a => a.Id));
        Assert.Equal(["aaaaaaaaaaaa", "cccccccccccc"], (await board.InForceAsync(At.AddDays(3), Cancel)).Select(a => a.Id));
    }

    [Fact]
    public async Task A_permit_is_found_by_its_number()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, Fresh("aaaaaaaaaaaa") with { Permits = [new Permit("青溪宅-2026-00001", "homestead", At, Revoked: true)] });
        var found = await store.Get<PermitRegister>().FindAsync("青溪宅-2026-00001", Cancel);
        Assert.Equal(("aaaaaaaaaaaa", true, "homestead"), (found!.ApplicationId, found.Permit.Revoked, found.Permit.Kind));
        foreach (var other in (string[])["青溪宅-2026-00002", "", "a/b", "a'b", "x|y", new string('x', 2000), "\n"])
            Assert.Null(await store.Get<PermitRegister>().FindAsync(other, Cancel));
    }

    [Fact]
    public async Task What_does_not_go_on_by_itself_is_on_the_alarm_list()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, Fresh("aaaaaaaaaaaa") with { Assignments = [Question("check", At.AddDays(1))] });
        await KeepAsync(store, Fresh("bbbbbbbbbbbb") with
        {
            Duties = [new SendMail("bbbbbbbbbbbb-3-mail-chen", MailKind.Invitation, "chen", "check", 1, 3) { Stuck = true, NotBefore = At.AddDays(2) }],
            Bounces = ["bbbbbbbbbbbb-2-mail-applicant"],
        });
        var alarms = await store.Get<AlarmList>().AllAsync(Cancel);
        Assert.Equal(
            new[] { (AlarmKind.Blocked, "check"), (AlarmKind.Stuck, "bbbbbbbbbbbb-3-mail-chen"), (AlarmKind.Bounced, "bbbbbbbbbbbb-2-mail-applicant") },
            alarms.Select(alarm => (alarm.Kind, alarm.What)).Order());
    }

    [Fact]
    public async Task Auditors_find_applications_by_scheme_status_village_and_time_page_by_page()
    {
        await using var store = await Store.OpenAsync(azurite);
        for (var i = 0; i < 5; i++)
        {
            await store.Get<IIndexes>().UpdateAsync(
                Fresh($"aaaaaaaaaaa{i}") with
                {
                    SubmittedAt = At.AddDays(i),
                    Village = i % 2 == 0 ? "dongshan" : "xishan",
                    Status = i == 3 ? Status.Paid : Status.InReview,
                    Amount = i == 3 ? new Money(60_000) : null,
                },
                Cancel);
        }
        Assert.Equal("43210", await FoundAsync(store, new ApplicationQuery()));
        Assert.Equal("420", await FoundAsync(store, new ApplicationQuery(Village: "dongshan")));
        Assert.Equal("3", await FoundAsync(store, new ApplicationQuery(Status: Status.Paid, Scheme: "transport-subsidy")));
        Assert.Equal("", await FoundAsync(store, new ApplicationQuery(Scheme: "x' or PartitionKey ne '")));
        Assert.Equal("321", await FoundAsync(store, new ApplicationQuery(From: At.AddDays(1), To: At.AddDays(4))));

        var first = await store.Get<ApplicationSearch>().FindAsync(new ApplicationQuery(Count: 3), Cancel);
        var second = await store.Get<ApplicationSearch>().FindAsync(new ApplicationQuery(Count: 3, After: first.Next), Cancel);
        Assert.Equal("432", string.Concat(first.Rows.Select(row => row.Id[^1])));
        Assert.Equal("10", string.Concat(second.Rows.Select(row => row.Id[^1])));
        Assert.Null(second.Next);
        Assert.Equal(60_000, first.Rows[1].Amount!.Value.Fen);
        Assert.Null(first.Rows[0].Amount);
    }

    [Fact]
    public void Nothing_personal_stands_in_the_indexes()
    {
        var application = Fresh("aaaaaaaaaaaa") with { Assignments = [Question("check", At, "chen"), Question("blocked", At)], Notice = Posted(null) };
        var all = string.Concat(IndexRows.Of(application).SelectMany(row => row.Columns.Values.Select(value => $"{value} ").Append(row.Key)));
        Assert.Contains("dongshan", all, StringComparison.Ordinal);
        foreach (var personal in (string[])["张", "13800000000", "zhang@example.org", "36990019790312501X", "otherProvince"])
            Assert.DoesNotContain(personal, all, StringComparison.Ordinal);
        // The keyed hash, and only where a row is there for it.
        Assert.Equal(["person|key-of-zhang|aaaaaaaaaaaa"], IndexRows.Of(application)
            .Where(row => row.Columns.Values.Select(value => $"{value}").Append(row.Key).Any(text => text.Contains("key-of-zhang", StringComparison.Ordinal)))
            .Select(row => row.Key));
    }

    [Fact]
    public async Task All_rows_can_be_made_again_from_the_streams()
    {
        await using var store = await Store.OpenAsync(azurite);
        foreach (var id in (string[])["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"])
            await TableStreamsTests.CreateAsync(store, id: id);
        var stray = Fresh("aaaaaaaaaaaa") with { Assignments = [Question("check", At, "chen")] };
        await store.Get<IIndexes>().UpdateAsync(stray, Cancel);
        await store.Get<IIndexes>().UpdateAsync(Fresh("zzzzzzzzzzzz"), Cancel);

        Assert.Equal(new Rebuilt(6, 3), await store.Get<IndexRebuild>().RunAsync(Cancel));
        Assert.Equal("abc", string.Concat((await FoundAsync(store, new ApplicationQuery(), id => id[0])).Order()));
        Assert.Equal(6, (await KeysAsync(store)).Count);
        Assert.Equal(new Rebuilt(6, 0), await store.Get<IndexRebuild>().RunAsync(Cancel));
    }

    [Fact]
    public async Task Auditors_still_find_whoever_is_erased_and_a_persons_number_leads_there_no_more()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, Fresh("aaaaaaaaaaaa") with { Status = Status.Withdrawn });
        Assert.Contains("person|key-of-zhang|aaaaaaaaaaaa", await KeysAsync(store));

        await store.Get<ApplicationKeys>().DestroyAsync("aaaaaaaaaaaa", Cancel);

        Assert.StartsWith("case|", Assert.Single(await KeysAsync(store)), StringComparison.Ordinal);
        Assert.Equal(new Rebuilt(1, 0), await store.Get<IndexRebuild>().RunAsync(Cancel));
    }

    [Fact]
    public async Task A_persons_row_that_a_crash_has_left_behind_at_the_erasure_goes_with_the_next_rebuild()
    {
        await using var store = await Store.OpenAsync(azurite);
        var finished = Fresh("aaaaaaaaaaaa") with { Status = Status.Withdrawn };
        await KeepAsync(store, finished);
        await store.Get<ApplicationKeys>().DestroyAsync("aaaaaaaaaaaa", Cancel);
        await store.Get<IIndexes>().UpdateAsync(finished, Cancel);

        Assert.Empty(await store.Get<IndexReader>().ApplicationsAsync(IndexRows.Person(new PersonKey("key-of-zhang")), Cancel));
        Assert.Equal(new Rebuilt(1, 1), await store.Get<IndexRebuild>().RunAsync(Cancel));
    }

    private static Application Fresh(string id) => Samples.Fold(id, Samples.Submission()) with { Duties = [] };

    private static Assignment Question(string key, DateTimeOffset due, params string[] staff) => new(
        key, AssignmentKind.Step, key, 1, 5, Gate.Village, At,
        [new AssignedSeat(new Seat("villageClerk", Area.Village), [.. staff.Select(id => new Candidate(id, 6))], null)], 1, due, false, due, false, due);

    private static Notice Posted(DateTimeOffset? until) =>
        new("post", 1, 4, At, until, 7, [new PostedLine(new Text("姓名", "Name"), "张**")]);

    private static async Task KeepAsync(Store store, Application application)
    {
        var stands = await store.Get<IIndexes>().UpdateAsync(application, Cancel);
        await store.Get<IStreams>().AppendAsync(null, application with { Indexed = stands }, [Samples.Submission()], null, Cancel);
    }

    private static async Task<string> FoundAsync(Store store, ApplicationQuery query, Func<string, char>? sign = null) =>
        string.Concat((await store.Get<ApplicationSearch>().FindAsync(query, Cancel)).Rows.Select(row => (sign ?? (id => id[^1]))(row.Id)));

    private static async Task<List<string>> KeysAsync(Store store)
    {
        var keys = new List<string>();
        await foreach (var row in store.Settings.Table("indexes").QueryAsync<TableEntity>(cancellationToken: Cancel))
            keys.Add(row.RowKey);
        return keys;
    }
}
