using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;
using static Subsidy.Core.Tests.Payments.PayRunSteps;

namespace Subsidy.Core.Tests.Payments;

/// <summary>What a person has to look into: flags before the money goes out, disputes after.</summary>
public sealed class LookedIntoTests
{
    [Fact]
    public void A_run_with_a_disputed_payment_is_closed_when_another_person_has_ended_the_dispute()
    {
        PayRunEvent[] taken = [.. Sent, new AnswerTaken("m1", Now, "sha", null)];
        var some = new Dictionary<LineOutcome, Total> { [LineOutcome.Settled] = new(1, Money.FromYuan(100)), [LineOutcome.Disputed] = new(2, Money.FromYuan(200)) };
        Then(When(taken, new EndAnswering(taken.Length, some)), new AnswerApplied("m1", some));
        Refused(RefusalCode.MovedOn, When(taken, End));
        PayRunEvent[] disputed = [.. taken, new AnswerApplied("m1", some)];
        Refused(RefusalCode.NotAllowed, When(disputed, End with { Staff = "prepares1" }));
        var both = SampleTownship.Register.Find("approves1")! with { Person = SampleTownship.KeyOf("prepares1") };
        Refused(RefusalCode.NotAllowed, When(disputed, End, SampleTownship.With(both)));
        Refused(RefusalCode.Invalid, When(disputed, End with { Reason = " " }));
        Refused(RefusalCode.Invalid, When(Sent, End));
        Assert.Equal(
            "Name of approves1 dealt with the payment in this pay run on 2026-03-02 09:00.",
            Refused(RefusalCode.AlreadyDone, When(disputed, End with { Before = new DisputeEnd("approves1", Now, "?") })).Faults[0].Message.En);

        var ended = new DisputeEnded("e1", 1, Money.FromYuan(100), LineOutcome.Resolved, "approves1", "refunded");
        Then(When(disputed, End), ended);
        Then(When([.. disputed, ended], End with { Outcome = LineOutcome.Failed }), ended with { Outcome = LineOutcome.Failed }, new RunClosed());
        Then(When([.. disputed, ended, new RunClosed()], End), ended);
        Assert.Equal(
            [(LineOutcome.Settled, 1), (LineOutcome.Failed, 1), (LineOutcome.Resolved, 1)],
            Run([.. disputed, ended, ended with { Outcome = LineOutcome.Failed }])!.Outcomes.Select(outcome => (outcome.Key, outcome.Value.Count)));
    }

    [Fact]
    public void A_flag_is_cleared_by_an_approver_with_a_reason_and_never_about_themselves()
    {
        var clear = new ClearFlag("approves1", "e", FlagKind.SharedAccount, "#", "other", "father and son");
        Then(When(Prepared, clear), new FlagCleared("e", FlagKind.SharedAccount, "#", "other", "approves1", "father and son"));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Staff = "prepares1" }));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Kind = FlagKind.Staff, Subject = "approves1" }));
        Refused(RefusalCode.Invalid, When(Prepared, clear with { Reason = "" }));
    }

    [Fact]
    public void Who_prepared_a_run_does_not_clear_its_flags()
    {
        var both = SampleTownship.Register.Find("prepares1")!;
        both = both with { Grants = [.. both.Grants, new Grant(Roles.FinanceApprover, Area.Township, null)] };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ClearFlag("prepares1", "e", FlagKind.SharedAccount, "#", "other", "father and son"), SampleTownship.With(both)));
    }

    [Fact]
    public void Nobody_clears_a_flag_about_themselves_or_a_relative_of_theirs_in_whatever_name()
    {
        var twice = SampleTownship.Register with
        {
            Staff = [.. SampleTownship.Register.Staff, SampleTownship.Person("also-approves1", Roles.FinanceApprover, Area.Township) with { Person = SampleTownship.KeyOf("approves1") }],
        };
        var clear = new ClearFlag("approves1", "e", FlagKind.Staff, "also-approves1", null, "it is fine");
        Refused(RefusalCode.NotAllowed, When(Prepared, clear, twice));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Kind = FlagKind.Relative }, twice));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Kind = FlagKind.Relative, Subject = "approves1" }));
        Then(
            When(Prepared, clear with { Kind = FlagKind.Relative, Subject = "prepares1" }),
            new FlagCleared("e", FlagKind.Relative, "prepares1", null, "approves1", "it is fine"));
    }

    [Fact]
    public void Who_clears_a_flag_or_ends_a_dispute_is_neither_of_the_household_nor_a_declared_relative()
    {
        var own = SampleTownship.KeyOf("approves1");
        var relative = new PersonKey("key-of-a-niece");
        var staff = SampleTownship.With(SampleTownship.Register.Find("approves1")! with { Relatives = [relative] });
        var some = new Dictionary<LineOutcome, Total> { [LineOutcome.Disputed] = new(2, Money.FromYuan(200)) };
        PayRunEvent[] disputed = [.. Sent, new AnswerTaken("m1", Now, "a", null), new AnswerApplied("m1", some)];
        var clear = new ClearFlag("approves1", "e", FlagKind.SharedAccount, "#", "other", "father and son");
        foreach (var concerned in new[] { own, relative })
        {
            Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Persons = [new PersonKey("somebody"), concerned] }, staff));
            Refused(RefusalCode.NotAllowed, When(disputed, End with { Persons = [concerned] }, staff));
        }
        Assert.Null(When(Prepared, clear with { Persons = [new PersonKey("somebody")] }, staff).Refusal);
        Assert.Null(When(disputed, End with { Persons = [new PersonKey("somebody")] }, staff).Refusal);
    }
}
