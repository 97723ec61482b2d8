using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;
using static Subsidy.Core.Tests.Payments.PayRunSteps;

namespace Subsidy.Core.Tests.Payments;

/// <summary>What a run goes through until it is sent.</summary>
public sealed class PayRunDeciderTests
{
    [Fact]
    public void Only_who_prepares_pay_runs_opens_one()
    {
        Then(When([], Open), Opened);
        Refused(RefusalCode.NotAllowed, When([], Open with { Staff = "approves1" }));
    }

    [Fact]
    public void A_form_that_is_sent_again_opens_nothing_more_and_with_other_content_is_refused()
    {
        Then(When(Opened, Open));
        Refused(RefusalCode.AlreadyDone, When(Opened, Open with { Key = "other" }));
        Refused(RefusalCode.AlreadyDone, When(Opened, Open with { Until = new DateOnly(2026, 3, 30) }));
        Refused(RefusalCode.AlreadyDone, When(Opened, Open with { Staff = "prepares2" }));
        Refused(RefusalCode.AlreadyDone, When([new RunOpened(new DateOnly(2026, 3, 31), Treasury, "prepares1")], Open));
    }

    [Fact]
    public void A_fund_whose_name_makes_the_message_id_too_long_is_refused_at_once() =>
        Refused(RefusalCode.Invalid, When([], Open with { Run = new PayRunId(new FundKey(new string('x', 26), 2026), 1) }));

    /// <summary>After approval nothing takes back what a slip of the hand would have the bank pay in 2062.</summary>
    [Fact]
    public void A_run_goes_up_to_the_end_of_its_year_and_in_the_next_up_to_today()
    {
        Then(When([], Open with { Until = new DateOnly(2026, 12, 31) }), new RunOpened(new DateOnly(2026, 12, 31), Treasury, "prepares1", "key", SampleTownship.KeyOf("prepares1")));
        Refused(RefusalCode.Invalid, When([], Open with { Until = new DateOnly(2027, 1, 1) }));
        var late = new DateOnly(2027, 1, 15);
        Assert.Null(PayRunDecider.Decide(null, Open with { Until = late }, SampleTownship.Register, Now.AddYears(1)).Refusal);
        Assert.Equal("/until", PayRunDecider.Decide(null, Open with { Until = late }, SampleTownship.Register, Now.AddMonths(9)).Refusal!.Faults[0].Pointer);
    }

