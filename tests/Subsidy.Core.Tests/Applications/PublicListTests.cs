using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>What is to stand on the public list of what was paid (阳光公示), and whose name.</summary>
public class PublicListTests
{
    private static readonly FundKey Fund = new("relief", 2026);
    private static readonly Payee OtherAccount = new("张三丰", "8807654321", "农商行");
    private static readonly Payee OtherPerson = new("李四", "8807654321", "农商行");

    private int _changes;

    private static Case Approved()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", Schedule.Monthly)).Accepted();
        c.Vote("office1");
        return c;
    }

    /// <summary>The month has begun, and its money is set aside.</summary>
    private string Month(Case c)
    {
        c.Now = c.A.Recurring!.Next;
        c.When(new TimePassed());
        Hear(c, c.A.Entitlement!.Period, PositionState.Reserved);
        return c.A.Entitlement.Period;
    }

    private string Paid(Case c)
    {
        var period = Month(c);
        Hear(c, period, PositionState.Committed);
        Hear(c, period, PositionState.Paid);
        return period;
    }

    private void Hear(Case c, string period, PositionState state, string? code = null, int? grant = null)
    {
        var known = c.A.Entitlements.SingleOrDefault(x => x.Period == period);
        c.When(new HearFunds(new FundReport(
            $"{Case.Id}-{period}", Fund, state, new Money(60000), "run-1", Math.Max(1, known?.Attempt ?? 1), code, grant ?? known!.Number, ++_changes)));
    }

    private static int NumberOf<T>(Case c) where T : Event => c.Stream.Single(recorded => recorded.Event is T).Number;

    private static PublicPayment Published(Case c) => c.A.Duties.OfType<PublishPayment>().Last().Payment;

    [Fact]
    public void A_payment_is_published_with_the_event_in_which_its_payee_stands_and_nothing_else_of_them()
    {
        var c = Approved();

        var period = Paid(c);

        Assert.Equal(new PublicPayment($"{Case.Id}-{period}", period, new Money(60000), c.Now, NumberOf<Submitted>(c)), Published(c));
    }

    [Fact]
    public void Another_account_and_another_holder_are_named_from_the_payment_on_that_goes_to_them()
    {
        var c = Approved();
        Paid(c);
        c.When(new CorrectPayee(OtherAccount));
        Paid(c);
        Assert.Equal(NumberOf<PayeeCorrected>(c), Published(c).PayeeAt);

        c.When(new CorrectPayee(OtherPerson));
        Paid(c);
        Assert.Equal(NumberOf<PayeeCorrected>(c), Published(c).PayeeAt); // Nobody has confirmed it yet.
        c.Vote("office2");
        Paid(c);

        Assert.Equal(NumberOf<PayeeProposed>(c), Published(c).PayeeAt);
        Assert.Equal(
            [NumberOf<Submitted>(c), NumberOf<PayeeCorrected>(c), NumberOf<PayeeCorrected>(c), NumberOf<PayeeProposed>(c)],
            PaymentList.Of(c.Stream).Select(payment => payment.PayeeAt));
    }

    [Fact]
    public void A_holder_who_is_confirmed_while_the_money_is_on_its_way_is_not_named_for_it()
    {
        var c = Approved();
        c.When(new CorrectPayee(OtherPerson));
        var period = Month(c);
        Hear(c, period, PositionState.Committed);
        c.Vote("office2");

        Hear(c, period, PositionState.Paid);

        Assert.Equal(NumberOf<Submitted>(c), Published(c).PayeeAt);
        Assert.Equal(OtherPerson, c.A.Payee);
    }

    [Fact]
    public void An_attempt_that_failed_names_nobody_the_next_one_does()
    {
        var c = Approved();
        var period = Month(c);
        Hear(c, period, PositionState.Committed);
        Hear(c, period, PositionState.Failed, "AC04");
        c.When(new CorrectPayee(OtherAccount));

        Hear(c, period, PositionState.Committed);
        Hear(c, period, PositionState.Paid);

        Assert.Equal(NumberOf<PayeeCorrected>(c), Published(c).PayeeAt);
    }

    [Fact]
    public void What_comes_back_is_taken_off_the_list_of_the_month_in_which_it_was_paid()
    {
        var c = Approved();
        var period = Paid(c);
        var paidAt = c.Now;
        c.Now = c.Now.AddDays(40);

        Hear(c, period, PositionState.Failed, "AC04");

        var duty = Assert.Single(c.A.Duties.OfType<RetractPayment>());
        Assert.Equal(($"{Case.Id}-{period}", paidAt), (duty.Entitlement, duty.PaidAt!.Value));
    }

    [Fact]
    public void What_comes_back_after_the_head_has_forgotten_it_is_looked_up_in_the_stream()
    {
        var c = Approved();
        var period = Paid(c);
        for (var i = 0; i < 4; i++)
            Paid(c);
        Month(c);
        Assert.DoesNotContain(c.A.Entitlements, x => x.Period == period);
        var grant = c.Stream.First(recorded => recorded.Event is EntitlementGranted).Number;

        Hear(c, period, PositionState.Failed, "AC04", grant);

        var duty = Assert.Single(c.A.Duties.OfType<RetractPayment>());
        Assert.Null(duty.PaidAt);
        Assert.Equal(NumberOf<PaymentReturned>(c), duty.Number);
    }

    [Fact]
    public void Periods_that_the_head_forgets_stay_on_the_list()
    {
        var c = Approved();
        for (var i = 0; i < 6; i++)
            Paid(c);

        Assert.Empty(c.A.Duties.OfType<RetractPayment>());
        Assert.Equal(6, c.A.Duties.OfType<PublishPayment>().Count());
    }

    [Fact]
    public void What_lapsed_with_the_year_after_it_had_come_back_unheard_of_is_taken_off_too()
    {
        var c = Approved();
        var period = Paid(c);

        Hear(c, period, PositionState.Released);

        Assert.Equal($"{Case.Id}-{period}", Assert.Single(c.A.Duties.OfType<RetractPayment>()).Entitlement);
    }

    /// <summary>It was paid; that it is asked back is between the township and the payee.</summary>
    [Fact]
    public void What_was_paid_under_a_decision_that_is_revoked_stays_on_the_list()
    {
        var c = Approved();
        Paid(c);

        c.When(new Revoke("leader1", "invented"));

        Assert.Empty(c.A.Duties.OfType<RetractPayment>());
    }

    [Fact]
    public void What_the_books_have_paid_is_the_amount_that_is_published_and_listed()
    {
        var c = Approved();
        var period = Month(c);
        Hear(c, period, PositionState.Committed);

        c.When(new HearFunds(new FundReport(
            $"{Case.Id}-{period}", Fund, PositionState.Paid, new Money(50000), "run-1", 1, null, c.A.Entitlement!.Number, ++_changes)));

        Assert.Equal(new Money(50000), Published(c).Amount);
        Assert.Equal(new Money(50000), PaymentList.Of(c.Stream).Single().Amount);
    }
}
