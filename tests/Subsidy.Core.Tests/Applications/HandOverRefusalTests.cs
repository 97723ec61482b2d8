using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using static Subsidy.Core.Tests.Applications.SampleHandOvers;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>The witness of a handover says that it was otherwise, or cannot sign: somebody else than the payer goes on.</summary>
public class HandOverRefusalTests
{
    [Fact]
    public void Payer_and_those_who_have_refused_are_the_same_people_under_another_id()
    {
        var c = Held();
        c.When(No(c));

        c.Township = SampleTownship.Renamed("prepares1", "office2");
        Assert.Equal("/witness", c.Refused(Other(c)).Faults.Single().Pointer);
        c.Township = SampleTownship.Renamed("office1", "office2");
        Assert.Equal("/witness", c.Refused(Other(c)).Faults.Single().Pointer);
        c.Township = SampleTownship.Renamed("prepares1", "approves1");
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new DropHandOver("approves1", Owed, Number(c), "brought back")).Code);
    }

    [Fact]
    public void A_witness_who_was_not_there_refuses_with_a_reason_and_payer_and_approvers_are_told_at_once()
    {
        var c = Held();
        Assert.Equal("/reason", c.Refused(No(c) with { Reason = " " }).Faults.Single().Pointer);
        Assert.Equal("/reason", c.Refused(No(c) with { Reason = new string('x', 501) }).Faults.Single().Pointer);

        var refused = Assert.IsType<HandOverRefused>(Assert.Single(c.When(No(c))));

        Assert.Equal((Number(c), "office1", "I was elsewhere"), (refused.HandOver, refused.Witness, refused.Reason));
        Assert.Equal(["approves1", "prepares1"], c.Mails.Where(mail => mail.Mail is MailKind.HandOverRefused).Select(mail => mail.Staff!).Order());
        Assert.All(c.Mails.Where(mail => mail.Mail is MailKind.HandOverRefused), mail => Assert.Equal(Number(c), mail.Link));
    }

    /// <summary>The cash may be in somebody's hands: only finance can find out.</summary>
    [Fact]
    public void A_refusal_decides_nothing_about_the_money_and_the_witness_is_not_asked_again()
    {
        var c = Held();
        c.When(No(c));

        Assert.Equal((HandOverState.Held, EntitlementState.Reserved), (c.A.Entitlement!.HandOver!.State, c.A.Entitlement.State));
        Assert.Empty(c.A.Duties.OfType<PostHandOver>());
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverWitness);
        c.Settle();
        for (var i = 0; i < 3; i++)
        {
            c.PassUntil<HandOverCalled>();
            Assert.Equal(["approves1", "prepares1"], c.Mails.Where(mail => mail.Mail is MailKind.HandOverRefused).Select(mail => mail.Staff!).Order());
            Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverWitness or MailKind.HandOverOverdue);
        }
        Assert.Equal(HandOverState.Held, c.A.Entitlement!.HandOver!.State);
    }

    [Fact]
    public void Only_who_may_sign_as_the_witness_refuses_and_whoever_comes_later_is_told_who_has()
    {
        var signed = Signed();
        Assert.Equal(RefusalCode.MovedOn, signed.Refused(No(signed)).Code);
        var c = Held();
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(No(c) with { Staff = "prepares1" }).Code);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(No(c) with { Staff = "office2" }).Code);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(No(c) with { HandOver = Number(c) - 1 }).Code);
        c.When(No(c));

        foreach (var late in new Command[] { No(c), Second(c) })
        {
            var told = c.Refused(late);
            Assert.Equal(RefusalCode.AlreadyDone, told.Code);
            Assert.Contains("Name of office1 has refused to sign as the witness", told.Faults[0].Message.En, StringComparison.Ordinal);
        }
        c.When(new DropHandOver("approves1", Owed, Number(c), "the cash is back in the box"));
        Assert.Equal(RefusalCode.MovedOn, c.Refused(No(c)).Code);
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverRefused);
        var done = Held();
        done.When(Second(done));
        Assert.Equal(RefusalCode.AlreadyDone, done.Refused(No(done)).Code);
    }

    [Fact]
    public void After_a_refusal_another_than_the_payer_names_another_witness_who_pays_it_by_signing()
    {
        var c = Held();
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Other(c)).Code); // The first has not refused.
        c.When(No(c));
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Other(c) with { Staff = "prepares1" }).Code);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Other(c) with { Staff = "office2" }).Code);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(Other(c) with { HandOver = Number(c) - 1 }).Code);
        foreach (var no in new[] { "office1", "prepares1", "nobody" })
            Assert.Equal("/witness", c.Refused(Other(c) with { Witness = no }).Faults.Single().Pointer);

        var named = Assert.IsType<HandOverWitnessNamed>(Assert.Single(c.When(Other(c))));

        Assert.Equal((Number(c), "approves1", "office2"), (named.HandOver, named.Staff, named.Witness));
        Assert.Equal(Number(c), Assert.Single(c.Mails, mail => mail is { Mail: MailKind.HandOverWitness, Staff: "office2" }).Link);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Second(c)).Code);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(No(c)).Code);
        c.When(Second(c, "office2"));
        Assert.Equal("r-12 (prepares1, office2)", Assert.Single(c.A.Duties.OfType<PostHandOver>()).Document);
        Post(c, HandOverOrder.Pay, PositionState.Paid);
        Assert.Equal(EntitlementState.Paid, c.A.Entitlement!.State);
    }

    [Fact]
    public void Whoever_refused_once_is_not_named_again_and_the_new_witness_is_reminded_from_the_beginning()
    {
        var c = Held();
        c.When(No(c));
        c.PassUntil<HandOverCalled>();
        c.When(Other(c));
        c.Settle();
        c.PassUntil<HandOverCalled>();
        Assert.Single(c.Mails, mail => mail is { Mail: MailKind.HandOverWitness, Staff: "office2" });
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.HandOverOverdue or MailKind.HandOverRefused);

        c.When(No(c) with { Staff = "office2" });
        Assert.Equal("/witness", c.Refused(Other(c) with { Witness = "office1" }).Faults.Single().Pointer);
        Assert.Equal("/witness", c.Refused(Other(c)).Faults.Single().Pointer);
    }

    [Fact]
    public void A_witness_who_can_no_longer_sign_is_replaced_without_a_refusal()
    {
        var c = Held();
        c.Township = c.Township with { Staff = [.. c.Township.Staff.Where(person => person.Id != "office1")] };

        c.When(Other(c));

        c.When(Second(c, "office2"));
    }

    /// <summary>What the payer says is what the witness says is not so.</summary>
    [Fact]
    public void After_a_refusal_the_payer_does_not_drop_it_alone()
    {
        var c = Held();
        c.When(No(c));
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new DropHandOver("prepares1", Owed, Number(c), "a mistake")).Code);

        c.When(new DropHandOver("approves1", Owed, Number(c), "the cash is back in the box"));

        Assert.Equal(["office1", "prepares1"], c.Mails.Where(mail => mail.Mail is MailKind.HandOverDropped).Select(mail => mail.Staff!).Order());
        Post(c, HandOverOrder.TakeBack, PositionState.Reserved);
        c.When(Signature); // A new handover: the same may be its witness.
    }
}
