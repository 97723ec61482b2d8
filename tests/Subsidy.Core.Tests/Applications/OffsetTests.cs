using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Money that is asked back is kept back from later periods, where the scheme allows.</summary>
public class OffsetTests
{
    private const string Recovery = $"{Case.Id}-2026-04-recovery";
    private static readonly Money Amount = new(60001);
    private static readonly Money Half = new(30000);

    private int _changes;

    /// <summary>April is paid, and so much of it asked back; May is the next.</summary>
    private Case Recovering(Money claimed, int? offset = 50, int? periods = null, bool first = false)
    {
        Step[] route = first
            ? [Review("township", Gate.Township, OfficeSeat), Pay(first: true), Review("check", Gate.Leader, LeaderSeat)]
            : [Review("township", Gate.Township, OfficeSeat), Pay()];
        var c = new Case(Of(route).Paying("60001", Schedule.Monthly, periods, offset)).Accepted();
        c.Vote("office1");
        Month(c);
        Hear(c, "2026-04", PositionState.Paid);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", claimed, "worked all the while"));
        return c;
    }

    private static IReadOnlyList<Event> Month(Case c)
    {
        c.Now = c.A.Recurring!.Next;
        return c.When(new TimePassed());
    }

    private IReadOnlyList<Event> Hear(Case c, string period, PositionState state, string? code = null)
    {
        var known = c.A.Entitlements.Single(x => x.Period == period);
        return c.When(new HearFunds(new FundReport(
            known.Id, new FundKey("relief", 2026), state, known.Amount, "run-1", Math.Max(1, known.Attempt), code, known.Number, ++_changes)));
    }

    private static Money Outstanding(Case c) => c.A.Recoveries.Single(x => x.Id == Recovery).Outstanding;

    [Fact]
    public void A_later_period_is_granted_less_what_is_kept_back_and_the_books_reserve_the_rest()
    {
        var c = Recovering(Amount);

        var events = Month(c);

        var granted = events.OfType<EntitlementGranted>().Single();
        Assert.Equal((new Money(30001), new Kept(Recovery, Half)), (granted.Amount, granted.Kept!));
        Assert.Equal(new RecoveryOffset(Recovery, 1, granted.Entitlement, Half), events.OfType<RecoveryOffset>().Single());
        Assert.Equal(new Money(30001), Outstanding(c));
        Assert.Equal(new Money(30001), c.A.Duties.OfType<ReserveFunds>().Last().Amount);
        var duty = c.A.Duties.OfType<PostRecovery>().Last();
        Assert.Equal((ClaimEnd.Offset, Half, $"{Case.Id}-2026-04", granted.Entitlement), (duty.End!.Value, duty.Amount, duty.Entitlement, duty.Document));
    }

    [Fact]
    public void A_period_that_a_stop_gave_up_is_owed_whole_when_the_bank_has_made_void_what_was_kept_back_for()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-04", PositionState.Failed, "AC04");
        Assert.Empty(c.A.Recoveries);
        c.When(new StopPayments("leader1", StopReason.Ineligible, "2026-04", "worked all the while"));
        Hear(c, "2026-05", PositionState.Released);

        c.When(new Appeal("he did not"));
        c.When(c.Ballot("county1", comment: "he did not"));