    [Fact]
    public void Another_person_approves_what_they_were_shown()
    {
        Then(When(Prepared, new ApproveRun("approves1", "digest")), new RunApproved("approves1", "digest"));
        Refused(RefusalCode.MovedOn, When(Prepared, new ApproveRun("approves1", "another")));
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("prepares2", "digest")));
        Refused(RefusalCode.MovedOn, When(Gathering, new ApproveRun("approves1", "digest")));
        Refused(RefusalCode.NotFound, When([], new ApproveRun("approves1", "digest")));
    }

    [Fact]
    public void Who_prepared_a_run_does_not_approve_it_under_the_id_that_they_have_by_then()
    {
        var renamed = SampleTownship.Without("prepares1") with
        {
            Staff = [.. SampleTownship.Without("prepares1").Staff, SampleTownship.Person("married", Roles.FinanceApprover, Area.Township) with { Person = SampleTownship.KeyOf("prepares1") }],
        };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("married", "digest"), renamed));
        Assert.Equal(["approves1"], Approvers.Of(Run(Prepared)!, renamed));
    }

    [Fact]
    public void Nobody_approves_what_they_prepared_in_whatever_name()
    {
        var both = SampleTownship.Person("prepares1", Roles.FinancePreparer, Area.Township);
        both = both with { Grants = [.. both.Grants, new Grant(Roles.FinanceApprover, Area.Township, null)] };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("prepares1", "digest"), SampleTownship.With(both)));

        var twin = SampleTownship.Register.Find("approves1")! with { Person = SampleTownship.KeyOf("prepares1") };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("approves1", "digest"), SampleTownship.With(twin)));
    }

    [Fact]
    public void Nobody_approves_a_run_that_pays_themselves_or_a_declared_relative_in_whatever_name_nor_is_asked_to()
    {
        PayRunEvent[] pays = [.. Gathering, new RunPrepared(Of(Three) with { Concerned = ["also-approves1"] })];
        var twice = SampleTownship.Register with
        {
            Staff = [.. SampleTownship.Register.Staff, SampleTownship.Person("also-approves1", Roles.Auditor, Area.Township) with { Person = SampleTownship.KeyOf("approves1") }],
        };
        Refused(RefusalCode.NotAllowed, When(pays, new ApproveRun("approves1", "digest"), twice));
        Assert.DoesNotContain("approves1", Approvers.Of(Run(pays)!, twice));
        Assert.Null(When(Prepared, new ApproveRun("approves1", "digest"), twice).Refusal);
    }

    [Fact]
    public void Who_has_decided_about_an_application_at_another_gate_does_not_approve_its_payment_in_whatever_name_nor_is_asked_to()
    {
        PayRunEvent[] decided = [.. Gathering, new RunPrepared(Of(Three) with { Deciders = ["also-approves1"] })];
        var twice = SampleTownship.Register with
        {
            Staff = [.. SampleTownship.Register.Staff, SampleTownship.Person("also-approves1", "office", Area.Township) with { Person = SampleTownship.KeyOf("approves1") }],
        };
        Refused(RefusalCode.NotAllowed, When(decided, new ApproveRun("approves1", "digest"), twice));
        Assert.DoesNotContain("approves1", Approvers.Of(Run(decided)!, twice));
        Assert.Null(When(decided, new ApproveRun("approves1", "digest")).Refusal);
    }

    [Fact]
    public void Who_comes_second_is_told_who_decided_and_when()
    {
        var told = Refused(RefusalCode.AlreadyDone, When(Approved, new ApproveRun("approves1", "digest")));
        Assert.Equal("Name of approves1 approved this pay run on 2026-03-02 09:00.", told.Faults[0].Message.En);
        Refused(RefusalCode.AlreadyDone, When(Approved, new DiscardRun("prepares1", "wrong")));
        Refused(RefusalCode.AlreadyDone, When([.. Prepared, new DiscardOrdered("prepares1", "wrong")], new ApproveRun("approves1", "digest")));
        Refused(RefusalCode.AlreadyDone, When([.. Prepared, new DiscardOrdered("prepares1", "wrong")], new DiscardRun("prepares1", "wrong")));
    }

    [Fact]
    public void A_run_without_payments_is_not_approved() =>
        Refused(RefusalCode.Invalid, When([.. Gathering, new RunPrepared(Of(default))], new ApproveRun("approves1", "digest")));

    [Fact]
    public void A_run_is_given_up_with_a_reason_until_it_is_approved()
    {
        Then(When(Prepared, new DiscardRun("approves1", "wrong")), new DiscardOrdered("approves1", "wrong"));
        Then(When(Opened, new DiscardRun("prepares1", "wrong")), new DiscardOrdered("prepares1", "wrong"), new RunDiscarded());
        Refused(RefusalCode.Invalid, When(Prepared, new DiscardRun("prepares1", " ")));
        Refused(RefusalCode.NotAllowed, When(Prepared, new DiscardRun("office1", "wrong")));
    }

    [Fact]
    public void The_bank_pays_on_the_day_that_was_asked_for_and_never_before_today()
    {
        var late = PayRunDecider.Decide(Run(Approved), new EndCommitting(Three, "d"), SampleTownship.Register, Now.AddDays(60));
        Assert.Equal(new DateOnly(2026, 5, 1), ((RunCommitted)late.Events.Single().Event).Order.ExecutionDate);
        Assert.Equal(new DateOnly(2026, 3, 31), ((RunCommitted)When(Approved, new EndCommitting(Three, "d")).Events.Single().Event).Order.ExecutionDate);
    }

    [Fact]
    public void When_everything_was_dropped_nothing_is_sent() =>
        Then(When(Approved, new EndCommitting(default, "d")), new RunClosed());

    [Fact]
    public void What_ends_a_phase_comes_once_and_late_ends_change_nothing()
    {
        PayRunCommand[] ends = [new EndCollecting(1, 3), new EndLooking(), new EndGathering(Of(Three)), new EndCommitting(Three, "d"), new EndWriting(new BankFile("other", 2), null), new EndDiscarding(), new EndAnswering(9, new Dictionary<LineOutcome, Total>())];
        foreach (var end in ends)
        {
            var decided = When(Sent, end);
            Assert.Null(decided.Refusal);
            Assert.Empty(decided.Events);
        }
        Assert.Empty(When(Prepared, new DropLines(0, [new DroppedLine("e", Money.Zero, Exclusion.Held)])).Events);
    }

    [Fact]
    public void A_run_stands_still_when_nothing_comes_of_its_work_for_an_hour_and_not_while_people_or_the_bank_are_awaited()
    {
        Assert.All([Opened, Collected, Gathering, Approved, Committed], given =>
        {
            Assert.False(Run(given)!.StandsStill(Now.AddMinutes(59)));
            Assert.True(Run(given)!.StandsStill(Now.AddHours(1)));
        });
        Assert.All([Prepared, Sent], given => Assert.False(Run(given)!.StandsStill(Now.AddDays(30))));
    }
}
