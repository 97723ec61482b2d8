using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class PayTests
{
    private static readonly Scheme Once = Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000");

    /// <summary>Emergency relief: money first, papers afterwards, and then the check; the other kind is surveyed first.</summary>
    private static readonly Scheme Emergency = Of(
        Review("survey", Gate.Village, VillageSeat).When("answers.kind != 'emergency'"),
        Review("township", Gate.Township, OfficeSeat),
        Pay("payFirst", first: true, when: "answers.kind == 'emergency'"),
        Pay("payThen", when: "answers.kind != 'emergency'"),
        Supplement(),
        Review("check", Gate.Leader, LeaderSeat)).Paying("60000");

    private static Case Paid()
    {
        var c = new Case(Emergency).Accepted(new JsonObject { ["kind"] = "emergency" });
        c.Vote("office1");
        return c;
    }

    private static Case Checked()
    {
        var c = Paid();
        c.When(new Amend(null, [Case.ApplicantKey], [Case.Paper()], null));
        return c;
    }

    [Fact]
    public void The_entitlement_is_granted_once_and_waits_visibly_for_the_fund()
    {
        var c = new Case(Once).Accepted();

        var granted = c.Vote("office1").OfType<EntitlementGranted>().Single();

        Assert.Equal($"{Case.Id}-once", granted.Entitlement);
        Assert.Equal((new Money(60000), "relief"), (granted.Amount, granted.Fund));
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.Approved, Staff: null });
        Assert.Equal(["leader1", "leader2"], Assert.IsType<WaitingCalled>(Assert.Single(c.PassNextDeadline())).Staff);
        Assert.False(c.A.Final);
    }

    [Fact]
    public void Nothing_is_granted_where_nothing_is_owed()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("0")).Accepted();

        var events = c.Vote("office1");

        Assert.Equal("pay", events.OfType<StepSkipped>().Single().Step);
        Assert.DoesNotContain(events, e => e is EntitlementGranted);
    }

    [Fact]
    public void In_an_emergency_the_money_comes_first_and_the_papers_are_asked_for_afterwards()
    {
        var c = Paid();

        Assert.NotNull(c.A.Entitlement);
        Assert.Equal(["proof"], c.A.Waiting!.Documents);
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        Assert.Equal("/papers/proof", c.Refused(new Amend(null, [Case.ApplicantKey], [], null)).Faults.Single().Pointer);

        var events = c.When(new Amend(null, [Case.ApplicantKey], [Case.Paper()], null));

        Assert.True(events.OfType<Supplemented>().Single().Complete);
        Assert.Equal("check", events.OfType<Assigned>().Single().Step);
        Assert.IsType<FundsAwaited>(c.Vote("leader1")[^1]);
    }

    [Fact]
    public void Papers_that_do_not_come_leave_the_check_to_decide_on_what_is_there()
    {
        var c = Paid();
        Assert.IsType<WaitingCalled>(Assert.Single(c.PassNextDeadline()));

        var events = c.PassNextDeadline();

        Assert.False(events.OfType<Supplemented>().Single().Complete);
        Assert.Equal("check", events.OfType<Assigned>().Single().Step);
    }

    [Fact]
    public void Papers_that_were_uploaded_one_by_one_and_not_sent_off_count_all_the_same()
    {
        var c = Paid();
        c.When(Case.Paper());
        c.PassNextDeadline();

        Assert.True(c.PassNextDeadline().OfType<Supplemented>().Single().Complete);
    }

    [Fact]
    public void A_corrected_calendar_gives_more_time_for_the_papers()
    {
        var c = Paid();
        c.PassNextDeadline();
        c.Calendar = Corrected.LongBreak;

        Assert.IsType<WaitingCalled>(Assert.Single(c.PassNextDeadline()));
        Assert.Equal(WaitingKind.Supplement, c.A.Waiting!.Kind);
    }

    [Fact]
    public void A_rejection_after_the_fact_cancels_the_entitlement()
    {
        var c = Checked();

        var events = c.Vote("leader1", Decision.Reject);

        Assert.Equal($"{Case.Id}-once", events.OfType<EntitlementCancelled>().Single().Entitlement);
        Assert.Null(c.A.Entitlement);
        Assert.Equal(Status.Rejected, c.A.Status);
    }

    [Fact]
    public void An_upheld_appeal_against_that_rejection_leads_to_the_money_again_under_the_same_id()
    {
        var c = Checked();
        c.Vote("leader1", Decision.Reject);
        c.When(new Appeal("the papers are right"));
        c.When(c.Ballot("county1", Decision.Approve, "so they are"));

        var events = c.Vote("leader1");

        Assert.Equal($"{Case.Id}-once", events.OfType<EntitlementGranted>().Single().Entitlement);
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        Assert.NotNull(c.A.Entitlement);
    }

    [Fact]
    public void An_amendment_that_turns_one_kind_into_the_other_after_the_money_went_out_does_not_pay_twice()
    {
        var c = Checked();
        c.Vote("leader1", Decision.Return);

        Assert.Equal("survey", c.Amend(Case.FormWith(new JsonObject { ["kind"] = "expenditure" })).OfType<Assigned>().Single().Step);
        c.Vote("clerk1");
        if (c.A.Assignments is [{ Step: "check" }])
            c.Vote("leader1");

        Assert.Single(c.Stream, recorded => recorded.Event is EntitlementGranted);
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
    }

    [Fact]
    public void A_lapse_after_the_money_was_granted_cancels_the_entitlement()
    {
        var c = Checked();
        c.Vote("leader1", Decision.Return);

        c.PassUntil<Lapsed>();

        Assert.Null(c.A.Entitlement);
        Assert.Single(c.Stream, recorded => recorded.Event is EntitlementCancelled);
    }

    [Fact]
    public void Finance_is_told_of_a_lapse_after_the_money_was_paid_and_asks_it_back_if_it_sees_fit()
    {
        var c = Checked();
        PaidOut(c);
        c.Vote("leader1", Decision.Return);

        c.PassUntil<Lapsed>();

        Assert.Equal(["prepares1", "prepares2"], c.Mails.Where(mail => mail.Mail is MailKind.MoneyReminder).Select(mail => mail.Staff));
        Assert.Empty(c.A.Recoveries); // The township may re-open it.
        c.When(new ClaimBack("prepares1", $"{Case.Id}-once", new Money(60000), "nothing was ever shown"));
        Assert.Equal(Status.Recovering, c.A.Status);
    }

    [Fact]
    public void Finance_is_not_told_of_a_lapse_of_what_was_never_paid()
    {
        var unpaid = Checked();
        unpaid.Vote("leader1", Decision.Return);
        unpaid.PassUntil<Lapsed>();
        Assert.DoesNotContain(unpaid.Mails, mail => mail.Mail is MailKind.MoneyReminder);
    }

    /// <summary>Whoever checks afterwards decides on the whole; a claim that is settled would end the application before.</summary>
    [Fact]
    public void Nothing_is_asked_back_by_hand_before_the_check_that_comes_after_the_money()
    {
        var c = Paid();
        PaidOut(c);
        var claim = new ClaimBack("prepares1", $"{Case.Id}-once", new Money(100), "one fen too many");

        Assert.Equal(RefusalCode.MovedOn, c.Refused(claim).Code); // Papers are awaited.
        c.When(new Amend(null, [Case.ApplicantKey], [Case.Paper()], null));
        Assert.Equal(RefusalCode.MovedOn, c.Refused(claim).Code);
        c.Vote("leader1", Decision.Return);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(claim).Code);
        c.Amend(Case.FormWith(new JsonObject { ["kind"] = "emergency" }));
        c.Vote("leader1");
        Assert.Single(c.When(claim).OfType<RecoveryOpened>());
    }

    private static void PaidOut(Case c) => c.When(new HearFunds(new FundReport(
        $"{Case.Id}-once", new FundKey("relief", 2026), PositionState.Paid, new Money(60000), "run-1", 1, null, c.A.Entitlement!.Number, 4)));

    [Fact]
    public void A_duplicate_found_after_the_money_was_granted_cancels_the_entitlement()
    {
        var c = new Case(Emergency.OncePerHousehold()).Accepted(new JsonObject { ["kind"] = "emergency" });
        c.Vote("office1");
        c.When(new Amend(null, [Case.ApplicantKey], [Case.Paper()], null));
        c.Vote("leader1", Decision.Return);
        c.Amend(Case.FormWith(new JsonObject { ["kind"] = "emergency" }), Case.ApplicantKey, new PersonKey("son"));

        c.When(new Report([new ClaimsConflicted(c.A.Duties.OfType<TakeClaims>().Single().Id, "live", "K7QM-3WXT-PB9C")]));

        Assert.Null(c.A.Entitlement);
        Assert.True(c.A.Final);
    }

    [Fact]
    public void A_duplicate_found_after_the_money_was_paid_asks_it_back()
    {
        var c = new Case(Emergency.OncePerHousehold()).Accepted(new JsonObject { ["kind"] = "emergency" });
        c.Vote("office1");
        c.When(new Amend(null, [Case.ApplicantKey], [Case.Paper()], null));
        PaidOut(c);
        c.Vote("leader1", Decision.Return);
        c.Amend(Case.FormWith(new JsonObject { ["kind"] = "emergency" }), Case.ApplicantKey, new PersonKey("son"));

        c.When(new Report([new ClaimsConflicted(c.A.Duties.OfType<TakeClaims>().Single().Id, "live", "K7QM-3WXT-PB9C")]));

        Assert.Equal(new Money(60000), Assert.Single(c.A.Recoveries).Outstanding);
        Assert.Equal(Status.Recovering, c.A.Status);
    }

    /// <summary>Whoever approved the money saw where it goes. Another account is corrected as such, and another payee is confirmed by a second person.</summary>
    [Fact]
    public void An_amendment_after_the_money_was_granted_does_not_change_where_it_goes()
    {
        var c = Checked();
        c.Vote("leader1", Decision.Return);
        var form = Case.FormWith(new JsonObject { ["kind"] = "emergency" });

        var refusal = c.Refused(new Amend(form with { Payee = new Payee("李四", "8807654321", "农商行") }, [Case.ApplicantKey], [Case.Paper()], null));
        Assert.Equal("/payee", refusal.Faults.Single().Pointer);
        c.Amend(form);
        Assert.Equal(form.Payee, c.A.Payee);

        var before = new Case(Emergency).Accepted(new JsonObject { ["kind"] = "emergency" });
        before.Vote("office1", Decision.Return);
        before.Amend(form with { Payee = new Payee("李四", "8807654321", "农商行") });
        Assert.Equal("李四", before.A.Payee!.Name);
    }

    [Fact]
    public void A_withdrawal_and_a_revocation_cancel_the_entitlement()
    {
        var withdrawn = Paid();
        Assert.Contains(withdrawn.When(new Withdraw("found work")), e => e is EntitlementCancelled);

        var revoked = Paid();
        Assert.Contains(revoked.When(new Revoke("leader1", "invented")), e => e is EntitlementCancelled);
    }
}
