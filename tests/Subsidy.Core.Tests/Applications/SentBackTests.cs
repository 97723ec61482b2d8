using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleClaims;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>The bank sends back what was asked back, or what something was kept back from.</summary>
public class SentBackTests
{
    /// <summary>All of May is asked back, and what was kept back from it with that, and June is granted.</summary>
    private static Case AskedBack()
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
    private static Case RepaidAndReturned(string code)
    {
        var c = AskedBack();
        c.When(new RecordRepayment("prepares1", $"{Case.Id}-2026-05-recovery", new Money(1), "v-1"));
        Assert.Equal(["prepares1", "prepares2"], Hear(c, "2026-05", PositionState.Failed, code).OfType<RecoveryDropped>().Single().Told);
        return c;
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
        FundReport Of(PositionState state, int change) =>
            new(may.Id, new FundKey("relief", 2026), state, may.Amount, "run-1", 1, "AC04", may.Number, change);
        c.When(new HearFunds(Of(PositionState.Failed, 10)));
        c.When(new HearFunds(Of(PositionState.Released, 11)));
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

    /// <summary>The bank was faster than the duties by which the books hear of the claim.</summary>
    [Fact]
    public void What_was_asked_back_after_a_revocation_and_repaid_is_not_paid_again_when_the_bank_sends_it_back_too()
    {
        var c = Recovering(HalfAMonth);
        c.When(new RecordRepayment("prepares1", OfApril, HalfAMonth, "v-1"));
        c.When(new Revoke("leader1", "invented"));
        c.When(new RecordRepayment("prepares1", OfApril, new Money(30001), "v-2"));
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
        c.When(new RecordRepayment("prepares1", OfApril, HalfAMonth, "v-1"));

        Hear(c, "2026-04", PositionState.Failed, "MS03");

        Assert.Empty(c.A.Recoveries);
        Assert.Equal((ClaimEnd.Repaid, HalfAMonth), (c.A.Duties.OfType<PostRecovery>().Single().End!.Value, c.A.Duties.OfType<PostRecovery>().Single().Amount));
    }

    [Fact]
    public void What_was_kept_back_for_a_payment_that_has_come_back_and_is_not_owed_is_not_asked_for_when_it_falls_away()
    {
        var c = Recovering(HalfAMonth);
        Month(c);
        c.When(new Revoke("leader1", "invented"));
        c.When(new RecordRepayment("prepares1", OfApril, new Money(30001), "v-1"));
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

        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", HalfAMonth, "again"));

        Assert.Equal($"{OfApril}-2", c.A.Recoveries.Single().Id);
    }
}
