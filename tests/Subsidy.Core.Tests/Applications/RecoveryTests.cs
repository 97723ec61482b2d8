using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Money that is asked back.</summary>
public class RecoveryTests
{
    private static readonly Scheme Once = Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000");
    private const string Recovery = $"{Case.Id}-once-recovery";
    private static readonly Money Whole = new(60000);

    private static Case Paid()
    {
        var c = new Case(Once).Accepted();
        c.Vote("office1");
        c.When(new HearFunds(new FundReport(
            $"{Case.Id}-once", new FundKey("relief", 2026), PositionState.Paid, new Money(60000), "run-1", 1, null, c.A.Entitlement!.Number, 1)));
        return c;
    }

    private static Case Revoked()
    {
        var c = Paid();
        c.When(new Revoke("leader1", "invented"));
        return c;
    }

    [Fact]
    public void It_is_over_when_everything_has_come_back_and_each_payment_is_a_posting()
    {
        var c = Revoked();
        c.When(new RecordRepayment("prepares1", Recovery, new Money(20000), "v-1"));
        Assert.Equal(new Money(40000), c.A.Recoveries.Single().Outstanding);

        c.When(new RecordRepayment("prepares1", Recovery, new Money(40000), "v-2"));

        Assert.Equal(Status.Closed, c.A.Status);
        Assert.Equal([null, ClaimEnd.Repaid, ClaimEnd.Repaid], c.A.Duties.OfType<PostRecovery>().Select(duty => duty.End));
    }

    [Theory]
    [InlineData(10000, true)]
    [InlineData(60000, false)]
    public void What_the_bank_sends_back_is_owed_again_where_only_a_part_was_asked_back_and_finance_is_told(long claimed, bool owed)
    {
        var c = Paid();
        c.When(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(claimed), "too much"));

        var events = c.When(new HearFunds(new FundReport(
            $"{Case.Id}-once", new FundKey("relief", 2026), PositionState.Failed, Whole, "run-1", 1, "MS03", c.A.Entitlement!.Number, 2)));

