using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Engine;

public class TurnsTests
{
    private static readonly Scheme Scheme =
        Of(Review("village", Gate.Village, VillageSeat), Review("leader", Gate.Leader, LeaderSeat), Issue("issue", Expression.Parse("true"))).OncePerHousehold();

    private static async Task<InMemory> SubmittedAsync()
    {
        var memory = new InMemory(Scheme);
        await memory.DoAsync(Case.Submission());
        return memory;
    }

    [Fact]
    public async Task One_turn_registers_the_application_asks_the_first_reviewers_and_sleeps_until_the_reminder()
    {
        var memory = await SubmittedAsync();

        var turn = await memory.TurnAsync();

        Assert.Equal("village", turn!.Step);
        Assert.Equal(["clerk1", "clerk2", null], memory.Sent.Select(mail => mail.Staff).OrderBy(staff => staff ?? "z"));
        Assert.Single(memory.Held);
        Assert.Empty(memory.Application.Duties);
        Assert.Equal(memory.Application.Assignments[0].RemindAt, turn.Next);
        Assert.Equal(turn.Next, memory.Due);
    }

    [Fact]
    public async Task A_turn_that_finds_nothing_to_do_changes_nothing()
    {
        var memory = await SubmittedAsync();
        await memory.TurnAsync();
        var events = memory.Events.Count;

        var turn = await memory.TurnAsync();

        Assert.Empty(turn!.Events);
        Assert.Equal(events, memory.Events.Count);
    }

    [Fact]
    public async Task An_application_walks_from_turn_to_turn_to_its_permit_and_the_engine_lets_go_of_it()
    {
        var memory = await SubmittedAsync();
        await memory.TurnAsync();
        await VoteAsync(memory, "clerk1");
        await memory.TurnAsync();
        await VoteAsync(memory, "leader1");

        var turn = await memory.TurnAsync();

        Assert.Equal("HA-2026-1", memory.Application.Permits[0].Number);
        Assert.True(turn!.Final);
        Assert.Null(turn.Next);
        Assert.Null(memory.Due);
    }

    [Fact]
    public async Task A_look_up_wakes_nobody_and_leaves_nothing_to_be_done()
    {
        var memory = await SubmittedAsync();
        await memory.TurnAsync();
        await VoteAsync(memory, "clerk1");
        await memory.TurnAsync();
        await VoteAsync(memory, "leader1");
        await memory.TurnAsync();
        var nudged = memory.Nudged;

        Assert.Null((await memory.DoAsync(new DrawStatement("prepares1", 2026))).Refusal);

        Assert.IsType<StatementDrawn>(memory.Events[^1].Event);
        Assert.Equal(nudged, memory.Nudged);
        Assert.Null(memory.Due);
    }

    [Fact]
    public async Task A_look_up_in_the_middle_of_a_turn_is_on_record_and_the_turns_mails_go_out_once()
    {
        var memory = await SubmittedAsync();
        var looked = false;
        memory.OnMail = async _ =>
        {
            if (looked)
                return;
            looked = true;
            Assert.Null((await memory.DoAsync(new DrawStatement("prepares1", 2026))).Refusal);
        };

        await memory.TurnAsync();

        Assert.Single(memory.Events, recorded => recorded.Event is StatementDrawn);
        Assert.Equal(memory.Sent.Select(mail => mail.Id).Distinct(), memory.Sent.Select(mail => mail.Id));
        Assert.Empty(memory.Application.Duties);
    }

    [Fact]
    public async Task A_mail_that_has_gone_out_does_not_go_out_again_because_something_else_failed()
    {
        var memory = await SubmittedAsync();
        memory.OnMail = mail => mail.Staff == "clerk2" ? throw new IOException("the network is down") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(memory.TurnAsync);
        Assert.Equal(memory.Time.GetUtcNow().AddMinutes(5), memory.Due);

        memory.OnMail = _ => Task.CompletedTask;
        memory.Time.Advance(TimeSpan.FromMinutes(5));
        await memory.TurnAsync();

        Assert.Equal(memory.Sent.Select(mail => mail.Id).Distinct(), memory.Sent.Select(mail => mail.Id));
        Assert.Equal(3, memory.Sent.Count);
    }

