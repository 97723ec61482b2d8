using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleClaims;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Money that is asked back is kept back from later periods, where the scheme allows.</summary>
public class OffsetTests
{
    [Fact]
    public void A_later_period_is_granted_less_what_is_kept_back_and_the_books_reserve_the_rest()
    {
        var c = Recovering(Amount);

        var events = Month(c);

        var granted = events.OfType<EntitlementGranted>().Single();
        Assert.Equal((new Money(30001), new Kept(OfApril, HalfAMonth)), (granted.Amount, granted.Kept!));
        Assert.Equal(new RecoveryOffset(OfApril, 1, granted.Entitlement, HalfAMonth), events.OfType<RecoveryOffset>().Single());
        Assert.Equal(new Money(30001), Outstanding(c));
        Assert.Equal(new Money(30001), c.A.Duties.OfType<ReserveFunds>().Last().Amount);
        var duty = c.A.Duties.OfType<PostRecovery>().Last();
        Assert.Equal((ClaimEnd.Offset, HalfAMonth, $"{Case.Id}-2026-04", granted.Entitlement), (duty.End!.Value, duty.Amount, duty.Entitlement, duty.Document));
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

        Assert.Equal((OfApril, new Money(20000)), (undone.Recovery, undone.Amount));
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
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new RecordRepayment("prepares1", OfApril, new Money(1), "v-1")).Code);
    }

    [Fact]
    public void What_is_kept_back_cannot_be_repaid_or_written_off_as_well()
    {
        var c = Recovering(Amount);
        Month(c);

        Assert.Equal("/amount", c.Refused(new RecordRepayment("prepares1", OfApril, new Money(30002), "v-1")).Faults.Single().Pointer);
        c.When(new ProposeWriteOff("prepares1", OfApril, new Money(30001), "has nothing"));
        Assert.Equal(new Money(30001), c.When(new DecideWriteOff("approves1", OfApril, new Money(30001), Accept: true)).OfType<WriteOffDecided>().Single().Amount);
    }

    [Fact]
    public void Instalments_that_were_agreed_for_later_are_not_kept_back_before_their_day()
    {
        var c = Recovering(new Money(50000));
        c.When(new AgreeInstalments("prepares1", OfApril, [
            new Instalment(new DateOnly(2026, 4, 20), new Money(10000)), new Instalment(new DateOnly(2026, 5, 20), new Money(40000))]));

        Assert.Equal(new Kept(OfApril, new Money(10000)), Month(c).OfType<EntitlementGranted>().Single().Kept);
        Assert.Equal(new Kept(OfApril, HalfAMonth), Month(c).OfType<EntitlementGranted>().Single().Kept);
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

        Assert.Equal((2, HalfAMonth), (undone.Entry, undone.Amount));
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
        c.When(new ProposeWriteOff("prepares1", OfApril, new Money(30001), "has nothing"));
        Hear(c, "2026-05", PositionState.Released);

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new DecideWriteOff("approves1", OfApril, Amount, Accept: true)).Code);
        c.When(new DecideWriteOff("approves1", OfApril, Amount, Accept: false));
        Assert.Equal(Amount, c.When(new ProposeWriteOff("prepares1", OfApril, Amount, "has nothing")).OfType<WriteOffProposed>().Single().Amount);
    }

    [Fact]
    public void A_recovery_that_was_settled_begins_again_when_what_was_kept_back_falls_away_even_after_the_end()
    {
        var c = Recovering(HalfAMonth);
        Month(c);
        Assert.Equal(Money.Zero, Outstanding(c));
        Hear(c, "2026-05", PositionState.Reserved);
        c.When(new StopPayments("leader1", StopReason.Died, "2026-04", "died"));
        Assert.True(c.A.Final);

        Hear(c, "2026-05", PositionState.Released);

        Assert.Equal((Status.Recovering, false), (c.A.Status, c.A.Final));
        c.When(new RecordRepayment("prepares1", OfApril, HalfAMonth, "v-1"));
        Assert.Equal((Status.Closed, true), (c.A.Status, c.A.Final));
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

        c.When(new RecordRepayment("prepares1", OfApril, new Money(30001), "v-1"));

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
}
