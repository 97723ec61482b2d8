using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class RouteTests
{
    [Fact]
    public void A_step_whose_condition_does_not_hold_is_skipped_and_the_skip_is_on_record()
    {
        var c = new Case(Of(Forward("farmland").When("answers.land == 'cultivated'"), Review("township", Gate.Township, OfficeSeat)));
        c.When(Case.Submission(Case.FormWith(new JsonObject { ["land"] = "unused" })));

        var events = c.Claim();

        Assert.Equal(new StepSkipped("farmland", "answers.land == 'cultivated'"), events.OfType<StepSkipped>().Single());
        Assert.Equal("township", events.OfType<Assigned>().Single().Step);
    }

    [Fact]
    public void An_application_that_waits_for_an_outside_body_is_forwarded()
    {
        var c = new Case(Of(Forward("farmland"))).Accepted();

        Assert.Equal(Status.Forwarded, c.A.Status);
        Assert.Contains(c.Vote("county1"), e => e is StepPassed);
    }

    [Fact]
    public void A_meeting_passes_with_its_quorum_and_whoever_recuses_is_replaced()
    {
        var meeting = Review("meeting", Gate.Township, OfficeSeat, OtherOfficeSeat, LeaderSeat) with { Kind = DecisionKind.Meeting, Need = 2 };
        var c = new Case(Of(meeting)).Accepted();
        c.Vote("office1");
        Assert.Equal(["stand2"], c.Vote("other1", Decision.Recuse).OfType<SeatFilled>().Single().Staff);

        Assert.Contains(c.Vote("stand2"), e => e is StepPassed);
    }

    [Fact]
    public void Whoever_recuses_is_asked_in_no_other_seat_of_the_question()
    {
        var c = new Case(Of(Review("survey", Gate.Township, OfficeSeat, OfficeSeat))).Accepted();
        c.Vote("office1", Decision.Recuse);

        Assert.DoesNotContain(c.A.Assignments[0].Seats, seat => seat.Candidates.Any(candidate => candidate.Staff == "office1"));
        c.Vote("office2");
        Assert.Contains(c.Vote("stand2"), e => e is StepPassed);
    }

    [Fact]
    public void A_seat_is_not_passed_on_to_someone_who_has_decided_in_another_seat()
    {
        var c = new Case(Of(Review("survey", Gate.Township, OfficeSeat, OfficeSeat))).Accepted();
        c.Vote("office1");

        Assert.Equal("/delegateTo", c.Refused(c.Ballot("office2", Decision.Delegate, delegateTo: "office1")).Faults.Single().Pointer);
    }

    [Fact]
    public void A_case_is_not_passed_on_to_the_substitute_while_the_role_has_people()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        Assert.Equal("/delegateTo", c.Refused(c.Ballot("clerk1", Decision.Delegate, delegateTo: "stand1")).Faults.Single().Pointer);
    }

    [Fact]
    public void The_mail_to_someone_who_gets_another_seat_carries_the_link_that_counts()
    {
        var third = SampleTownship.Person("office3", "office", Area.Township);
        var c = new Case(Of(Review("survey", Gate.Township, OfficeSeat, OfficeSeat)))
        {
            Township = SampleTownship.Register with { Staff = [.. SampleTownship.Register.Staff, third] },
        }.Accepted();
        c.Vote("office1");
        c.When(c.Ballot("office2", Decision.Delegate, delegateTo: "office3"));

        var mail = c.Mails.Last(sent => sent is { Staff: "office3", Mail: MailKind.Invitation });

        c.When(c.Ballot("office3") with { Link = mail.Link });
    }

    [Fact]
    public void Passing_a_case_to_and_fro_does_not_make_the_head_grow()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        for (var i = 0; i < 20; i++)
        {
            c.When(c.Ballot("clerk1", Decision.Delegate, delegateTo: "clerk2"));
            c.When(c.Ballot("clerk2", Decision.Delegate, delegateTo: "clerk1"));
        }

        Assert.Equal(2, c.A.Acts.Count);
    }

    [Fact]
    public void A_step_on_request_waits_for_the_applicant_and_reminds()
    {
        var c = new Case(Of(Completion())).Accepted();

        Assert.Equal("completion", c.Stream.Select(recorded => recorded.Event).OfType<RequestAwaited>().Single().Request);
        Assert.IsType<WaitingCalled>(Assert.Single(c.PassNextDeadline()));
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.RequestReminder, Staff: null });
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new MakeRequest("settingOut", null)).Code);
        Assert.Collection(c.When(new MakeRequest("completion", "done")),
            e => Assert.IsType<Requested>(e),
            e => Assert.IsType<Assigned>(e));
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new MakeRequest("completion", null)).Code);
    }

    [Fact]
    public void What_does_not_conform_is_to_be_put_right_and_is_then_visited_again()
    {
        var c = new Case(Of(Completion())).Accepted();
        c.When(new MakeRequest("completion", null));

        var ordered = c.When(c.Ballot("office1", Decision.Reject, "the eaves stand over the road")).OfType<RectificationOrdered>().Single();

        Assert.Equal(["the eaves stand over the road"], ordered.Reasons);
        Assert.Equal(Status.Rectifying, c.A.Status);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.Rectify);
        Assert.Equal(["leader1", "leader2"], Assert.IsType<WaitingCalled>(Assert.Single(c.PassNextDeadline())).Staff);
        Assert.Equal(2, c.When(new MakeRequest("completion", null)).OfType<Assigned>().Single().Round);
        Assert.Contains(c.When(c.Ballot("office1", measurements: new JsonObject { ["area"] = 100 })), e => e is Closed);
    }

    [Fact]
    public void A_rule_that_cannot_be_worked_out_is_told_to_the_one_who_decides_and_changes_nothing()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat).When("answers.area > 10"))).Accepted();

        var refusal = c.Refused(c.Ballot("clerk1"));

        Assert.Equal(RefusalCode.Invalid, refusal.Code);
        Assert.Contains("cannot be worked out", refusal.Faults.Single().Message.En, StringComparison.Ordinal);
    }
}
