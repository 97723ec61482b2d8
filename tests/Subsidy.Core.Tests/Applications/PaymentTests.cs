using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SamplePayments;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>What the books of the fund tell an application, and what it makes of it.</summary>
public class PaymentTests
{
    /// <summary>The applicant has named another account just when the run had confirmed the old one.</summary>
    private static (Case Case, int Old) CorrectedTooLate()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Reserved));
        var old = c.A.PayeeAt;
        c.When(new CorrectPayee(OtherAccount));
        return (c, old);
    }

    private static HearFunds To(int payee, HearFunds told) => new(told.Report with { PayeeAt = payee });

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // Of one that was never heard to be ordered.
    public void An_account_that_was_named_while_a_payment_was_being_sent_to_the_old_one_takes_the_next_attempt(bool ordered)
    {
        var (c, old) = CorrectedTooLate();
        if (ordered)
        {
            c.When(To(old, Told(c, PositionState.Committed)));
            Assert.Equal(old, c.A.Entitlements.Single().PayeeAt);
            Assert.Equal(("****4567", old), PaymentList.Of(c.Stream).Select(payment => (payment.Account, payment.PayeeAt)).Single());
        }

        var events = c.When(To(old, Told(c, PositionState.Failed, code: "AC04")));

        Assert.Null(events.OfType<PaymentFailed>().Single().CallAt);
        Assert.Equal(2, events.OfType<PaymentRetried>().Single().Attempt);
        Assert.Equal(OtherAccount, c.A.Payee);
        Assert.Null(c.A.PayeeCall);
        c.When(To(c.A.PayeeAt, Told(c, PositionState.Committed, attempt: 2)));
        Assert.NotNull(c.When(To(c.A.PayeeAt, Told(c, PositionState.Failed, attempt: 2, code: "AC04"))).OfType<PaymentFailed>().Single().CallAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_payment_that_was_sent_to_the_old_account_is_told_as_such(bool ordered)
    {
        var (c, old) = CorrectedTooLate();
        if (ordered)
            c.When(To(old, Told(c, PositionState.Committed)));

        c.When(To(old, Told(c, PositionState.Paid)));

        Assert.Equal(old, c.A.Entitlements.Single().PayeeAt);
        Assert.Equal(("****4567", old), PaymentList.Of(c.Stream).Select(payment => (payment.Account, payment.PayeeAt)).Single());
        Assert.Equal(old, c.A.Duties.OfType<PublishPayment>().Last().Payment!.PayeeAt);
    }

    [Fact]
    public void What_was_granted_asks_the_books_to_set_the_money_aside()
    {
        var c = Granted();

        var duty = Assert.Single(c.A.Duties.OfType<ReserveFunds>());

        Assert.Equal(("relief", 2026, new Money(60000)), (duty.Fund, duty.Year, duty.Amount));
    }

    [Fact]
    public void Where_the_fund_is_exhausted_the_applicant_is_told_that_the_application_waits_its_turn()
    {
        var c = Granted();

        Assert.IsType<FundsQueued>(Assert.Single(c.When(Told(c, PositionState.Waiting))));
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.FundsQueued, Staff: null });
        Assert.IsType<FundsReserved>(Assert.Single(c.When(Told(c, PositionState.Reserved))));
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
    }

    [Fact]
    public void What_lapses_with_the_year_after_attempts_asks_for_the_next_and_hears_what_becomes_of_it()
    {
        var c = Failed("MS03");
        c.When(new Report([new FundsReported(c.A.Duties.OfType<RetryPayment>().Single().Id, Told(c, PositionState.Reserved, attempt: 2).Report)]));
        c.When(Told(c, PositionState.Failed, attempt: 2, code: "MS03"));
        c.Now = c.Now.AddYears(1);
        c.When(Told(c, PositionState.Released, attempt: 3));

        Assert.Equal((2027, 3), (c.A.Duties.OfType<ReserveFunds>().Last().Year, c.A.Duties.OfType<ReserveFunds>().Last().Attempt));
        // The books tell only what is the case when they are asked: what was between may never be heard.
        var failed = Told(c, PositionState.Failed, attempt: 4, code: "MS03", change: 1).Report with { Fund = Relief with { Year = 2027 } };
        Assert.Contains(c.When(new HearFunds(failed)), e => e is PaymentRetried { Attempt: 5 });
    }

    [Fact]
    public void Paid_and_settled_is_the_end()
    {
        var c = Ordered();
        Assert.Equal(Status.Paying, c.A.Status);

        c.When(Told(c, PositionState.Paid));

        Assert.Equal(Status.Paid, c.A.Status);
        Assert.True(c.A.Final);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.Paid);
        Assert.Null(Timing.NextDeadline(c.A));
    }

    [Theory]
    [InlineData(PositionState.Reserved, 1)]
    [InlineData(PositionState.Committed, 2)]
    [InlineData(PositionState.Paid, 3)]
    public void A_report_that_comes_again_or_late_changes_nothing(PositionState state, int change)
    {
        var c = PaidOut();

        Assert.Empty(c.When(Told(c, state, change: change)));
    }

    [Fact]
    public void A_report_that_leaves_something_out_is_understood_all_the_same()
    {
        var c = Granted();

        c.When(Told(c, PositionState.Paid));

        Assert.Equal(Status.Paid, c.A.Status);
    }

    [Fact]
    public void A_wrong_account_is_asked_for_and_paid_again_under_the_same_entitlement()
    {
        var c = Failed();
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.PaymentFailed, Staff: null });

        var events = c.When(new CorrectPayee(OtherAccount));

        Assert.Equal(OtherAccount, c.A.Payee);
        Assert.Equal(2, events.OfType<PaymentRetried>().Single().Attempt);
        Assert.Equal(1, Assert.Single(c.A.Duties.OfType<RetryPayment>()).Attempt);
        Assert.Empty(c.A.Assignments);
        c.When(Told(c, PositionState.Committed, attempt: 2));
        c.When(Told(c, PositionState.Paid, attempt: 2));
        Assert.Equal(Status.Paid, c.A.Status);
    }

    [Fact]
    public void A_fault_that_is_not_the_payees_is_tried_again_without_asking_anybody()
    {
        var c = Failed("MS03");

        Assert.Null(c.A.PayeeCall);
        Assert.Single(c.A.Duties.OfType<RetryPayment>());
    }

    [Fact]
    public void Another_account_under_another_name_waits_for_a_second_person()
    {
        var c = Failed();

        c.When(new CorrectPayee(OtherPerson));

        Assert.Equal("张三丰", c.A.Payee!.Name);
        Assert.Empty(c.A.Duties.OfType<RetryPayment>());
        Assert.DoesNotContain(c.A.Assignments.Single().Seats.Single().Candidates, candidate => candidate.Staff == "office1"); // has acted before
        var events = c.Vote("office2");
        Assert.True(events.OfType<PayeeDecided>().Single().Accepted);
        Assert.Equal(OtherPerson, c.A.Payee);
        Assert.Single(c.A.Duties.OfType<RetryPayment>());
    }

    [Fact]
    public void A_payee_who_is_not_confirmed_leaves_the_old_one_and_the_applicant_is_asked_again()
    {
        var c = Failed();
        c.When(new CorrectPayee(OtherPerson));

        c.Vote("office2", Decision.Reject);

        Assert.Equal("张三丰", c.A.Payee!.Name);
        Assert.NotNull(c.A.PayeeCall);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.PayeeRefused);
    }

    [Fact]
    public void An_account_that_is_no_account_or_the_same_again_is_refused_and_nothing_is_lost()
    {
        var c = Failed();

        Assert.Equal("/payee/account", c.Refused(new CorrectPayee(OtherAccount with { Account = "6222021234567890123" })).Faults.Single().Pointer);
        Assert.Equal("/payee/account", c.Refused(new CorrectPayee(c.A.Payee!)).Faults.Single().Pointer);
    }

    [Fact]
    public void The_account_is_not_changed_while_the_money_is_on_its_way() =>
        Assert.Equal(RefusalCode.MovedOn, Ordered().Refused(new CorrectPayee(OtherAccount)).Code);

    [Fact]
    public void An_account_that_stays_missing_is_called_to_mind_and_the_oversight_is_told()
    {
        var c = Failed();
        c.PassUntil<PayeeCalled>();

        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.MoneyReminder, Staff: "leader1" });
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
    }

    [Fact]
    public void Money_that_comes_back_after_it_was_paid_is_owed_again()
    {
        var c = PaidOut();

        c.When(Told(c, PositionState.Failed, code: "AC04"));

        Assert.IsType<PaymentReturned>(c.Stream[^2].Event);
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        Assert.False(c.A.Final);
        c.When(new CorrectPayee(OtherAccount));
        c.When(Told(c, PositionState.Paid, attempt: 2));
        Assert.True(c.A.Final);
    }

    [Fact]
    public void What_is_given_up_in_time_is_released()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Reserved));
        c.When(new Withdraw("found work"));

        Assert.Single(c.A.Duties.OfType<ReleaseFunds>());
        c.When(Told(c, PositionState.Released));

        Assert.Empty(c.A.Entitlements);
        Assert.Equal(Status.Withdrawn, c.A.Status);
    }

    /// <summary>The run took it in the same moment: the application has not heard of it yet.</summary>
    [Fact]
    public void What_is_given_up_too_late_is_recovered_once_it_was_paid()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Reserved));
        c.When(new Withdraw("found work"));

        Assert.Empty(c.When(Told(c, PositionState.Committed)));
        c.When(Told(c, PositionState.Paid));

        Assert.Equal(Status.Recovering, c.A.Status);
        Assert.Equal(new Money(60000), c.A.Recoveries.Single().Outstanding);
        Assert.Null(Assert.Single(c.A.Duties.OfType<PostRecovery>()).End);
    }

    [Fact]
    public void What_is_given_up_too_late_and_fails_at_the_bank_is_released_then()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Reserved));
        c.When(new Withdraw("found work"));
        c.When(new Report([.. c.A.Duties.Select(duty => new DutySucceeded(duty.Id))]));

        c.When(Told(c, PositionState.Failed, code: "AC04"));

        Assert.Single(c.A.Duties.OfType<ReleaseFunds>());
        Assert.Equal(Status.Withdrawn, c.A.Status);
    }

    [Fact]
    public void A_paid_application_is_not_withdrawn_but_can_be_revoked_and_the_money_is_asked_back()
    {
        var c = PaidOut();
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Withdraw("oops")).Code);

        c.When(new Revoke("leader1", "invented"));

        Assert.Equal(Status.Recovering, c.A.Status);
        Assert.False(c.A.Final);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.RecoveryOpened);
    }

    /// <summary>Carried over twice before anybody heard of it: the books in between say nothing, and their changes count for nothing.</summary>
    [Fact]
    public void Books_that_have_passed_an_entitlement_on_are_not_listened_to()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Waiting));

        Assert.Empty(c.When(new HearFunds(Told(c, PositionState.CarriedOver, change: 6).Report with { Fund = Relief with { Year = 2027 } })));
        c.When(new HearFunds(Told(c, PositionState.Reserved, change: 6).Report with { Fund = Relief with { Year = 2028 } }));

        Assert.Equal((2028, EntitlementState.Reserved), (c.A.Entitlement!.Year, c.A.Entitlement.State));
    }

    /// <summary>The turn that reserved it died before it could say so; the run and the bank were faster than the next.</summary>
    [Fact]
    public void What_is_heard_of_only_once_it_was_paid_is_known_by_its_books_all_the_same()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Paid));

        c.When(new Revoke("leader1", "invented"));

        Assert.Equal(Relief, c.A.Recoveries.Single().Fund);
    }

    [Fact]
    public void What_is_heard_of_only_once_it_has_failed_is_tried_again_in_its_own_books()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Failed, code: "MS03"));

        Assert.Equal(Relief, Assert.Single(c.A.Duties.OfType<RetryPayment>()).Fund);
    }

    [Fact]
    public void What_was_given_up_before_anybody_heard_of_its_books_is_recovered_out_of_them()
    {
        var c = Granted();
        c.When(new Withdraw("found work"));
        c.When(Told(c, PositionState.Paid));

        Assert.Equal(Relief, c.A.Recoveries.Single().Fund);
    }

    /// <summary>It was on its way when it was given up and granted again with another amount.</summary>
    [Fact]
    public void What_was_paid_is_what_the_books_have_paid()
    {
        var c = Ordered();

        c.When(new HearFunds(Told(c, PositionState.Paid).Report with { Amount = new Money(50000) }));

        Assert.Equal(new Money(50000), c.Stream.Select(recorded => recorded.Event).OfType<Paid>().Single().Amount);
        c.When(new Revoke("leader1", "invented"));
        Assert.Equal(new Money(50000), c.A.Recoveries.Single().Outstanding);
    }

    [Fact]
    public void What_was_given_up_before_anybody_heard_that_the_next_years_books_have_it_is_recovered_out_of_those()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Reserved));
        c.When(new Revoke("leader1", "invented"));

        var events = c.When(new HearFunds(Told(c, PositionState.Paid).Report with { Fund = Relief with { Year = 2027 } }));

        Assert.Equal(2027, events.OfType<RecoveryOpened>().Single().Fund.Year);
        Assert.Equal(2027, c.A.Duties.OfType<PostRecovery>().Single().Fund.Year);
    }

    /// <summary>The bank has the payee on file as deceased: the run is to say so, whatever became of the payment since.</summary>
    [Fact]
    public void Why_an_attempt_failed_is_known_until_the_next_is_ordered_though_the_year_ends_in_between()
    {
        var c = Failed("MD07");
        Assert.Equal((EntitlementState.Reserved, "MD07"), (c.A.Entitlement!.State, c.A.Entitlement.Code));

        c.When(Told(c, PositionState.Released, attempt: 2));
        Assert.Equal((EntitlementState.Granted, "MD07"), (c.A.Entitlement.State, c.A.Entitlement.Code));

        c.When(new HearFunds(Told(c, PositionState.Committed, attempt: 3).Report with { Fund = Relief with { Year = 2027 } }));
        Assert.Null(c.A.Entitlement.Code);
    }

    [Fact]
    public void What_lapsed_with_the_year_after_it_had_come_back_is_owed_as_if_it_had_never_been_paid()
    {
        var c = PaidOut();

        c.When(Told(c, PositionState.Released));

        Assert.Equal((EntitlementState.Granted, null, null), (c.A.Entitlement!.State, c.A.Entitlement.PaidAt, c.A.Entitlement.Run));
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        Assert.Equal(2027, Assert.Single(c.A.Duties.OfType<ReserveFunds>(), duty => duty.Year != 2026).Year);
    }
}
