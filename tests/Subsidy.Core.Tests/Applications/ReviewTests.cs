using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class ReviewTests
{
    [Fact]
    public void An_accepted_application_asks_everyone_who_holds_the_seat_in_its_village()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        var asked = Assert.Single(c.A.Assignments).Seats[0].Candidates.Select(x => x.Staff);
        Assert.Equal(["clerk1", "clerk2"], asked);
        Assert.Equal(["clerk1", "clerk2"], c.Mails.Where(m => m.Mail is MailKind.Invitation).Select(m => m.Staff));
        Assert.Equal(Status.InReview, c.A.Status);
    }

    [Fact]
    public void An_approval_passes_the_step_and_opens_the_next()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat))).Accepted();

        var events = c.Vote("clerk1");

        Assert.Collection(events,
            e => Assert.IsType<Voted>(e),
            e => Assert.Equal("village", Assert.IsType<StepPassed>(e).Step),
            e => Assert.Equal("township", Assert.IsType<Assigned>(e).Step));
    }

    [Fact]
    public void The_last_approval_closes_a_route_that_pays_and_issues_nothing()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        Assert.IsType<Closed>(c.Vote("clerk1")[^1]);
        Assert.True(c.A.Final);
    }

    [Fact]
    public void A_second_click_on_a_decision_link_is_told_what_was_decided_and_when()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat))).Accepted();
        var ballot = c.Ballot("clerk1");
        c.When(ballot);

        var refusal = c.Refused(ballot);

        Assert.Equal(RefusalCode.AlreadyDone, refusal.Code);
        Assert.Contains("2026-03-02 09:00", refusal.Faults[0].Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colleague_who_comes_second_is_told_who_decided()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat))).Accepted();
        var late = c.Ballot("clerk2");
        c.Vote("clerk1");

        var refusal = c.Refused(late);

        Assert.Equal(RefusalCode.AlreadyDone, refusal.Code);
        Assert.Contains("Name of clerk1", refusal.Faults[0].Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_on_a_case_that_has_changed_since_it_was_shown_is_refused()
    {
        var c = new Case(Of(Notice("notice"), Review("township", Gate.Township, OfficeSeat))).Accepted();
        c.PassUntil<StepPassed>();
        var shown = c.Ballot("office1") with { Shown = 1 };

        Assert.Equal(RefusalCode.MovedOn, c.Refused(shown).Code);
    }

    [Fact]
    public void Sending_mails_does_not_make_a_shown_case_stale()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        var ballot = c.Ballot("clerk1");
        c.Settle();

        c.When(ballot);
    }

    [Fact]
    public void All_offices_must_agree_before_a_joint_review_passes()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat))).Accepted();

        Assert.DoesNotContain(c.Vote("office1"), e => e is StepPassed);
        Assert.Contains(c.Vote("other1"), e => e is StepPassed);
    }

    [Fact]
    public void Any_one_of_several_is_enough_where_the_scheme_says_so()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat) with { Need = 1 })).Accepted();

        Assert.Contains(c.Vote("other1"), e => e is StepPassed);
    }

    [Fact]
    public void Two_of_three_pass_over_one_rejection()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat, LeaderSeat) with { Need = 2 })).Accepted();
        c.Vote("office1", Decision.Reject);
        c.Vote("other1");

        Assert.Contains(c.Vote("leader1"), e => e is StepPassed);
    }

    [Fact]
    public void Nobody_fills_two_seats_of_one_question()
    {
        var c = new Case(Of(Review("survey", Gate.Township, OfficeSeat, OfficeSeat))).Accepted();
        var again = c.Ballot("office1");
        c.When(again);

        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(again).Code);
        Assert.Contains(c.Vote("office2"), e => e is StepPassed);
    }

    [Fact]
    public void A_rejection_states_its_reasons_and_leaves_sixty_days_for_an_appeal()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        var rejected = c.When(c.Ballot("clerk1", Decision.Reject, "not resident")).OfType<Rejected>().Single();

        Assert.Equal(["not resident"], rejected.Reasons);
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.FromHours(8)), rejected.AppealUntil);
        Assert.False(c.A.Final);
    }

    [Fact]
    public void A_rejection_without_a_reason_is_refused()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        var refusal = c.Refused(c.Ballot("clerk1", Decision.Reject, "  "));

        Assert.Equal("/comment", refusal.Faults.Single().Pointer);
    }

    [Fact]
    public void A_recusal_leaves_the_question_to_the_others()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        c.Vote("clerk1", Decision.Recuse);

        Assert.Equal(["clerk2"], c.A.Assignments[0].Seats[0].Candidates.Select(x => x.Staff));
        Assert.Contains(c.Vote("clerk2"), e => e is StepPassed);
    }

    [Fact]
    public void When_the_last_one_recuses_the_substitute_of_the_level_above_is_asked()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        c.Vote("clerk1", Decision.Recuse);

        var filled = c.Vote("clerk2", Decision.Recuse).OfType<SeatFilled>().Single();

        Assert.Equal(["stand1"], filled.Staff);
        Assert.True(filled.Substitute);
        Assert.Contains(c.Vote("stand1"), e => e is StepPassed);
    }

    [Fact]
    public void A_link_of_someone_who_delegated_is_of_no_more_use_and_the_colleague_has_one()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        c.When(c.Ballot("clerk1", Decision.Delegate, delegateTo: "clerk2"));

        Assert.Equal(["clerk2"], c.A.Assignments[0].Seats[0].Candidates.Select(x => x.Staff));
        Assert.Contains(c.Mails, m => m is { Staff: "clerk2", Mail: MailKind.Invitation });
    }

    [Theory]
    [InlineData("office1")]
    [InlineData("farClerk")]
    [InlineData("nobody")]
    public void A_case_is_passed_on_only_to_someone_of_the_same_role_and_village(string to)
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        var refusal = c.Refused(c.Ballot("clerk1", Decision.Delegate, delegateTo: to));

        Assert.Equal("/delegateTo", refusal.Faults.Single().Pointer);
    }

    [Fact]
    public void A_renewed_link_voids_the_one_before()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        var old = c.Ballot("clerk1");
        c.When(new RenewLink("admin1", "village", "clerk1"));

        Assert.Equal(RefusalCode.Expired, c.Refused(old with { Shown = c.A.Version }).Code);
        c.Vote("clerk1");
    }

    [Fact]
    public void Only_an_administrator_renews_links()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new RenewLink("clerk2", "village", "clerk1")).Code);
    }
}
