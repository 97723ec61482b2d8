using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Payments that somebody has stopped over the applicant's head: an appeal is taken for sixty days (行政复议法).</summary>
public class StopAppealTests
{
    private int _changes;

    /// <summary>April to June are granted, of which April is paid.</summary>
    private Case Monthly(int every = 12, int? periods = null)
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", Schedule.Monthly, periods).Rechecked(every)).Accepted();
        c.Vote("office1");
        c.PassDays(95);
        Hear(c, "2026-04", PositionState.Paid);
        return c;
    }

    private static StopPayments Stop(string? last = null, StopReason reason = StopReason.Ineligible) => new("leader1", reason, last, "the son earns enough");

    private static IReadOnlyList<Event> Uphold(Case c, string staff = "county1")
    {
        c.When(new Appeal("he does not"));
        return c.When(c.Ballot(staff, comment: "he lives elsewhere"));
    }

    private IReadOnlyList<Event> Hear(Case c, string period, PositionState state, string? code = null, int attempt = 1)
    {
        var known = c.A.Entitlements.Single(x => x.Period == period);
        return c.When(new HearFunds(new FundReport(
            known.Id, new FundKey("relief", 2026), state, known.Amount, "run-1", attempt, code, known.Number, ++_changes)));
    }

    private static IEnumerable<string> Periods(IEnumerable<Event> events) => events.OfType<EntitlementGranted>().Select(e => e.Period);

    [Fact]
    public void The_stop_says_until_when_and_the_application_is_not_at_its_end_before()
    {
        var c = Monthly();
        Hear(c, "2026-05", PositionState.Paid);
        Hear(c, "2026-06", PositionState.Paid);

        var stopped = c.When(Stop()).OfType<PaymentsStopped>().Single();

        Assert.Equal(new DateTimeOffset(2026, 8, 5, 0, 0, 0, TimeSpan.FromHours(8)), stopped.AppealUntil);
        Assert.Equal((Status.Suspended, false), (c.A.Status, c.A.Final));
        Assert.Equal(stopped.AppealUntil, Timing.NextDeadline(c.A));
        Assert.Equal([new StopFinal(), new Closed()], c.PassNextDeadline());
        Assert.True(c.A.Final);
        Assert.Equal(RefusalCode.Expired, c.Refused(new Appeal("he does not")).Code);
    }

    [Fact]
    public void What_is_still_owed_is_paid_meanwhile_and_waits_for_nobody()
    {
        var c = Monthly();
        c.When(Stop());
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        c.When(new Appeal("he does not"));
        Assert.Equal(Status.AwaitingFunds, c.A.Status);

        Hear(c, "2026-05", PositionState.Paid);
        Hear(c, "2026-06", PositionState.Paid);

        Assert.Equal(Status.Suspended, c.A.Status);
        Assert.Contains(Hear(c, "2026-05", PositionState.Failed, "MS03"), e => e is PaymentRetried);
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        Assert.Equal([new StopFinal()], c.Vote("county1", Decision.Reject).SkipWhile(e => e is not StopFinal));
        Hear(c, "2026-05", PositionState.Paid, attempt: 2);
        Assert.True(c.A.Final);
    }

    [Fact]
    public void What_was_paid_for_later_is_asked_back_once_the_stop_is_final_and_not_before()
    {
        var c = Monthly();
        Hear(c, "2026-05", PositionState.Paid);

        Assert.Empty(c.When(Stop("2026-04")).OfType<RecoveryOpened>());
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new ClaimBack("prepares1", $"{Case.Id}-2026-05", new Money(1), "not owed")).Code);
        c.When(new Appeal("he does not"));
        var events = c.Vote("county1", Decision.Reject);

        Assert.Equal($"{Case.Id}-2026-05", events.OfType<RecoveryOpened>().Single().Entitlement);
        Assert.Equal(Status.Recovering, c.A.Status);
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new Appeal("all the same")).Code);
        c.When(new RecordRepayment("prepares1", $"{Case.Id}-2026-05-recovery", new Money(60000), "v-1"));
        Assert.Equal(Status.Closed, c.A.Status);
    }

    [Fact]
    public void An_appeal_that_is_upheld_grants_what_was_missed_and_payments_go_on()
    {
        var c = Monthly();
        c.When(Stop());
        c.PassDays(50);
        Assert.Equal(["2026-04", "2026-05", "2026-06"], Periods(c.Stream.Select(recorded => recorded.Event)));

        var events = Uphold(c);

        Assert.Equal(new PaymentsResumed("2026-07"), events.OfType<PaymentsResumed>().Single());
        Assert.Equal(["2026-07"], Periods(events));
        Assert.Equal(4, c.A.Recurring!.Granted);
        Assert.Null(c.A.Stopped);
        Assert.Equal(["2026-08"], Periods(c.PassUntilGranted()));
    }

    /// <summary>The order to try it again went with the stop; the books had heard neither of it nor of that.</summary>
    [Fact]
    public void What_had_failed_when_the_stop_gave_it_up_is_tried_again_once_it_is_granted_again()
    {
        var c = Monthly();
        Hear(c, "2026-05", PositionState.Failed, "MS03");
        Assert.Single(c.A.Duties.OfType<RetryPayment>());
        c.When(Stop("2026-04"));
        Uphold(c);
        Assert.Empty(c.A.Duties.OfType<RetryPayment>());

        Hear(c, "2026-05", PositionState.Failed, "MS03");

        Assert.Equal(($"{Case.Id}-2026-05", 1), c.A.Duties.OfType<RetryPayment>().Select(retry => (retry.Entitlement, retry.Attempt)).Single());
        Assert.Empty(Hear(c, "2026-05", PositionState.Failed, "MS03"));
        Assert.Contains(Hear(c, "2026-05", PositionState.Paid, attempt: 2), e => e is Paid);
    }

    [Fact]
    public void What_the_stop_gave_up_is_granted_again_and_what_is_paid_is_not_paid_twice()
    {
        var c = Monthly();
        Hear(c, "2026-05", PositionState.Committed); // With the bank when the stop came.
        c.PassDays(30);
        Hear(c, "2026-07", PositionState.Committed);
        c.When(Stop("2026-04"));
        Hear(c, "2026-05", PositionState.Paid);
        Hear(c, "2026-06", PositionState.Released);

        var events = Uphold(c);

        Assert.Equal("2026-05", events.OfType<PaymentsResumed>().Single().From);
        Assert.Equal(["2026-06", "2026-07"], Periods(events));
        Assert.Equal([EntitlementState.Paid, EntitlementState.Paid, EntitlementState.Granted, EntitlementState.Granted], c.A.Entitlements.Select(x => x.State));
        Assert.Equal(4, c.A.Recurring!.Granted);
        Assert.Empty(c.A.Recoveries);
        // What the bank has under way for July was ordered for the grant from before: the books hand it over to this one.
        Assert.Equal(["2026-06", "2026-07"], c.A.Duties.OfType<ReserveFunds>().TakeLast(2).Select(duty => duty.Entitlement[^7..]));
    }

    [Fact]
    public void What_the_bank_knows_from_before_the_stop_is_paid_by_another_attempt_whatever_books_it_is_in_by_then()
    {
        var c = Monthly();
        c.When(Stop("2026-04"));
        Hear(c, "2026-05", PositionState.Failed, "AC04"); // It was with the bank, and nobody had heard.
        Hear(c, "2026-05", PositionState.Released);

        Uphold(c);

        var may = c.A.Entitlements.Single(x => x.Period == "2026-05");
        Assert.Equal(1, c.A.Duties.OfType<ReserveFunds>().Single(duty => duty.Entitlement == may.Id && duty.Grant == may.Number).Attempt);
    }

    [Fact]
    public void A_payment_for_later_that_the_bank_sends_back_is_owed_again_once_the_appeal_is_upheld()
    {
        var c = Monthly();
        Hear(c, "2026-05", PositionState.Paid);
        c.When(Stop("2026-04"));

        Assert.Contains(Hear(c, "2026-05", PositionState.Failed, "AC04"), e => e is EntitlementCancelled);
        Assert.Null(c.A.PayeeCall);

        Assert.Equal(["2026-05", "2026-06"], Periods(Uphold(c)));
    }

    [Fact]
    public void What_was_claimed_back_before_the_stop_has_been_decided_apart_from_it()
    {
        var c = Monthly();
        Hear(c, "2026-05", PositionState.Paid);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-05", new Money(20000), "ten days in hospital, which pays"));
        c.When(Stop("2026-04"));

        Assert.Equal(["2026-06"], Periods(Uphold(c)));

        Assert.Equal(new Money(20000), c.A.Recoveries.Single().Outstanding);
        c.When(new RecordRepayment("prepares1", $"{Case.Id}-2026-05-recovery", new Money(20000), "v-1"));
        Assert.NotNull(c.A.Recurring);
    }

    [Fact]
    public void Money_that_comes_back_while_an_appeal_is_possible_does_not_close_the_application()
    {
        var c = Monthly();
        Hear(c, "2026-05", PositionState.Paid);
        Hear(c, "2026-06", PositionState.Paid);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-05", new Money(20000), "too much"));
        c.When(Stop());

        c.When(new RecordRepayment("prepares1", $"{Case.Id}-2026-05-recovery", new Money(20000), "v-1"));

        Assert.Equal((Status.Suspended, false), (c.A.Status, c.A.Final));
        Assert.Equal(["2026-07"], Periods([.. Uphold(c), .. c.PassUntilGranted()]));
    }

    [Fact]
    public void A_recheck_that_says_no_is_appealed_to_somebody_who_has_not_acted()
    {
        var c = Monthly(every: 3);
        Assert.Equal("recheck-3", c.A.Assignments.Single().Key);
        c.Vote("office1", Decision.Reject);

        var assigned = c.When(new Appeal("he does not")).OfType<Assigned>().Single();

        Assert.Equal(("appeal-1", "pay"), (assigned.Key, assigned.Step));
        Assert.Equal(["county1", "county2"], assigned.Seats[0].Staff);
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new Appeal("he does not")).Code);
        var events = c.When(c.Ballot("county1", comment: "he lives elsewhere"));
        Assert.Empty(events.OfType<Assigned>());
        Assert.Equal(["2026-07", "2026-08", "2026-09"], Periods(events.Concat(c.PassDays(90))));
        Assert.Equal("recheck-6", c.A.Assignments.Single().Key);
    }

    [Fact]
    public void A_recheck_that_the_stop_cut_off_is_asked_again()
    {
        var c = Monthly(every: 3);
        c.When(Stop(reason: StopReason.MovedAway));
        Assert.Empty(c.A.Assignments);

        Uphold(c);

        Assert.Equal(("recheck-3", 2), (c.A.Assignments.Single().Key, c.A.Assignments.Single().Round));
        Assert.Empty(c.PassDays(40).OfType<EntitlementGranted>());
        c.When(Stop(reason: StopReason.MovedAway));
        Uphold(c, "county2");
        Assert.Equal(("recheck-3", 3), (c.A.Assignments.Single().Key, c.A.Assignments.Single().Round));
        Assert.NotEmpty(c.Vote("office1").OfType<EntitlementGranted>());
    }

    [Fact]
    public void Who_has_stopped_the_payments_or_called_for_a_recheck_does_not_decide_the_appeal()
    {
        var scheme = Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", Schedule.Monthly).Rechecked(12);
        var c = new Case(scheme with { Appeal = scheme.Appeal with { Seat = LeaderSeat } }).Accepted();
        c.Vote("office1");
        c.PassUntil<EntitlementGranted>();
        c.When(Stop());
        Assert.Equal(["leader2"], c.When(new Appeal("he does not")).OfType<Assigned>().Single().Seats[0].Staff);
        c.When(c.Ballot("leader2", comment: "he lives elsewhere"));

        c.When(new CallRecheck("leader1", "said to have moved"));
        c.Vote("office1", Decision.Reject);
        c.When(new Appeal("he does not"));

        Assert.DoesNotContain(c.A.Assignments.Single().Seats[0].Candidates, candidate => candidate.Staff is "leader1" or "leader2");
        Assert.NotEmpty(c.A.Assignments.Single().Seats[0].Candidates);
    }

    [Theory]
    [InlineData(StopReason.Died)]
    [InlineData(StopReason.Withdrawn)]
    public void A_death_and_the_recipients_own_wish_are_not_appealed(StopReason reason)
    {
        var c = Monthly();

        Assert.Null(c.When(Stop(reason: reason)).OfType<PaymentsStopped>().Single().AppealUntil);

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Appeal("he does not")).Code);
    }

    [Fact]
    public void A_second_stop_can_be_appealed_like_the_first()
    {
        var c = Monthly();
        c.When(Stop());
        Uphold(c);

        c.When(Stop());

        Assert.Equal("appeal-2", c.When(new Appeal("he does not")).OfType<Appealed>().Single().Appeal);
    }

    [Fact]
    public void The_end_that_the_scheme_sets_comes_with_the_periods_that_are_granted_after_all()
    {
        var c = Monthly(periods: 4);
        c.When(Stop());
        c.PassDays(30);

        var events = Uphold(c);

        Assert.Equal(["2026-07"], Periods(events));
        Assert.Equal(StopReason.Ended, events.OfType<PaymentsStopped>().Single().Reason);
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
    }

    [Fact]
    public void A_revocation_leaves_nothing_to_appeal()
    {
        var c = Monthly();
        c.When(Stop());

        c.When(new Revoke("leader2", "a false name"));

        Assert.Equal(Status.Recovering, c.A.Status);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Appeal("he does not")).Code);
        c.When(new RecordRepayment("prepares1", $"{Case.Id}-2026-04-recovery", new Money(60000), "v-1"));
        Assert.True(c.A.Final);
    }
}
