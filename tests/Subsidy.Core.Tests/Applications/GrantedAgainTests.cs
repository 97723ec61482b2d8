using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SamplePayments;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>The bank had it when it was given up, and it was granted again with another amount.</summary>
public class GrantedAgainTests
{
    private const string Amount = "answers.big ? 60000 : 20000";

    /// <summary>The bank has it when it is rejected, an appeal is upheld, and by the form as it has been put right another amount is owed.</summary>
    private static Case Again(bool big, params Step[] last)
    {
        Step[] route = [Review("urgent", Gate.Township, OfficeSeat), Pay(first: true), Review("check", Gate.Leader, LeaderSeat), .. last];
        var c = new Case(Of(route).Paying(Amount)).Accepted(new JsonObject { ["big"] = !big });
        c.Vote("office1");
        c.When(Told(c, PositionState.Committed, big ? 20000 : 60000));
        c.Vote("leader1", Decision.Return);
        c.Amend(Case.FormWith(new JsonObject { ["big"] = big }));
        c.Vote("leader1", Decision.Reject);
        c.When(new Appeal("the papers are right"));
        c.When(c.Ballot("county1", Decision.Approve, "so they are"));
        c.Vote("leader1");
        Assert.Equal(new Money(big ? 60000 : 20000), c.A.Amount);
        return c;
    }

    /// <summary>The books still hold what it was worth when the bank got it.</summary>
    private static HearFunds Told(Case c, PositionState state, long fen, string? code = null)
    {
        var told = SamplePayments.Told(c, state, code: code);
        return told with { Report = told.Report with { Amount = new Money(fen) } };
    }

    [Fact]
    public void What_the_books_have_paid_beyond_what_was_granted_is_asked_back()
    {
        var c = Ordered();

        var events = c.When(Told(c, PositionState.Paid, 70000));

        Assert.Equal((new Money(10000), null), (events.OfType<RecoveryOpened>().Single().Amount, events.OfType<RecoveryOpened>().Single().Staff));
        Assert.Equal(Status.Recovering, c.A.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_paid_before_the_end_of_the_route_and_is_more_than_was_owed_by_then_is_asked_back(bool endsWithPay)
    {
        var c = Again(big: false, [Review("last", Gate.County, CountySeat), .. endsWithPay ? [Pay(key: "regular")] : Array.Empty<Step>()]);
        c.When(Told(c, PositionState.Paid, 60000));

        var events = c.Vote("county2");

        Assert.Equal(new Money(40000), events.OfType<RecoveryOpened>().Single().Amount);
        Assert.Equal(Status.Recovering, c.A.Status);
        c.When(new RecordRepayment("prepares1", c.A.Recoveries.Single().Id, new Money(40000), "v-1"));
        Assert.True(c.A.Final);
    }

    /// <summary>One entitlement is paid once; the rest is for people to see to.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_less_was_paid_than_is_owed_by_then_finance_is_told_once(bool heardFirst)
    {
        var c = Again(big: true, heardFirst ? [Review("last", Gate.County, CountySeat)] : []);
        c.When(Told(c, PositionState.Paid, 20000));
        if (heardFirst)
            c.Vote("county2");

        var missing = c.Stream.Select(recorded => recorded.Event).OfType<PaidShort>().Single();
        Assert.Equal(new Money(40000), missing.Missing);
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.MoneyReminder, Staff: "prepares1" });
        Assert.Equal(new Money(40000), PaymentList.Of(c.Stream).Single().Missing);
        Assert.Empty(c.A.Recoveries);
        Assert.True(c.A.Final);
    }

    [Fact]
    public void What_fails_at_the_bank_after_it_was_granted_again_for_more_is_tried_again_for_that()
    {
        var c = Again(big: true);

        var events = c.When(Told(c, PositionState.Failed, 20000, "MS03"));

        Assert.Equal(new Money(60000), events.OfType<EntitlementGranted>().Single().Amount);
        Assert.Equal("MS03", c.A.Entitlement!.Code);
        Assert.Empty(events.OfType<PaymentRetried>());
    }

    [Fact]
    public void What_fails_at_the_bank_after_it_was_granted_again_for_less_is_tried_again_for_that()
    {
        var c = Again(big: false);

        var events = c.When(Told(c, PositionState.Failed, 60000, "MS03"));

        Assert.Empty(events.OfType<PaymentRetried>());
        Assert.Equal(new Money(20000), events.OfType<EntitlementGranted>().Single().Amount);
        Assert.Equal(new Money(20000), c.A.Duties.OfType<ReserveFunds>().Last().Amount);
    }

    [Fact]
    public void It_is_tried_for_that_once_the_account_is_put_right_where_that_was_the_fault()
    {
        var c = Again(big: false);

        var events = c.When(Told(c, PositionState.Failed, 60000, "AC04"));

        Assert.NotNull(events.OfType<PaymentFailed>().Single().CallAt);
        Assert.NotNull(c.A.PayeeCall);
        Assert.Empty(events.OfType<EntitlementGranted>());
        Assert.Equal(new Money(20000), c.When(new CorrectPayee(OtherAccount)).OfType<EntitlementGranted>().Single().Amount);
    }
}
