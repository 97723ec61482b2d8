using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Payments that follow one another.</summary>
public class RecurringTests
{
    private static Case Approved(Schedule schedule, int? periods = null)
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", schedule, periods)).Accepted();
        c.Vote("office1");
        return c;
    }

    private static void Settle(Case c, string period) => Hear(c, period, PositionState.Paid, change: 3);

    private static IReadOnlyList<Event> Hear(Case c, string period, PositionState state, int change, string? code = null) => c.When(new HearFunds(new FundReport(
        $"{Case.Id}-{period}", new FundKey("relief", 2026), state, new Money(60000), "run-1", 1, code,
        c.A.Entitlements.Single(x => x.Period == period).Number, change)));

    [Fact]
    public void The_first_month_is_the_one_after_the_decision_and_each_is_granted_as_it_begins()
    {
        var c = Approved(Schedule.Monthly);
        Assert.Empty(c.A.Entitlements);
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(8)), Timing.NextDeadline(c.A));

        Assert.Equal("2026-04", c.PassNextDeadline().OfType<EntitlementGranted>().Single().Period);
        Settle(c, "2026-04");
        Assert.Equal(Status.Paying, c.A.Status);
        Assert.Equal("2026-05", c.PassNextDeadline().OfType<EntitlementGranted>().Single().Period);
    }

    [Fact]
    public void An_engine_that_slept_for_months_grants_each_of_them_once()
    {
        var c = Approved(Schedule.Monthly);

        Assert.Equal(["2026-04", "2026-05", "2026-06"], c.PassDays(110).OfType<EntitlementGranted>().Select(e => e.Period));
        Assert.Empty(c.When(new TimePassed()));
    }

    [Fact]
    public void A_semester_is_granted_at_once_and_the_next_in_september()
    {
        var c = Approved(Schedule.Semester);

        Assert.Equal("2026-spring", c.A.Entitlement!.Period);
        c.PassUntil<EntitlementGranted>();
        Assert.Equal("2026-autumn", c.A.Entitlement!.Period);
        Assert.Equal(new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.FromHours(8)), c.A.Recurring!.Next);
    }

    [Fact]
    public void As_many_periods_as_the_scheme_allows_and_no_more()
    {
        var c = Approved(Schedule.Monthly, periods: 2);

        var events = c.PassDays(200);

        Assert.Equal(["2026-04", "2026-05"], events.OfType<EntitlementGranted>().Select(e => e.Period));
        Assert.Equal(StopReason.Ended, events.OfType<PaymentsStopped>().Single().Reason);
        Settle(c, "2026-04");
        Assert.False(c.A.Final);
        Settle(c, "2026-05");
        Assert.True(c.A.Final);
    }

    [Fact]
    public void A_death_gives_up_what_was_granted_for_later_and_asks_back_what_was_paid_for_later()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(110);
        Settle(c, "2026-04");
        Settle(c, "2026-05");

        var events = c.When(new StopPayments("leader1", StopReason.Died, "2026-04", "died on 20 April"));

        Assert.Equal($"{Case.Id}-2026-06", events.OfType<EntitlementCancelled>().Single().Entitlement);
        Assert.Equal($"{Case.Id}-2026-05", events.OfType<RecoveryOpened>().Single().Entitlement);
        Assert.Null(c.A.Recurring);
        Assert.Equal(Status.Recovering, c.A.Status);
    }

    [Fact]
    public void What_the_bank_pays_after_all_for_a_period_that_was_given_up_is_asked_back_though_an_earlier_one_is_still_owed()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(60);
        Hear(c, "2026-05", PositionState.Committed, change: 2);
        c.When(new StopPayments("leader1", StopReason.Died, "2026-04", "died on 20 April"));
        Assert.Equal(Status.AwaitingFunds, c.A.Status);

        var events = Hear(c, "2026-05", PositionState.Paid, change: 3);

        Assert.Equal($"{Case.Id}-2026-05", events.OfType<RecoveryOpened>().Single().Entitlement);
    }

    [Fact]
    public void What_had_come_back_when_its_year_ended_is_not_asked_back_though_nobody_heard_of_it_between()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(60);
        Settle(c, "2026-04");
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", new Money(20000), "ten days too much"));

        var events = Hear(c, "2026-04", PositionState.Released, change: 5, code: "AC04");

        Assert.Equal("AC04", events.OfType<PaymentReturned>().Single().Code);
        Assert.Equal($"{Case.Id}-2026-04-recovery", events.OfType<RecoveryDropped>().Single().Recovery);
        Assert.Empty(c.A.Recoveries);
    }

    [Fact]
    public void A_payment_that_fails_after_the_stop_is_still_owed_while_another_is_asked_back()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(60);
        Hear(c, "2026-04", PositionState.Committed, change: 2);
        Settle(c, "2026-05");
        c.When(new StopPayments("leader1", StopReason.Died, null, "died in May"));
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-05", new Money(20000), "ten days too much"));

        var events = Hear(c, "2026-04", PositionState.Failed, change: 3, code: "AC04");

        Assert.NotNull(events.OfType<PaymentFailed>().Single().CallAt);
        Assert.Empty(events.OfType<EntitlementCancelled>());
    }

    [Fact]
    public void A_payment_that_comes_back_is_heard_of_however_long_ago_it_was_and_though_an_older_one_is_still_unpaid()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(60);
        for (var i = 0; i < 6; i++)
        {
            Settle(c, c.A.Entitlement!.Period);
            c.PassNextDeadline();
        }
        Assert.Contains(c.A.Entitlements, x => x.Period == "2026-04");
        Assert.DoesNotContain(c.A.Entitlements, x => x.Period == "2026-05");
        var grant = c.Stream.Single(x => x.Event is EntitlementGranted { Period: "2026-05" }).Number;

        var events = c.When(new HearFunds(new FundReport(
            $"{Case.Id}-2026-05", new FundKey("relief", 2026), PositionState.Failed, new Money(60000), "run-1", 1, "MS03", grant, 2)));

        Assert.Single(events.OfType<PaymentRetried>());
    }

    [Fact]
    public void What_came_back_long_after_and_lapsed_with_its_year_before_anybody_heard_is_asked_for_again_in_the_next()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(35);
        for (var i = 0; i < 6; i++)
        {
            Settle(c, c.A.Entitlement!.Period);
            c.PassNextDeadline();
        }
        Assert.DoesNotContain(c.A.Entitlements, x => x.Period == "2026-04");
        var grant = c.Stream.Single(x => x.Event is EntitlementGranted { Period: "2026-04" }).Number;
        FundReport Report(PositionState state, int change) => new(
            $"{Case.Id}-2026-04", new FundKey("relief", 2026), state, new Money(60000), "run-1", 1, "AC04", grant, change);

        var events = c.When(new HearFunds(Report(PositionState.Released, 5)));

        Assert.Equal(["PaymentReturned", "FundsLapsed"], events.Take(2).Select(e => e.GetType().Name));
        var reserve = c.A.Duties.OfType<ReserveFunds>().Last();
        Assert.Equal(($"{Case.Id}-2026-04", 2027, 1), (reserve.Entitlement, reserve.Year, reserve.Attempt));
        Assert.Empty(c.When(new HearFunds(Report(PositionState.Failed, 4)))); // Told late, by somebody who had read the books before.
    }

    /// <summary>Granted and paid, one month after the other, from April 2026.</summary>
    private static Case PaidFor(int months)
    {
        var c = Approved(Schedule.Monthly);
        for (var i = 0; i < months; i++)
        {
            c.PassUntilGranted();
            var known = c.A.Entitlement!;
            c.When(new HearFunds(new FundReport(
                known.Id, new FundKey("relief", known.Books), PositionState.Paid, known.Amount, "run-1", 1, null, known.Number, 3)));
            c.Settle();
        }
        return c;
    }

    private static IEnumerable<string> AskedBack(IEnumerable<Recorded> events) => events.Select(recorded => recorded.Event).OfType<RecoveryOpened>().Select(e => e.Entitlement[(Case.Id.Length + 1)..]);

    [Fact]
    public void A_death_that_is_found_half_a_year_late_asks_back_every_month_since_also_those_that_the_head_has_forgotten()
    {
        var c = PaidFor(9);
        Assert.Equal(["2026-09", "2026-10", "2026-11", "2026-12"], c.A.Entitlements.Select(x => x.Period).Order());

        c.When(new StopPayments("leader1", StopReason.Died, "2026-06", "died in June"));
        c.Settle();

        Assert.Equal(["2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"], AskedBack(c.Stream).Order());
        Assert.Equal((Status.Recovering, new Money(360000)), (c.A.Status, new Money(c.A.Recoveries.Sum(x => x.Outstanding.Fen))));
        Assert.DoesNotContain(c.Stream, recorded => recorded.Event is Closed);
        foreach (var recovery in c.A.Recoveries)
            c.When(new RecordRepayment("prepares1", recovery.Id, recovery.Outstanding, "v-1"));
        Assert.Equal(Status.Closed, c.A.Status);
    }

    [Fact]
    public void A_stop_after_which_nothing_was_paid_closes_though_the_head_has_forgotten_what_was_paid_before()
    {
        var c = PaidFor(9);

        c.When(new StopPayments("leader1", StopReason.Died, "2026-12", "died in December"));
        c.Settle();

        Assert.Empty(AskedBack(c.Stream));
        Assert.Equal(Status.Closed, c.A.Status);
    }

    [Fact]
    public void A_revocation_asks_back_six_years_of_months_some_at_a_time_and_each_of_them_once()
    {
        var c = PaidFor(72);
        Assert.Empty(AskedBack(c.Stream));

        c.When(new Revoke("leader1", "invented"));
        Assert.Equal(4, AskedBack(c.Stream).Count());
        var first = c.A.Duties.OfType<AskBack>().Single();
        c.When(new Report([new DutySucceeded(first.Id)]));
        Assert.Equal(4 + 24, AskedBack(c.Stream).Count());
        Assert.Empty(c.When(new Report([new DutySucceeded(first.Id)])));
        c.Settle();

        Assert.Equal(72, AskedBack(c.Stream).Distinct().Count());
        Assert.Equal(72, AskedBack(c.Stream).Count());
    }

    [Fact]
    public void A_month_that_the_head_has_forgotten_can_be_claimed_back_and_what_was_claimed_of_it_before_counts()
    {
        var c = PaidFor(1);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", new Money(10000), "ten days too much"));
        c.When(new RecordRepayment("prepares1", $"{Case.Id}-2026-04-recovery", new Money(10000), "v-1"));
        foreach (var period in new[] { "2026-05", "2026-06", "2026-07", "2026-08", "2026-09" })
        {
            c.PassUntilGranted();
            Settle(c, period);
            c.Settle();
        }
        Assert.Empty(c.A.Recoveries);
        Assert.Equal("/amount", c.Refused(new ClaimBack("prepares1", $"{Case.Id}-2026-04", new Money(50001), "more")).Faults.Single().Pointer);

        var events = c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", new Money(50000), "the rest"));

        Assert.Equal(["EarlierPeriodsFound", "RecoveryRaised"], events.Select(e => e.GetType().Name));
        Assert.Equal((new Money(60000), new Money(50000)), (c.A.Recoveries.Single().Amount, c.A.Recoveries.Single().Outstanding));
        Assert.Equal(RecoveryList.Of(c.Stream).Single().Outstanding, c.A.Recoveries.Single().Outstanding);
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new RecordRepayment("prepares1", $"{Case.Id}-2026-04-recovery", new Money(1), "v-1")).Code);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new ClaimBack("prepares1", $"{Case.Id}-2026-03", new Money(1), "never granted")).Code);
    }

    [Fact]
    public void What_is_sent_back_after_a_revocation_is_not_owed_though_only_a_part_of_it_was_asked_back_yet()
    {
        var c = Approved(Schedule.Monthly);
        for (var month = 4; month <= 10; month++)
        {
            c.PassUntilGranted();
            Settle(c, $"2026-{month:D2}");
        }
        var april = (EntitlementGranted)c.Stream.First(recorded => recorded.Event is EntitlementGranted).Event;
        var number = c.Stream.First(recorded => recorded.Event is EntitlementGranted).Number;
        Assert.DoesNotContain(c.A.Entitlements, x => x.Id == april.Entitlement);
        c.When(new Revoke("leader1", "invented"));
        c.When(new ClaimBack("prepares1", april.Entitlement, new Money(20000), "before the rest is looked up"));

        var events = c.When(new HearFunds(new FundReport(
            april.Entitlement, new FundKey("relief", 2026), PositionState.Failed, april.Amount, "run-1", 1, "MS03", number, 9)));

        Assert.Equal(["PaymentReturned", "EntitlementCancelled", "RecoveryDropped"], events.Select(e => e.GetType().Name));
    }

    [Fact]
    public void What_was_given_up_does_not_come_back_however_often_that_is_told()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(35);
        Settle(c, "2026-04");
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", new Money(60000), "had moved away"));
        Hear(c, "2026-04", PositionState.Failed, change: 4, code: "AC04");
        var given = c.A.Entitlements.Single(x => x.Period == "2026-04");
        Assert.Equal(EntitlementState.Cancelled, given.State);
        var told = new HearFunds(new FundReport(given.Id, new FundKey("relief", 2026), PositionState.Released, given.Amount, "run-1", 1, "AC04", given.Number, 5));
        c.When(told);
        for (var i = 0; i < 6; i++)
        {
            c.PassUntilGranted();
            Settle(c, c.A.Entitlement!.Period);
        }
        Assert.True(c.A.Forgotten > given.Number);

        Assert.Empty(c.When(told));
    }

    [Fact]
    public void Payments_go_on_while_the_applicant_is_asked_for_something_and_nobody_is_warned_before_the_time()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay(first: true), Review("check", Gate.Leader, LeaderSeat))
            .Paying("60000", Schedule.Monthly)).Accepted();
        c.Now = new DateTimeOffset(2026, 3, 31, 9, 0, 0, TimeSpan.FromHours(8));
        c.Vote("office1");
        c.Vote("leader1", Decision.Return);

        c.Now = c.A.Recurring!.Next;
        Assert.IsType<EntitlementGranted>(Assert.Single(c.When(new TimePassed())));
    }

    [Fact]
    public void Nobody_is_asked_for_an_account_that_nothing_is_paid_to_any_more()
    {
        var c = Approved(Schedule.Monthly);
        c.PassNextDeadline();
        c.When(new HearFunds(new FundReport(
            $"{Case.Id}-2026-04", new FundKey("relief", 2026), PositionState.Failed, new Money(60000), "run-1", 1, "AC04", c.A.Entitlement!.Number, 1)));
        Assert.NotNull(c.A.PayeeCall);

        c.When(new StopPayments("leader1", StopReason.Died, "2026-03", "died"));

        Assert.Null(c.A.PayeeCall);
    }

    [Fact]
    public void A_withdrawal_stops_the_payments_and_what_is_owed_so_far_is_still_paid()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(60);

        c.When(new Withdraw("found work"));

        Assert.Null(c.A.Recurring);
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        Settle(c, "2026-04");
        Settle(c, "2026-05");
        Assert.Equal(Status.Paid, c.A.Status);
        Assert.True(c.A.Final);
    }

    [Fact]
    public void Payments_that_nobody_may_stop_are_not_stopped()
    {
        var c = Approved(Schedule.Monthly);

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new StopPayments("clerk1", StopReason.Died, null, "said somebody")).Code);
        Assert.Equal("/comment", c.Refused(new StopPayments("leader1", StopReason.Died, null, " ")).Faults.Single().Pointer);
        Assert.Equal("/last", c.Refused(new StopPayments("leader1", StopReason.Died, "2026-13", "died")).Faults.Single().Pointer);
    }

    [Fact]
    public void They_do_not_stop_after_a_period_that_was_never_granted()
    {
        var c = Approved(Schedule.Monthly);
        c.PassDays(60);

        Assert.Equal("/last", c.Refused(new StopPayments("leader1", StopReason.Died, "2026-06", "died")).Faults.Single().Pointer);
    }

    [Theory]
    [InlineData(Schedule.Monthly, "2026-12", "2027-01")]
    [InlineData(Schedule.Semester, "2026-autumn", "2027-spring")]
    [InlineData(Schedule.Semester, "2026-spring", "2026-autumn")]
    public void One_period_follows_another_across_the_year(Schedule schedule, string name, string next) =>
        Assert.Equal(next, Period.Parse(schedule, name)!.Value.Next(schedule).Name);

    [Theory]
    [InlineData("2026-00")]
    [InlineData("2026-1")]
    [InlineData("0000-01")]
    [InlineData("2026-spring")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_month_is_no_month(string? name) => Assert.Null(Period.Parse(Schedule.Monthly, name));
}