        Assert.Equal(owed, events.OfType<PaymentRetried>().Any());
        Assert.Equal(owed ? ["prepares1", "prepares2"] : [], events.OfType<RecoveryDropped>().Single().Told);
        Assert.Equal(owed ? Status.AwaitingFunds : Status.Closed, c.A.Status);
    }

    [Fact]
    public void One_voucher_counts_once_and_nobody_repays_more_than_is_outstanding()
    {
        var c = Revoked();
        c.When(new RecordRepayment("prepares1", Recovery, new Money(20000), "v-1"));

        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new RecordRepayment("prepares1", Recovery, new Money(20000), "v-1")).Code);
        Assert.Equal("/amount", c.Refused(new RecordRepayment("prepares1", Recovery, new Money(40001), "v-2")).Faults.Single().Pointer);
    }

    [Fact]
    public void A_write_off_takes_two_people()
    {
        var c = Revoked();
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new ProposeWriteOff("approves1", Recovery, Whole, "has nothing")).Code);
        c.When(new ProposeWriteOff("prepares1", Recovery, Whole, "has nothing"));
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new DecideWriteOff("prepares1", Recovery, Whole, Accept: true)).Code);

        c.When(new DecideWriteOff("approves1", Recovery, Whole, Accept: true));

        Assert.Equal(Status.Closed, c.A.Status);
    }

    [Fact]
    public void Who_holds_both_roles_still_does_not_decide_on_an_own_proposal()
    {
        var c = Revoked();
        var both = SampleTownship.Person("prepares1", Roles.FinancePreparer, Area.Township);
        c.Township = SampleTownship.With(both with { Grants = [.. both.Grants, new Grant(Roles.FinanceApprover, Area.Township, null)] });
        c.When(new ProposeWriteOff("prepares1", Recovery, Whole, "has nothing"));

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new DecideWriteOff("prepares1", Recovery, Whole, Accept: true)).Code);
    }

    [Fact]
    public void Who_stands_in_the_register_twice_still_does_not_decide_on_an_own_proposal()
    {
        var c = Revoked();
        c.Township = SampleTownship.With(SampleTownship.Person("approves1", Roles.FinanceApprover, Area.Township) with { Person = SampleTownship.KeyOf("prepares1") });
        c.When(new ProposeWriteOff("prepares1", Recovery, Whole, "has nothing"));

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new DecideWriteOff("approves1", Recovery, Whole, Accept: true)).Code);
    }

    [Fact]
    public void Who_has_another_id_by_now_still_does_not_decide_on_an_own_proposal()
    {
        var c = Revoked();
        c.When(new ProposeWriteOff("prepares1", Recovery, Whole, "has nothing"));
        c.Township = SampleTownship.Renamed("prepares1", "approves1");

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new DecideWriteOff("approves1", Recovery, Whole, Accept: true)).Code);
    }

    [Fact]
    public void A_write_off_is_decided_on_the_amount_that_was_shown()
    {
        var c = Revoked();
        c.When(new ProposeWriteOff("prepares1", Recovery, Whole, "has nothing"));
        c.When(new RecordRepayment("prepares2", Recovery, new Money(20000), "v-1"));

        foreach (var accept in new[] { true, false })
        {
            var refusal = c.Refused(new DecideWriteOff("approves1", Recovery, Whole, accept));
            Assert.Equal(RefusalCode.MovedOn, refusal.Code);
            Assert.Contains("400.00", refusal.Faults.Single().Message.Zh, StringComparison.Ordinal);
        }
        Assert.Equal(new Money(40000), c.When(new DecideWriteOff("approves1", Recovery, new Money(40000), Accept: true)).OfType<WriteOffDecided>().Single().Amount);
    }

    [Fact]
    public void A_write_off_is_proposed_for_the_amount_that_was_shown()
    {
        var c = Revoked();
        c.When(new RecordRepayment("prepares2", Recovery, new Money(20000), "v-1"));

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new ProposeWriteOff("prepares1", Recovery, Whole, "has nothing")).Code);
        Assert.Equal(new Money(40000), c.When(new ProposeWriteOff("prepares1", Recovery, new Money(40000), "has nothing")).OfType<WriteOffProposed>().Single().Amount);
    }

    [Fact]
    public void Instalments_add_up_to_what_is_outstanding()
    {
        var c = Revoked();
        var may = new DateOnly(2026, 5, 1);

        Assert.Equal("/instalments", c.Refused(new AgreeInstalments("prepares1", Recovery, [new Instalment(may, new Money(1))])).Faults.Single().Pointer);
        c.When(new AgreeInstalments("prepares1", Recovery, [new Instalment(may, new Money(30000)), new Instalment(may.AddMonths(1), new Money(30000))]));

        Assert.Equal(2, c.A.Recoveries.Single().Instalments.Count);
    }

    [Fact]
    public void Finance_is_reminded_of_what_is_outstanding()
    {
        var c = Revoked();

        Assert.IsType<RecoveryCalled>(Assert.Single(c.PassNextDeadline()));
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.MoneyReminder, Staff: "prepares2" });
    }

    [Fact]
    public void Part_of_what_was_paid_can_be_asked_back_and_more_of_it_up_to_the_whole()
    {
        var c = Paid();
        Assert.Equal("/amount", c.Refused(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(60001), "too much")).Faults.Single().Pointer);

        c.When(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(10000), "one month too many"));

        Assert.Equal(Status.Recovering, c.A.Status);
        Assert.Equal("/amount", c.Refused(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(50001), "all")).Faults.Single().Pointer);
        var raised = Assert.IsType<RecoveryRaised>(Assert.Single(c.When(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(50000), "all"))));
        Assert.Equal((Recovery, 1), (raised.Recovery, raised.Entry));
        Assert.Equal((new Money(60000), new Money(60000)), (c.A.Recoveries.Single().Amount, c.A.Recoveries.Single().Outstanding));
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(1), "again")).Code);
    }

    [Fact]
    public void A_revocation_asks_back_what_a_claim_for_a_part_has_left_also_once_that_is_settled()
    {
        var c = Paid();
        c.When(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(10000), "one month too many"));
        c.When(new RecordRepayment("prepares1", Recovery, new Money(10000), "v-1"));

        var raised = c.When(new Revoke("leader1", "invented")).OfType<RecoveryRaised>().Single();

        Assert.Equal((Recovery, 2, new Money(50000), null), (raised.Recovery, raised.Entry, raised.Amount, raised.Staff));
        Assert.Equal((Status.Recovering, new Money(50000)), (c.A.Status, c.A.Recoveries.Single().Outstanding));
        var duty = c.A.Duties.OfType<PostRecovery>().Last();
        Assert.Equal((2, new Money(50000), null), (duty.Entry, duty.Amount, duty.End));
        c.When(new RecordRepayment("prepares1", Recovery, new Money(50000), "v-2"));
        Assert.Equal(Status.Closed, c.A.Status);
    }

    [Fact]
    public void Money_that_the_bank_sends_back_is_not_asked_for_any_more()
    {
        var c = Revoked();

        c.When(new HearFunds(new FundReport(
            $"{Case.Id}-once", new FundKey("relief", 2026), PositionState.Failed, new Money(60000), "run-1", 1, "AC04", c.A.Entitlements[0].Number, 2)));

        Assert.Empty(c.A.Recoveries);
        Assert.Single(c.A.Duties.OfType<ReleaseFunds>());
    }

    [Fact]
    public void Emergency_relief_that_does_not_hold_is_asked_back_once_the_rejection_is_final()
    {
        var c = new Case(Of(
            Review("township", Gate.Township, OfficeSeat), Pay(first: true), Review("check", Gate.Leader, LeaderSeat)).Paying("60000")).Accepted();
        c.Vote("office1");
        c.When(new HearFunds(new FundReport(
            $"{Case.Id}-once", new FundKey("relief", 2026), PositionState.Paid, new Money(60000), null, 1, null, c.A.Entitlement!.Number, 1)));

        c.Vote("leader1", Decision.Reject);
        Assert.Equal(Status.Rejected, c.A.Status);
        Assert.Empty(c.A.Recoveries);
        c.PassUntil<RejectionFinal>();

        Assert.Equal(Status.Recovering, c.A.Status);
        Assert.Equal(new Money(60000), c.A.Recoveries.Single().Outstanding);
    }
}
