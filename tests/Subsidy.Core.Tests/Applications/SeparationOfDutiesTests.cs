using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>DESIGN, promise 2.</summary>
public class SeparationOfDutiesTests
{
    [Fact]
    public void Whoever_acted_in_one_gate_is_not_asked_in_another()
    {
        var both = SampleTownship.Register.Find("clerk1")! with
        {
            Grants = [new Grant("villageClerk", Area.Village, SampleTownship.Village), new Grant("office", Area.Township, null)],
        };
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat)))
        {
            Township = SampleTownship.With(both),
        }.Accepted();

        var assigned = c.Vote("clerk1").OfType<Assigned>().Single();

        Assert.Equal(["office1", "office2"], assigned.Seats[0].Staff);
    }

    /// <summary>One person may stand in the register under two ids.</summary>
    private static TownshipRegister Twice(string one, string other) =>
        SampleTownship.With(SampleTownship.Register.Find(other)! with { Person = SampleTownship.KeyOf(one) });

    [Fact]
    public void Whoever_acted_in_one_gate_does_not_act_in_another_under_a_second_id()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat))) { Township = Twice("clerk1", "office1") }
            .Accepted();

        Assert.Equal(["office2"], c.Vote("clerk1").OfType<Assigned>().Single().Seats[0].Staff);
    }

    [Fact]
    public void Nobody_fills_two_seats_of_one_question_under_two_ids()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat, OfficeSeat))) { Township = Twice("office1", "office2") }.Accepted();
        c.Vote("office1");

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(c.Ballot("office2")).Code);
    }

    [Fact]
    public void Whoever_acted_in_one_gate_does_not_act_in_another_once_they_have_another_id()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat, VillageSeat), Review("township", Gate.Township, OfficeSeat))).Accepted();
        c.Vote("clerk1");
        c.Township = SampleTownship.Renamed("clerk1", "office1");

        Assert.Equal(["office2"], c.Vote("clerk2").OfType<Assigned>().Single().Seats[0].Staff);
    }

    [Fact]
    public void Nobody_fills_two_seats_of_one_question_once_they_have_another_id()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat, OfficeSeat))).Accepted();
        c.Vote("office1");
        c.Township = SampleTownship.Renamed("office1", "office2");

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(c.Ballot("office2")).Code);
    }

    [Fact]
    public void Whoever_acted_in_a_gate_may_act_in_it_again()
    {
        var c = new Case(Of(Review("first", Gate.Township, OfficeSeat), Review("second", Gate.Township, OfficeSeat))).Accepted();
        c.Vote("office1");

        Assert.Contains(c.Vote("office1"), e => e is Closed);
    }

    [Fact]
    public void Nobody_is_asked_about_an_application_of_their_own_household()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted(Case.ApplicantKey, SampleTownship.KeyOf("clerk1"));

        Assert.Equal(["clerk2"], c.A.Assignments[0].Seats[0].Candidates.Select(x => x.Staff));
    }

    [Fact]
    public void Nobody_is_asked_about_an_application_of_a_declared_relative()
    {
        var related = SampleTownship.Register.Find("clerk1")! with { Relatives = [Case.ApplicantKey] };
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))) { Township = SampleTownship.With(related) }.Accepted();

        Assert.Equal(["clerk2"], c.A.Assignments[0].Seats[0].Candidates.Select(x => x.Staff));
    }

    [Fact]
    public void A_relative_declared_after_the_mail_went_out_may_no_longer_decide()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        c.Township = SampleTownship.With(SampleTownship.Register.Find("clerk1")! with { Relatives = [Case.ApplicantKey] });

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(c.Ballot("clerk1")).Code);
    }

    [Fact]
    public void Whoever_has_left_the_register_may_no_longer_decide()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();
        c.Township = SampleTownship.Without("clerk1");

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(c.Ballot("clerk1")).Code);
    }

    [Fact]
    public void When_nobody_is_left_the_application_is_blocked_and_the_administrators_are_told()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat)))
        {
            Township = SampleTownship.Without("clerk1", "clerk2", "stand1"),
        }.Accepted();

        Assert.True(c.A.Assignments[0].Blocked);
        Assert.Contains(c.Mails, m => m is { Staff: "admin1", Mail: MailKind.Blocked });
        Assert.NotNull(Timing.NextDeadline(c.A));
    }

    [Fact]
    public void A_blocked_application_goes_on_once_the_register_names_somebody()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat)))
        {
            Township = SampleTownship.Without("clerk1", "clerk2", "stand1"),
        }.Accepted();
        c.PassNextDeadline();
        Assert.True(c.A.Assignments[0].Blocked);
        c.Township = SampleTownship.Register;

        Assert.Contains(c.PassNextDeadline(), e => e is SeatFilled);
        Assert.Contains(c.Vote("clerk1"), e => e is StepPassed);
    }

    [Fact]
    public void An_objection_goes_to_someone_who_has_not_acted()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Notice("notice"))).Accepted();
        c.Vote("office1");

        var assigned = c.When(new RaiseObjection("a1", "李四", "13900000000", "no need")).OfType<Assigned>().Single();

        Assert.Equal(["office2"], assigned.Seats[0].Staff);
    }

    [Fact]
    public void Whoever_decided_an_objection_does_not_review_the_application_later()
    {
        var c = new Case(Of(Notice("notice"), Review("township", Gate.Township, OfficeSeat))).Accepted();
        c.When(new RaiseObjection("a1", "李四", "13900000000", "no need"));
        c.Vote("office1", Decision.Reject);
        c.PassUntil<StepPassed>();

        Assert.Equal(["office2"], c.A.Assignments.Single().Seats[0].Candidates.Select(x => x.Staff));
    }

    [Fact]
    public void An_appeal_goes_to_someone_who_has_not_acted()
    {
        var c = new Case(Of(Review("county", Gate.County, CountySeat))).Accepted();
        c.Vote("county1", Decision.Reject);

        var assigned = c.When(new Appeal("I am resident")).OfType<Assigned>().Single();

        Assert.Equal(["county2"], assigned.Seats[0].Staff);
    }

    [Fact]
    public void Whoever_acted_does_not_revoke()
    {
        var c = new Case(Of(
            Review("leader", Gate.Leader, LeaderSeat),
            new IssueStep("issue", Gate.Leader, new Text("发证", "issue"), null, [new Certificate("approval", new Text("批准书", "letter"), "HA", null, [])]),
            Review("visit", Gate.Township, OfficeSeat))).Accepted();
        c.Vote("leader1");
        c.Settle();

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new Revoke("leader1", "fraud")).Code);
        Assert.Contains(c.When(new Revoke("leader2", "fraud")), e => e is Revoked);
        Assert.All(c.A.Permits, permit => Assert.True(permit.Revoked));
    }
}