    [Fact]
    public async Task A_turn_that_is_asked_to_stop_in_the_middle_puts_on_record_what_it_has_done()
    {
        var memory = await SubmittedAsync();
        using var stop = new CancellationTokenSource();
        memory.OnMail = async _ =>
        {
            if (memory.Sent.Count == 1)
                await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => memory.Turns.TakeAsync(Case.Id, stop.Token));

        Assert.Single(memory.Sent);
        Assert.DoesNotContain(memory.Application.Duties, duty => duty.Id == memory.Sent[0].Id);
    }

    [Fact]
    public async Task A_mail_that_the_provider_refuses_is_put_off_and_the_turn_ends()
    {
        var memory = await SubmittedAsync();
        memory.MailFailure = new MailException("429");

        var turn = await memory.TurnAsync();

        Assert.Equal(memory.Time.GetUtcNow().AddMinutes(2), turn!.Next);
        memory.MailFailure = null;
        memory.Time.Advance(TimeSpan.FromMinutes(2));
        await memory.TurnAsync();
        Assert.Equal(3, memory.Sent.Count);
    }

    [Fact]
    public async Task An_index_that_cannot_be_written_puts_the_application_off_and_is_written_later()
    {
        var memory = await SubmittedAsync();
        memory.IndexFailure = new IOException("no table");
        await Assert.ThrowsAsync<IOException>(memory.TurnAsync);
        Assert.NotEmpty(memory.Held);

        memory.IndexFailure = null;
        await memory.TurnAsync();

        Assert.Equal("InReview", memory.Application.Indexed["row"]);
    }

    [Fact]
    public async Task Two_turns_at_once_mail_once()
    {
        var memory = await SubmittedAsync();
        var turns = new List<Turn?>();
        memory.OnMail = async _ =>
        {
            if (turns.Count == 0)
            {
                turns.Add(null);
                turns[0] = await memory.TurnAsync();
            }
        };

        await memory.TurnAsync();

        Assert.Equal(3, memory.Sent.Count);
        Assert.NotNull(turns[0]!.Next);
    }

    [Fact]
    public async Task A_decision_that_is_made_while_a_turn_sends_mails_is_not_lost_and_not_waited_for()
    {
        var memory = await SubmittedAsync();
        var voted = false;
        memory.OnMail = async mail =>
        {
            if (mail.Staff == "clerk1" && !voted)
            {
                voted = true;
                await VoteAsync(memory, "clerk1");
            }
        };

        await memory.TurnAsync();
        memory.Time.Advance(TimeSpan.FromMinutes(3));
        await memory.TurnAsync();

        Assert.Equal("leader", memory.Application.Step);
        Assert.Contains(memory.Sent, mail => mail is { Staff: "leader1", Mail: MailKind.Invitation });
        Assert.Empty(memory.Application.Duties);
    }

    [Fact]
    public async Task A_duplicate_is_found_by_the_turn_that_the_applicant_waits_for()
    {
        var memory = await SubmittedAsync();
        memory.Conflict = new ClaimConflict("live", "k7qm3wxtpb9c");
        var head = await memory.LoadAsync(Case.Id, TestContext.Current.CancellationToken);

        var answer = await memory.Turns.TakeClaimsAsync(head!, TestContext.Current.CancellationToken);

        Assert.True(answer.Application!.Final);
        Assert.Contains(answer.Events, recorded => recorded.Event is DuplicateFound { EarlierReference: "K7QM-3WXT-PB9C" });
    }

    [Fact]
    public async Task Deadlines_pass_in_a_turn_and_their_mails_go_out_in_the_same()
    {
        var memory = await SubmittedAsync();
        await memory.TurnAsync();
        memory.Time.Advance(TimeSpan.FromDays(1000));

        var turn = await memory.TurnAsync();

        Assert.Contains("Escalated", turn!.Events);
        Assert.Contains(memory.Sent, mail => mail is { Staff: "leader1", Mail: MailKind.Overdue });
        Assert.True(turn.Next > memory.Time.GetUtcNow());
    }

    private static async Task VoteAsync(InMemory memory, string staff)
    {
        var open = memory.Application.Assignments.First(x => x.SeatOf(staff) is not null);
        var link = open.SeatOf(staff)!.Candidates.First(c => c.Staff == staff).Link;
        var answer = await memory.DoAsync(new CastVote(
            staff, open.Key, open.Round, link, memory.Application.Version, Decision.Approve, null, [], [], null, [], null));
        Assert.Null(answer.Refusal);
    }
}