        Assert.Equal(Amount, c.A.Entitlements.Single(x => x.Period == "2026-05").Amount);
    }

    [Fact]
    public void Nothing_is_kept_back_from_a_period_that_the_bank_may_have_when_an_appeal_grants_it_again()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60001", Schedule.Monthly, null, 50)).Accepted();
        c.Vote("office1");
        Month(c);
        Hear(c, "2026-04", PositionState.Paid);
        Month(c);
        Hear(c, "2026-05", PositionState.Committed);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", Amount, "worked all the while"));
        c.When(new StopPayments("leader1", StopReason.Ineligible, "2026-04", "worked all the while"));

        c.When(new Appeal("he did not"));
        c.When(c.Ballot("county1", comment: "he did not"));

        Assert.Equal((Amount, Money.Zero), (c.A.Entitlements.Single(x => x.Period == "2026-05").Amount, c.A.Entitlements.Single(x => x.Period == "2026-05").Kept));
        Hear(c, "2026-05", PositionState.Paid);
        Assert.Equal(Amount, Outstanding(c));
    }

    [Fact]
    public void What_was_kept_back_from_a_period_counts_on_when_it_is_given_up_and_granted_again_though_all_else_of_the_claim_is_long_over()
    {
        var c = Recovering(new Money(20000));
        Month(c);
        foreach (var period in new[] { "2026-06", "2026-07", "2026-08", "2026-09" })
        {
            Month(c);
            Hear(c, period, PositionState.Paid);
        }
        Month(c);
        c.Settle();
        Assert.DoesNotContain(c.A.Entitlements, x => x.Period == "2026-04");
        c.When(new StopPayments("leader1", StopReason.Ineligible, "2026-04", "worked all the while"));
        c.When(new Appeal("he did not"));
        c.When(c.Ballot("county1", comment: "he did not"));
        Assert.Equal(new Money(40001), c.A.Entitlements.Single(x => x.Period == "2026-05").Amount);

        c.When(new StopPayments("leader1", StopReason.Died, "2026-04", "died"));
        var undone = Hear(c, "2026-05", PositionState.Released).OfType<RecoveryOffsetUndone>().Single();

        Assert.Equal((Recovery, new Money(20000)), (undone.Recovery, undone.Amount));
    }

    [Fact]
    public void Nothing_is_kept_back_where_the_scheme_does_not_say_so()
    {
        var c = Recovering(Amount, offset: null);

        Assert.Equal(Amount, Month(c).OfType<EntitlementGranted>().Single().Amount);
        Assert.Equal(Amount, Outstanding(c));
    }

    [Fact]
    public void No_more_is_kept_back_than_is_outstanding_and_then_payments_go_on_in_full()
    {
        var c = Recovering(new Money(50000));

        Assert.Equal(new Money(30001), Month(c).OfType<EntitlementGranted>().Single().Amount);
        Assert.Equal(new Money(40001), Month(c).OfType<EntitlementGranted>().Single().Amount);
        Assert.Equal(Money.Zero, Outstanding(c));
        Assert.Equal(Amount, Month(c).OfType<EntitlementGranted>().Single().Amount);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new RecordRepayment("prepares1", Recovery, new Money(1), "v-1")).Code);
    }

    [Fact]
    public void What_is_kept_back_cannot_be_repaid_or_written_off_as_well()
    {
        var c = Recovering(Amount);
        Month(c);

        Assert.Equal("/amount", c.Refused(new RecordRepayment("prepares1", Recovery, new Money(30002), "v-1")).Faults.Single().Pointer);
        c.When(new ProposeWriteOff("prepares1", Recovery, new Money(30001), "has nothing"));
        Assert.Equal(new Money(30001), c.When(new DecideWriteOff("approves1", Recovery, new Money(30001), Accept: true)).OfType<WriteOffDecided>().Single().Amount);
    }

    [Fact]
    public void Instalments_that_were_agreed_for_later_are_not_kept_back_before_their_day()
    {
        var c = Recovering(new Money(50000));
        c.When(new AgreeInstalments("prepares1", Recovery, [
            new Instalment(new DateOnly(2026, 4, 20), new Money(10000)), new Instalment(new DateOnly(2026, 5, 20), new Money(40000))]));

        Assert.Equal(new Kept(Recovery, new Money(10000)), Month(c).OfType<EntitlementGranted>().Single().Kept);
        Assert.Equal(new Kept(Recovery, Half), Month(c).OfType<EntitlementGranted>().Single().Kept);
    }

    [Fact]
    public void What_was_kept_back_from_a_period_that_is_given_up_is_outstanding_again()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Reserved);
        c.When(new StopPayments("leader1", StopReason.Died, "2026-04", "died"));
        Assert.Equal(new Money(30001), Outstanding(c)); // The books have the last word.

        var undone = Hear(c, "2026-05", PositionState.Released).OfType<RecoveryOffsetUndone>().Single();

        Assert.Equal((2, Half), (undone.Entry, undone.Amount));
        Assert.Equal(Amount, Outstanding(c));
        Assert.Equal(ClaimEnd.OffsetUndone, c.A.Duties.OfType<PostRecovery>().Last().End);
    }

    [Fact]
    public void No_more_is_written_off_than_was_proposed()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Reserved);
        c.When(new StopPayments("leader1", StopReason.Died, "2026-04", "died"));
        c.When(new ProposeWriteOff("prepares1", Recovery, new Money(30001), "has nothing"));
        Hear(c, "2026-05", PositionState.Released);

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new DecideWriteOff("approves1", Recovery, Amount, Accept: true)).Code);
        c.When(new DecideWriteOff("approves1", Recovery, Amount, Accept: false));
        Assert.Equal(Amount, c.When(new ProposeWriteOff("prepares1", Recovery, Amount, "has nothing")).OfType<WriteOffProposed>().Single().Amount);
    }

    [Fact]
    public void A_recovery_that_was_settled_begins_again_when_what_was_kept_back_falls_away_even_after_the_end()
    {
        var c = Recovering(Half);
        Month(c);
        Assert.Equal(Money.Zero, Outstanding(c));
        Hear(c, "2026-05", PositionState.Reserved);
        c.When(new StopPayments("leader1", StopReason.Died, "2026-04", "died"));
        Assert.True(c.A.Final);

        Hear(c, "2026-05", PositionState.Released);

        Assert.Equal((Status.Recovering, false), (c.A.Status, c.A.Final));
        c.When(new RecordRepayment("prepares1", Recovery, Half, "v-1"));
        Assert.Equal((Status.Closed, true), (c.A.Status, c.A.Final));
    }

    [Fact]
    public void A_payment_that_the_bank_sends_back_is_tried_again_and_what_was_kept_back_stands()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Paid);

        var events = Hear(c, "2026-05", PositionState.Failed, "MS03");

        Assert.Single(events.OfType<PaymentRetried>());
        Assert.Equal(new Money(30001), Outstanding(c));
    }

    /// <summary>All of May is asked back, and what was kept back from it with that, and June is granted.</summary>
    private Case AskedBack()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Paid);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-05", new Money(30001), "worked then, too"));
        Assert.Equal(Amount, Outstanding(c));
        Month(c);
        return c;
    }

    /// <summary>The bank sends May's money back, of which some had been repaid by hand.</summary>
    private Case RepaidAndReturned(string code)
    {
        var c = AskedBack();
        c.When(new RecordRepayment("prepares1", $"{Case.Id}-2026-05-recovery", new Money(1), "v-1"));
        Assert.Equal(["prepares1", "prepares2"], Hear(c, "2026-05", PositionState.Failed, code).OfType<RecoveryDropped>().Single().Told);
        return c;
    }

    [Fact]
    public void What_was_asked_back_whole_and_comes_back_from_the_bank_is_not_owed_whatever_else_is()
    {
        var c = AskedBack();
        Assert.Equal(Status.AwaitingFunds, c.A.Status);

        var events = Hear(c, "2026-05", PositionState.Failed, "MS03");

        Assert.Equal(["PaymentReturned", "EntitlementCancelled", "RecoveryDropped"], events.Select(e => e.GetType().Name));
        Assert.Empty(events.OfType<RecoveryDropped>().Single().Told);
    }

    [Fact]
    public void What_is_owed_after_all_since_some_of_it_was_repaid_is_owed_whole_for_nothing_is_kept_back_from_it_any_more()
    {
        var c = RepaidAndReturned("MS03");

        var owed = c.A.Entitlements.Single(x => x.Period == "2026-05");
        Assert.Equal((Amount, EntitlementState.Granted, 1), (owed.Amount, owed.State, owed.Attempt));
        Assert.Equal((Amount, owed.Number), (c.A.Duties.OfType<ReserveFunds>().Last().Amount, c.A.Duties.OfType<ReserveFunds>().Last().Grant));
        Assert.DoesNotContain(c.A.Duties, duty => duty is RetryPayment);
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.MoneyReminder, Staff: "prepares2" });
    }

    [Fact]
    public void It_is_so_too_once_the_account_is_put_right_and_after_a_stop_that_is_set_aside()
    {
        var corrected = RepaidAndReturned("AC04");
        corrected.When(new CorrectPayee(corrected.A.Payee! with { Account = "6222021234567890128" }));
        Assert.Equal(Amount, corrected.A.Entitlements.Single(x => x.Period == "2026-05").Amount);

        var stopped = RepaidAndReturned("AC04");
        stopped.When(new StopPayments("leader1", StopReason.Ineligible, "2026-04", "worked all the while"));
        Hear(stopped, "2026-05", PositionState.Released);
        stopped.When(new Appeal("he did not"));
        stopped.When(stopped.Ballot("county1", comment: "he did not"));
        var again = stopped.A.Entitlements.Single(x => x.Period == "2026-05");
        Assert.Equal(Amount, again.Amount + again.Kept);
    }

    /// <summary>The head remembers neither the period nor, when that is settled, what was asked back of the one before.</summary>
    [Theory]
    [InlineData(60001)]
    [InlineData(100)]
    public void A_period_that_the_head_has_forgotten_is_owed_with_what_was_kept_back_from_it_when_a_stop_is_set_aside(long claimed)
    {
        var c = Recovering(new Money(claimed));
        Month(c);
        var may = c.A.Entitlements.Single(x => x.Period == "2026-05");
        Assert.True(may.Kept > Money.Zero);
        Hear(c, "2026-05", PositionState.Paid);
        for (var month = 6; month <= 10; month++)
        {
            Month(c);
            Hear(c, $"2026-{month:D2}", PositionState.Paid);
            c.Settle();
        }
        Assert.DoesNotContain(c.A.Entitlements, x => x.Id == may.Id);
        Assert.Equal(claimed == 100, c.A.Recoveries.Count == 0);
        c.When(new StopPayments("leader1", StopReason.Ineligible, "2026-04", "worked all the while"));
        FundReport Of(PositionState state) =>
            new(may.Id, new FundKey("relief", 2026), state, may.Amount, "run-1", 1, "AC04", may.Number, ++_changes);
        c.When(new HearFunds(Of(PositionState.Failed)));
        c.When(new HearFunds(Of(PositionState.Released)));
        Assert.Contains(c.Stream, recorded => recorded.Event is RecoveryOffsetUndone { Entitlement: var undone } && undone == may.Id);

        c.When(new Appeal("he did not"));
        c.When(c.Ballot("county1", comment: "he did not"));

        var again = c.A.Entitlements.Single(x => x.Id == may.Id);
        Assert.Equal(Amount, again.Amount + again.Kept);
    }

    [Fact]
    public void A_payment_that_comes_back_while_another_is_recovered_is_still_owed()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Paid);
        Month(c);
        Hear(c, "2026-06", PositionState.Paid);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-06", new Money(1), "one fen too much"));
        Assert.Equal(Status.Recovering, c.A.Status);

        Assert.Single(Hear(c, "2026-05", PositionState.Failed, "MS03").OfType<PaymentRetried>());
    }

    [Fact]
    public void A_payment_that_comes_back_after_the_decision_was_revoked_takes_with_it_what_was_kept_back()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Committed);
        c.When(new Revoke("leader1", "invented"));
        Hear(c, "2026-05", PositionState.Failed, "AC04");

        Hear(c, "2026-05", PositionState.Released);

        Assert.Equal(Amount, Outstanding(c));
    }

    [Fact]
    public void Whoever_must_pay_back_the_whole_of_a_period_must_pay_back_what_was_kept_from_it_too()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Paid);

        c.When(new Revoke("leader1", "invented"));

        Assert.Equal([Amount, new Money(30001)], c.A.Recoveries.Select(x => x.Outstanding));
        Assert.Equal(Status.Recovering, c.A.Status);
    }

    [Theory]
    [InlineData(30000, 30001)]
    [InlineData(30001, 60001)]
    public void Asking_back_a_part_leaves_what_was_kept_back_and_asking_back_all_does_not(long claimed, long outstanding)
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Paid);

        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-05", new Money(claimed), "too much"));

        Assert.Equal(new Money(outstanding), Outstanding(c));
    }

    [Fact]
    public void A_second_recovery_follows_the_first()
    {
        var c = Recovering(new Money(10000));
        Month(c);
        Hear(c, "2026-05", PositionState.Paid);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-05", new Money(20000), "too much"));

        Assert.Equal(new Kept($"{Case.Id}-2026-05-recovery", new Money(20000)), Month(c).OfType<EntitlementGranted>().Single().Kept);
    }

    [Fact]
    public void After_the_last_period_it_goes_on_until_the_rest_has_come_back()
    {
        var c = Recovering(Amount, periods: 2);
        Month(c);
        Assert.Null(c.A.Recurring);
        Hear(c, "2026-05", PositionState.Paid);
        Assert.False(c.A.Final);

        c.When(new RecordRepayment("prepares1", Recovery, new Money(30001), "v-1"));

        Assert.True(c.A.Final);
    }

    [Fact]
    public void What_arrives_after_a_revocation_is_asked_back_too_and_what_was_kept_back_from_it()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-05", PositionState.Paid);
        Month(c);
        Hear(c, "2026-06", PositionState.Committed);
        c.When(new Revoke("leader1", "invented"));

        Hear(c, "2026-06", PositionState.Paid);

        Assert.Equal(3, c.A.Recoveries.Count);
        Assert.Equal(Amount, Outstanding(c));
    }

    [Fact]
    public void A_claim_that_the_bank_has_made_void_leaves_people_a_duty_for_what_was_kept_back()
    {
        var c = Recovering(Amount);
        Month(c);

        Hear(c, "2026-04", PositionState.Failed, "AC04");

        Assert.Empty(c.A.Recoveries);
        Assert.Equal([ClaimEnd.Offset], c.A.Duties.OfType<PostRecovery>().Select(duty => duty.End!.Value));
        Hear(c, "2026-05", PositionState.Reserved);
        c.When(new StopPayments("leader1", StopReason.Died, "2026-03", "died"));
        Hear(c, "2026-05", PositionState.Released);
        Assert.Empty(c.A.Duties.OfType<PostRecovery>());
    }

    /// <summary>The bank was faster than the duties by which the books hear of the claim.</summary>
    [Fact]
    public void What_was_asked_back_after_a_revocation_and_repaid_is_not_paid_again_when_the_bank_sends_it_back_too()
    {
        var c = Recovering(Half);
        c.When(new RecordRepayment("prepares1", Recovery, Half, "v-1"));
        c.When(new Revoke("leader1", "invented"));
        c.When(new RecordRepayment("prepares1", Recovery, new Money(30001), "v-2"));
        Assert.Equal(Status.Closed, c.A.Status);

        var events = Hear(c, "2026-04", PositionState.Failed, "MS03");

        Assert.Empty(events.OfType<PaymentRetried>());
        Assert.True(c.A.Final);
        Assert.Contains(c.A.Duties.OfType<PostRecovery>(), duty => duty.End is ClaimEnd.Repaid); // People are told: somebody is owed what they have repaid.
    }

    /// <summary>Until then the books know nothing of it, and they refuse it: somebody is owed what they have repaid.</summary>
    [Fact]
    public void People_are_told_of_what_was_repaid_of_a_claim_that_the_bank_has_made_void_before_the_books_knew_of_it()
    {
        var c = Recovering(Amount, offset: null);
        c.When(new RecordRepayment("prepares1", Recovery, Half, "v-1"));

        Hear(c, "2026-04", PositionState.Failed, "MS03");

        Assert.Empty(c.A.Recoveries);
        Assert.Equal((ClaimEnd.Repaid, Half), (c.A.Duties.OfType<PostRecovery>().Single().End!.Value, c.A.Duties.OfType<PostRecovery>().Single().Amount));
    }

    [Fact]
    public void What_was_kept_back_for_a_payment_that_has_come_back_and_is_not_owed_is_not_asked_for_when_it_falls_away()
    {
        var c = Recovering(Half);
        Month(c);
        c.When(new Revoke("leader1", "invented"));
        c.When(new RecordRepayment("prepares1", Recovery, new Money(30001), "v-1"));
        Hear(c, "2026-04", PositionState.Failed, "MS03");

        Hear(c, "2026-05", PositionState.Released);

        Assert.Empty(c.A.Recoveries);
        Assert.True(c.A.Final);
    }

    [Fact]
    public void A_claim_after_a_payment_that_came_back_is_another_claim()
    {
        var c = Recovering(Amount);
        Month(c);
        Hear(c, "2026-04", PositionState.Failed, "MS03");
        Hear(c, "2026-04", PositionState.Paid);

        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", Half, "again"));

        Assert.Equal($"{Recovery}-2", c.A.Recoveries.Single().Id);
    }
}
