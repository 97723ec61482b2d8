using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using static Subsidy.Core.Tests.Applications.SampleHandOvers;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Paid on the spot out of the petty fund: a receipt and two signatures.</summary>
public class HandOverTests
{
    [Fact]
    public void The_first_signature_is_an_event_and_asks_the_books_to_take_it_away_from_the_pay_runs()
    {
        var c = Signed();

        var signed = Assert.IsType<HandOverSigned>(c.Stream[^1].Event);
        Assert.Equal((HandOverKind.Cash, "r-12", new Money(60000), "prepares1", "office1"), (signed.Kind, signed.Receipt, signed.Amount, signed.Payer, signed.Witness));
        Assert.Equal(Photo, Assert.Single(signed.Photos));
        var duty = Assert.Single(c.A.Duties.OfType<PostHandOver>());
        Assert.Equal((HandOverOrder.HandOut, Relief, c.A.Version, "r-12 (prepares1, office1)"), (duty.Order, duty.Fund, duty.HandOver, duty.Document));
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverWitness);
    }

    [Fact]
    public void The_witness_is_asked_once_no_pay_run_can_take_it_and_pays_it_by_signing()
    {
        var c = Signed();
        Assert.Equal(RefusalCode.MovedOn, c.Refused(Second(c)).Code);

        Assert.IsType<HandOverHeld>(Post(c, HandOverOrder.HandOut, PositionState.HandedOut)[^1]);
        Assert.Equal(Number(c), Assert.Single(c.Mails, mail => mail is { Mail: MailKind.HandOverWitness, Staff: "office1" }).Link);

        Assert.IsType<HandOverWitnessed>(Assert.Single(c.When(Second(c))));
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverWitness);
        Assert.Equal(EntitlementState.Reserved, c.A.Entitlement!.State);
        Post(c, HandOverOrder.Pay, PositionState.Paid);
        Assert.Equal(EntitlementState.Paid, c.A.Entitlement!.State);
    }

    [Theory]
    [InlineData("office1")]
    [InlineData("leader1")]
    [InlineData("nobody")]
    public void Only_finance_pays(string staff) => Assert.Equal(RefusalCode.NotAllowed, Reserved().Refused(Signature with { Staff = staff }).Code);

    [Fact]
    public void The_payer_is_not_of_the_household_nor_a_relative_and_the_witness_neither()
    {
        var c = Reserved();
        var near = c.Township.Find("prepares1")! with { Relatives = [Case.ApplicantKey] };
        c.Township = SampleTownship.With(near);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Signature).Code);
        Assert.Equal("/witness", c.Refused(Signature with { Staff = "prepares2", Witness = "prepares1" }).Faults.Single().Pointer);
    }

    [Fact]
    public void The_witness_is_another_person_than_the_payer_also_under_another_entry_of_the_register()
    {
        var c = Reserved();
        Assert.Equal("/witness", c.Refused(Signature with { Witness = "prepares1" }).Faults.Single().Pointer);
        c.Township = SampleTownship.With(c.Township.Find("office1")! with { Person = SampleTownship.KeyOf("prepares1") });
        Assert.Equal("/witness", c.Refused(Signature).Faults.Single().Pointer);
        Assert.Equal("/witness", c.Refused(Signature with { Witness = "nobody" }).Faults.Single().Pointer);
    }

    [Fact]
    public void Whoever_audits_is_no_witness()
    {
        var c = Reserved();
        c.Township = c.Township with { Staff = [.. c.Township.Staff, SampleTownship.Person("audits1", Roles.Auditor, Area.County)] };
        Assert.Equal("/witness", c.Refused(Signature with { Witness = "audits1" }).Faults.Single().Pointer);
    }

    [Fact]
    public void What_is_wrong_is_said_all_at_once()
    {
        var faults = Reserved().Refused(Signature with { Kind = HandOverKind.InKind, Goods = " ", Receipt = "", Photos = [], Witness = "" }).Faults;

        Assert.Equal(["/goods", "/document", "/photos", "/witness"], faults.Select(fault => fault.Pointer));
    }

    [Fact]
    public void What_was_given_in_kind_is_kept_for_those_who_look_at_the_case()
    {
        var c = Signed(Signature with { Kind = HandOverKind.InKind, Goods = " 大米两袋、棉被一床 " });
        Assert.Equal("大米两袋、棉被一床", ((HandOverSigned)c.Stream[^1].Event).Goods);
    }

    [Fact]
    public void Only_what_is_paid_first_and_is_set_aside_is_handed_over()
    {
        Assert.Equal(RefusalCode.NotAllowed, Reserved(Of(Review("office", Gate.Township, OfficeSeat), Pay()).Paying("60000")).Refused(Signature).Code);
        var c = new Case(Emergency).Accepted();
        c.Vote("leader1");
        Assert.Equal(RefusalCode.MovedOn, c.Refused(Signature).Code);
        c.When(Told(c, PositionState.Reserved));
        c.When(new HearFunds(Report(c, PositionState.Committed) with { Run = "run-1" }));
        Assert.Equal(RefusalCode.MovedOn, c.Refused(Signature).Code);
    }

    [Fact]
    public void A_second_click_is_told_who_has_signed_and_when()
    {
        var c = Signed();
        var again = c.Refused(Signature with { Staff = "prepares2" });
        Assert.Equal(RefusalCode.AlreadyDone, again.Code);
        Assert.Contains("Name of prepares1 signed on 2026-03-02 09:00 (receipt r-12); Name of office1", again.Faults[0].Message.En, StringComparison.Ordinal);

        Post(c, HandOverOrder.HandOut, PositionState.HandedOut);
        c.When(Second(c));
        Assert.Contains("Name of office1 on 2026-03-02 09:00", c.Refused(Second(c)).Faults[0].Message.En, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new DropHandOver("prepares1", Owed, Number(c), "never mind")).Code);
        Post(c, HandOverOrder.Pay, PositionState.Paid);
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(Signature).Code);
    }

    [Fact]
    public void Nobody_else_signs_for_the_witness_and_who_has_become_a_relative_does_not_either()
    {
        var c = Held();
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Second(c, "prepares1")).Code);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Second(c, "office2")).Code);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(Second(c) with { HandOver = Number(c) - 1 }).Code);
        c.Township = SampleTownship.With(c.Township.Find("office1")! with { Relatives = [Case.ApplicantKey] });
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Second(c)).Code);
    }

    [Fact]
    public void One_that_is_dropped_is_told_and_can_be_signed_for_again()
    {
        var c = Held();
        Assert.Equal("/reason", c.Refused(new DropHandOver("prepares1", Owed, Number(c), " ")).Faults.Single().Pointer);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new DropHandOver("office1", Owed, Number(c), "was not there")).Code);
        var first = Second(c);
        c.When(new DropHandOver("prepares1", Owed, Number(c), "the wrong witness"));

        Assert.Equal(["approves1", "office1"], c.Mails.Where(mail => mail.Mail is MailKind.HandOverDropped).Select(mail => mail.Staff!).Order());
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverWitness);
        Assert.Contains("by Name of prepares1", c.Refused(first).Faults[0].Message.En, StringComparison.Ordinal);
        Post(c, HandOverOrder.TakeBack, PositionState.Reserved);
        c.When(Signature with { Witness = "office2" });
        Assert.Equal(RefusalCode.MovedOn, c.Refused(first).Code);
    }

    [Theory]
    [InlineData(PositionState.Reserved, HandOverEnd.TooLittleCash)]
    [InlineData(PositionState.Committed, HandOverEnd.NotFree)]
    public void Where_the_books_cannot_hold_it_it_is_dropped_and_everybody_concerned_is_told(PositionState state, HandOverEnd why)
    {
        var c = Signed();

        var duty = c.A.Duties.OfType<PostHandOver>().Single();
        c.When(new Report([new FundsReported(duty.Id, Report(c, state) with { Run = "run-1" })]));

        var dropped = c.Stream.Select(recorded => recorded.Event).OfType<HandOverDropped>().Single();
        Assert.Equal((why, null), (dropped.Why, dropped.Staff));
        Assert.Equal(["approves1", "office1", "prepares1"], c.Mails.Where(mail => mail.Mail is MailKind.HandOverDropped).Select(mail => mail.Staff!).Order());
    }

    [Fact]
    public void The_witness_is_reminded_after_two_working_days_then_finance_is_told_and_time_decides_nothing()
    {
        var c = Held();
        c.Settle();
        c.PassUntil<HandOverCalled>();
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.FromHours(8)), c.Now); // Signed on Monday: the end of Wednesday.
        Assert.Single(c.Mails, mail => mail is { Mail: MailKind.HandOverWitness, Staff: "office1" });
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverOverdue);

        c.PassUntil<HandOverCalled>();
        Assert.Single(c.Mails, mail => mail is { Mail: MailKind.HandOverOverdue, Staff: "approves1" });
        for (var i = 0; i < 10; i++)
            c.PassUntil<HandOverCalled>();
        Assert.Equal(HandOverState.Held, c.A.Entitlement!.HandOver!.State);
        c.When(Second(c));
    }

    /// <summary>The cash is in the applicant's hands, whatever the papers say now.</summary>
    [Fact]
    public void What_is_revoked_while_the_witness_has_yet_to_sign_is_not_over_and_is_recovered_once_both_have_signed()
    {
        var c = Held();
        c.When(new Revoke("leader2", "invented"));
        Assert.False(c.A.Final);
        Assert.NotNull(Timing.NextDeadline(c.A));

        c.When(Second(c));
        Post(c, HandOverOrder.Pay, PositionState.Paid);

        Assert.Equal(new Money(60000), c.A.Recoveries.Single().Outstanding);
    }

    [Fact]
    public void What_is_revoked_and_was_not_handed_over_after_all_is_released()
    {
        var c = Held();
        c.When(new Revoke("leader2", "invented"));
        var release = c.A.Duties.OfType<ReleaseFunds>().Single();
        c.When(new Report([new FundsReported(release.Id, Report(c, PositionState.HandedOut))]));
        c.When(new DropHandOver("approves1", Owed, Number(c), "never handed over"));

        Post(c, HandOverOrder.TakeBack, PositionState.Reserved);
        c.When(new Report([new FundsReported(c.A.Duties.OfType<ReleaseFunds>().Single().Id, Report(c, PositionState.Released))]));

        Assert.Empty(c.A.Entitlements);
        Assert.True(c.A.Final);
    }

    [Fact]
    public void What_is_given_up_before_the_books_could_hold_it_is_dropped_and_told()
    {
        var c = Signed();
        c.When(new Revoke("leader2", "invented"));

        c.When(Told(c, PositionState.Released));

        Assert.Equal(HandOverEnd.NotFree, c.Stream.Select(recorded => recorded.Event).OfType<HandOverDropped>().Single().Why);
        Assert.Empty(c.A.Entitlements);
    }
}
