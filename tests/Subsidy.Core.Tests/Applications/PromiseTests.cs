using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>The promises of DESIGN.md, as far as the core keeps them; promise 2 has <see cref="SeparationOfDutiesTests"/> to itself.</summary>
public class PromiseTests
{
    private static readonly Scheme Two =
        Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000");

    [Fact]
    public void Promise_1_a_decision_link_is_bound_to_its_step_its_round_and_its_person_and_can_be_made_void()
    {
        var c = new Case(Two).Accepted();
        var ballot = c.Ballot("clerk1");

        Assert.Equal(RefusalCode.MovedOn, c.Refused(ballot with { Assignment = "township" }).Code);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(ballot with { Round = 2 }).Code);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(ballot with { Staff = "office1" }).Code);
        Assert.Equal(RefusalCode.Expired, c.Refused(ballot with { Link = ballot.Link - 1 }).Code);
        c.When(new RenewLink("admin1", "village", "clerk1"));
        Assert.Equal(RefusalCode.Expired, c.Refused(ballot).Code);
    }

    [Fact]
    public void Promise_1_a_decision_counts_once_and_the_second_click_is_told_who_decided_and_when()
    {
        var c = new Case(Two).Accepted();
        var (mine, colleagues) = (c.Ballot("clerk1"), c.Ballot("clerk2"));
        c.When(mine);
        c.Now = c.Now.AddHours(3);

        Assert.Equal("You decided on 2026-03-02 09:00: approved.", c.Refused(mine).Faults.Single().Message.En);
        Assert.Equal("Name of clerk1 decided on 2026-03-02 09:00: approved.", c.Refused(colleagues).Faults.Single().Message.En);
    }

    [Fact]
    public void Promise_1_a_decision_on_what_is_no_longer_so_is_refused_and_told_what_happened()
    {
        var c = new Case(Two).Accepted();
        var ballot = c.Ballot("clerk1");
        c.When(new Withdraw("moved away"));

        var refusal = c.Refused(ballot);

        Assert.Equal(RefusalCode.MovedOn, refusal.Code);
        Assert.Contains("status: withdrawn", refusal.Faults.Single().Message.En, StringComparison.Ordinal);
        Assert.Contains("已撤回", refusal.Faults.Single().Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Promise_2_if_nobody_eligible_is_left_the_case_is_blocked_and_alarmed_and_never_waived()
    {
        var c = new Case(Two) { Township = SampleTownship.Without("clerk1", "clerk2", "stand1") }.Accepted();

        for (var i = 0; i < 100; i++)
            Assert.All(c.PassNextDeadline(), e => Assert.True(e is Escalated { To: ["admin1", ..] } or Reminded));
        Assert.Equal("village", c.A.Step);
    }

    [Fact]
    public void Promise_3_no_entitlement_before_every_step_that_the_route_places_before_the_payment()
    {
        var c = new Case(Of(
            Review("village", Gate.Village, VillageSeat), Notice("notice"), Review("township", Gate.Township, OfficeSeat, OtherOfficeSeat), Pay()).Paying("60000"))
            .Accepted();
        c.Vote("clerk1");
        c.PassUntil<StepPassed>();
        c.Vote("office1");
        Assert.Null(c.A.Entitlement);

        c.Vote("other1");

        Assert.Equal(["village", "notice", "township"], c.Stream.Select(recorded => recorded.Event).OfType<StepPassed>().Select(passed => passed.Step));
        Assert.NotNull(c.A.Entitlement);
    }

    [Fact]
    public void Promise_3_an_approved_application_waits_for_the_fund_visibly_and_for_as_long_as_it_takes()
    {
        var c = new Case(Two).Accepted();
        c.Vote("clerk1");
        c.Vote("office1");

        for (var i = 0; i < 50; i++)
            Assert.All(c.PassNextDeadline(), e => Assert.IsType<WaitingCalled>(e));
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
    }

    [Fact]
    public void Promise_4_a_deadline_that_passes_reminds_and_then_escalates_and_never_decides()
    {
        var c = new Case(Two).Accepted();

        Assert.IsType<Reminded>(c.PassNextDeadline().Single());
        for (var i = 0; i < 100; i++)
            Assert.IsType<Escalated>(c.PassNextDeadline().Single());
        Assert.Equal(Status.InReview, c.A.Status);
    }

    [Fact]
    public void Promise_4_only_an_unanswered_return_lapses_after_a_warning_and_it_can_be_re_opened()
    {
        var c = new Case(Two).Accepted();
        c.Vote("clerk1", Decision.Return);

        Assert.IsType<LapseWarned>(c.PassNextDeadline().Single());
        Assert.IsType<Lapsed>(c.PassNextDeadline().Single());
        c.When(new Reopen("leader1", "was in hospital"));
        c.Claim();
        c.Amend();

        Assert.Equal(("village", 2), (c.A.Step, c.A.RoundOf("village")));
    }

    [Fact]
    public void Promise_5_every_field_that_is_wrong_is_told_at_once_in_both_languages_and_nothing_changes()
    {
        var c = new Case(Of(Visit("survey", Gate.Township, OfficeSeat))).Accepted();
        var before = c.A;

        var faults = c.Refused(c.Ballot("office1", Decision.Reject, " ", checklist: ["roof", "wall"])).Faults;

        Assert.Equal(["/comment", "/checklist/roof", "/checklist/wall", "/photos"], faults.Select(fault => fault.Pointer));
        Assert.All(faults, fault => Assert.NotEqual(fault.Message.Zh, fault.Message.En));
        Assert.Same(before, c.A);
    }
}
