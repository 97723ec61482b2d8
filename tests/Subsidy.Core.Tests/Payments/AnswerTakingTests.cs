using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Core.Tests.Applications;
using static Subsidy.Core.Tests.Payments.PayRunSteps;

namespace Subsidy.Core.Tests.Payments;

/// <summary>Which answer of the bank is taken, and by whose hand.</summary>
public sealed class AnswerTakingTests
{
    [Fact]
    public void Answers_are_taken_one_after_the_other_in_the_order_in_which_the_bank_made_them()
    {
        var first = new TakeAnswer("m1", Now, "sha", 0);
        Then(When(Sent, first), new AnswerTaken("m1", Now, "sha", null));
        Refused(RefusalCode.Invalid, When(Committed, first));
        PayRunEvent[] taken = [.. Sent, new AnswerTaken("m1", Now, "sha", null)];
        Refused(RefusalCode.MovedOn, When(taken, new TakeAnswer("m2", Now, "sha", 1)));
        PayRunEvent[] applied = [.. taken, new AnswerApplied("m1", new Dictionary<LineOutcome, Total> { [LineOutcome.Pending] = Three })];
        Refused(RefusalCode.MovedOn, When(applied, new TakeAnswer("m2", Now, "sha", 0)));
        Refused(RefusalCode.Invalid, When(applied, new TakeAnswer("m2", Now.AddSeconds(-1), "sha", 1)));
        Then(When(applied, new TakeAnswer("m2", Now, "sha", 1)), new AnswerTaken("m2", Now, "sha", null));
    }

    [Fact]
    public void An_uploaded_answer_counts_once_another_person_has_confirmed_it()
    {
        var propose = new ProposeAnswer("prepares1", "m1", Now, "sha");
        Then(When(Sent, propose), new AnswerProposed("m1", Now, "sha", "prepares1", SampleTownship.KeyOf("prepares1")));
        Refused(RefusalCode.Invalid, When(Committed, propose));
        Refused(RefusalCode.NotAllowed, When(Sent, propose with { Staff = "admin1" }));

        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", SampleTownship.KeyOf("prepares1"))];
        Then(When(proposed, propose));
        Refused(RefusalCode.MovedOn, When(proposed, propose with { Sha256 = "other" }));
        var confirm = new ConfirmAnswer("approves1", "sha", 0);
        Then(When(proposed, confirm), new AnswerTaken("m1", Now, "sha", "prepares1"));
        Refused(RefusalCode.MovedOn, When(Sent, confirm));
        Refused(RefusalCode.MovedOn, When(proposed, confirm with { Sha256 = "other" }));
        Refused(RefusalCode.MovedOn, When(proposed, confirm with { Before = 1 }));
        Refused(RefusalCode.NotAllowed, When(proposed, confirm with { Staff = "admin1" }));
        Refused(RefusalCode.MovedOn, When([.. proposed, new AnswerTaken("m1", Now, "sha", "prepares1")], confirm));
    }

    [Fact]
    public void Nobody_confirms_the_answer_they_uploaded_under_whatever_id_nor_one_to_a_run_that_pays_their_own()
    {
        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", SampleTownship.KeyOf("prepares1"))];
        Refused(RefusalCode.NotAllowed, When(proposed, new ConfirmAnswer("prepares1", "sha", 0)));
        var both = SampleTownship.Register.Find("approves1")! with { Person = SampleTownship.KeyOf("prepares1") };
        Refused(RefusalCode.NotAllowed, When(proposed, new ConfirmAnswer("approves1", "sha", 0), SampleTownship.With(both)));
        PayRunEvent[] own =
        [
            .. proposed.Select(e => e is RunPrepared prepared ? new RunPrepared(prepared.Preparation with { Concerned = ["approves1"] }) : e),
        ];
        Refused(RefusalCode.NotAllowed, When(own, new ConfirmAnswer("approves1", "sha", 0)));
    }

    [Fact]
    public void An_uploaded_answer_is_declined_with_a_reason_and_makes_room_for_another()
    {
        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", null)];
        var decline = new DeclineAnswer("approves1", "sha", "the bank knows nothing of it");
        Then(When(proposed, decline), new AnswerDeclined("sha", "approves1", decline.Reason));
        Then(When(proposed, decline with { Staff = "prepares1" }), new AnswerDeclined("sha", "prepares1", decline.Reason));
        Refused(RefusalCode.Invalid, When(proposed, decline with { Reason = " " }));
        Refused(RefusalCode.NotAllowed, When(proposed, decline with { Staff = "admin1" }));
        Refused(RefusalCode.MovedOn, When(proposed, decline with { Sha256 = "other" }));
        PayRunEvent[] declined = [.. proposed, new AnswerDeclined("sha", "approves1", "")];
        Refused(RefusalCode.MovedOn, When(declined, new ConfirmAnswer("approves1", "sha", 0)));
        Assert.IsType<AnswerProposed>(Assert.Single(When(declined, new ProposeAnswer("prepares1", "m2", Now, "other")).Events).Event);
    }

    [Fact]
    public void What_was_uploaded_is_there_until_a_person_deals_with_it_or_the_bank_sends_the_same()
    {
        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", null)];
        Assert.Null(Run([.. proposed, new AnswerTaken("m1", Now, "sha", null)])!.Proposed);
        Assert.NotNull(Run([.. proposed, new AnswerTaken("m0", Now.AddMinutes(-1), "older", null)])!.Proposed);

        var pending = new Dictionary<LineOutcome, Total> { [LineOutcome.Pending] = Three };
        PayRunEvent[] newer = [.. proposed, new AnswerTaken("m2", Now.AddMinutes(1), "newer", null), new AnswerApplied("m2", pending)];
        var told = Refused(RefusalCode.Invalid, When(newer, new ConfirmAnswer("approves1", "sha", 1)));
        Assert.Equal("This answer is older than one that was taken already (2026-03-02 09:01).", told.Faults[0].Message.En);
        Then(When(newer, new DeclineAnswer("approves1", "sha", "too late")), new AnswerDeclined("sha", "approves1", "too late"));
    }

    [Fact]
    public void A_closed_run_is_not_over_while_an_uploaded_answer_waits()
    {
        PayRunEvent[] closed = [.. Sent, new RunClosed()];
        Assert.True(Run(closed)!.Final);
        Assert.False(Run([.. closed, new AnswerProposed("m1", Now, "sha", "prepares1", null)])!.Final);
    }

    [Fact]
    public void A_run_is_closed_when_every_payment_is_answered_for_good()
    {
        PayRunEvent[] taken = [.. Sent, new AnswerTaken("m1", Now, "sha", null)];
        var some = new Dictionary<LineOutcome, Total> { [LineOutcome.Settled] = new(2, Money.FromYuan(200)), [LineOutcome.Pending] = new(1, Money.FromYuan(100)) };
        Assert.IsType<AnswerApplied>(Assert.Single(When(taken, new EndAnswering(taken.Length, some)).Events).Event);
        var all = new Dictionary<LineOutcome, Total> { [LineOutcome.Settled] = Three };
        Then(When(taken, new EndAnswering(taken.Length, all)), new AnswerApplied("m1", all), new RunClosed());
        Assert.Empty(When(taken, new EndAnswering(taken.Length - 1, all)).Events);
    }
}
