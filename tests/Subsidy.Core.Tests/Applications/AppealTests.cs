using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class AppealTests
{
    private static Case Rejected()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat)).OncePerHousehold()).Accepted();
        c.Vote("clerk1");
        c.Vote("office1", Decision.Reject);
        return c;
    }

    [Fact]
    public void A_rejection_states_the_reasons_of_everyone_who_rejected()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat))).Accepted();
        c.When(c.Ballot("office1", Decision.Reject, "not resident"));

        var rejected = c.When(c.Ballot("other1", Decision.Reject, "plot not in the plan")).OfType<Rejected>().Single();

        Assert.Equal(["not resident", "plot not in the plan"], rejected.Reasons);
    }

    [Fact]
    public void A_rejection_that_a_colleague_voted_for_first_keeps_its_reasons()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat))).Accepted();
        c.When(c.Ballot("office1", Decision.Reject, "not resident"));

        Assert.Equal(["not resident"], c.Vote("other1").OfType<Rejected>().Single().Reasons);
    }

    [Fact]
    public void A_rejection_that_nobody_appeals_becomes_final_and_frees_the_claims()
    {
        var c = Rejected();
        Assert.DoesNotContain(c.A.Duties, duty => duty is ReleaseClaims);

        Assert.IsType<RejectionFinal>(Assert.Single(c.PassNextDeadline()));

        Assert.True(c.A.Final);
        Assert.Contains(c.A.Duties, duty => duty is ReleaseClaims);
    }

    [Fact]
    public void An_upheld_appeal_takes_the_step_again()
    {
        var c = Rejected();
        c.When(new Appeal("I am resident"));

        var events = c.When(c.Ballot("county1", Decision.Approve, "the register says so"));

        Assert.Contains(events, e => e is AppealResolved { Upheld: true, Staff: "county1" });
        var assigned = events.OfType<Assigned>().Single();
        Assert.Equal(("township", 2), (assigned.Step, assigned.Round));
        Assert.Null(c.A.Rejected);
        Assert.Contains(c.Vote("office1"), e => e is Closed);
    }

    [Fact]
    public void A_dismissed_appeal_is_final()
    {
        var c = Rejected();
        c.When(new Appeal("I am resident"));

        var events = c.When(c.Ballot("county1", Decision.Reject, "the register says no"));

        Assert.Contains(events, e => e is RejectionFinal);
        Assert.Equal(Status.Rejected, c.A.Status);
        Assert.True(c.A.Final);
        Assert.Contains(c.A.Duties, duty => duty is ReleaseClaims);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.AppealDecided);
    }

    [Fact]
    public void An_appeal_gives_its_reasons()
    {
        Assert.Equal("/reason", Rejected().Refused(new Appeal(" ")).Faults.Single().Pointer);
    }

    [Fact]
    public void An_appeal_that_comes_too_late_is_told_so_even_before_the_engine_has_woken()
    {
        var c = Rejected();
        c.Now = c.A.Rejected!.AppealUntil!.Value;

        Assert.Equal(RefusalCode.Expired, c.Refused(new Appeal("I am resident")).Code);
    }

    [Fact]
    public void A_second_appeal_is_told_that_the_first_is_being_decided_or_has_been()
    {
        var c = Rejected();
        c.When(new Appeal("I am resident"));
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new Appeal("I am resident")).Code);
        c.When(c.Ballot("county1", Decision.Reject, "no"));

        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new Appeal("I am resident")).Code);
    }

    [Fact]
    public void What_was_not_rejected_is_not_appealed()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Appeal("please")).Code);
    }

    [Fact]
    public void An_appeal_that_is_not_decided_in_time_is_escalated_and_stays_open_after_the_appeal_period()
    {
        var c = Rejected();
        c.When(new Appeal("I am resident"));

        for (var i = 0; i < 100; i++)
            Assert.All(c.PassNextDeadline(), e => Assert.True(e is Reminded or Escalated));
        Assert.Contains(c.When(c.Ballot("county1", Decision.Approve, "yes")), e => e is Assigned);
    }

    [Fact]
    public void Whoever_withdraws_during_the_appeal_has_withdrawn_and_is_not_rejected_later()
    {
        var c = Rejected();
        c.When(new Appeal("I am resident"));
        c.When(new Withdraw("never mind"));

        Assert.Null(Timing.NextDeadline(c.A));
        Assert.Empty(c.PassDays(100));
        Assert.Equal(Status.Withdrawn, c.A.Status);
    }

    [Fact]
    public void An_upheld_appeal_against_an_objection_posts_the_notice_again()
    {
        var c = new Case(Of(Notice("notice"))).Accepted();
        c.When(new RaiseObjection("a", "李四", "13900000000", "he has a house"));
        c.When(c.Ballot("office1", Decision.Approve, "so he has"));
        c.When(new Appeal("it was my brother's"));

        Assert.Equal(2, c.When(c.Ballot("county1", Decision.Approve, "true")).OfType<NoticePosted>().Single().Round);
    }
}
