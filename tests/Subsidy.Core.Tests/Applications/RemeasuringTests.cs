using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>A re-check that measures anew, and with that changes what is paid from then on.</summary>
public class RemeasuringTests
{
    private static JsonObject Income(int fen) => new() { ["income"] = fen };

    private static Scheme Allowance(DecisionStep survey) =>
        Of(survey, Pay()).Paying("max(0, 80000 - (measured.survey == null ? 0 : measured.survey.income))", Schedule.Monthly).Rechecked(2).Remeasuring("survey");

    private static DecisionStep Survey => Review("survey", Gate.Township, OfficeSeat).Earning();

    /// <summary>600 yuan a month; April and May are granted, and somebody is asked.</summary>
    private static Case Rechecking(Scheme? scheme = null)
    {
        var c = new Case(scheme ?? Allowance(Survey)).Accepted();
        c.When(c.Ballot("office1", measurements: MeasuringStep.Of(c.A, scheme ?? Allowance(Survey), c.A.Assignments[0])!.Measurements is null ? null : Income(20000)));
        c.PassUntil<EntitlementGranted>();
        c.PassUntil<EntitlementGranted>();
        Assert.Equal("recheck-2", c.A.Assignments.Single().Key);
        return c;
    }

    private static IEnumerable<(string Period, Money Amount)> Granted(Case c) =>
        c.Stream.Select(recorded => recorded.Event).OfType<EntitlementGranted>().Select(e => (e.Period, e.Amount));

    [Fact]
    public void Later_periods_are_granted_with_the_new_amount_and_the_earlier_ones_stay_as_they_are()
    {
        var c = Rechecking();

        var events = c.When(c.Ballot("office1", measurements: Income(30000)));

        Assert.Equal("survey", events.OfType<RecheckDecided>().Single().Remeasured);
        Assert.Equal(new AmountSet(new Money(50000), "2026-06", new Money(60000)), events.OfType<AmountSet>().Single());
        Assert.Contains(c.A.Duties, duty => duty is SendMail { Mail: MailKind.AmountChanged, Staff: null });
        Assert.Equal("""{"survey":{"income":30000}}""", c.A.Measured.ToJsonString());
        c.PassUntil<EntitlementGranted>();
        Assert.Equal([("2026-04", new Money(60000)), ("2026-05", new Money(60000)), ("2026-06", new Money(50000))], Granted(c));
        Assert.Equal([new Money(60000), new Money(60000), new Money(50000)], c.A.Entitlements.Select(x => x.Amount));
    }

    [Fact]
    public void Periods_that_waited_for_the_answer_have_the_new_amount_too()
    {
        var c = Rechecking();
        c.PassDays(40);

        c.When(c.Ballot("office1", measurements: Income(70000)));

        Assert.Equal(("2026-06", new Money(10000)), Granted(c).Last());
    }

    [Fact]
    public void Where_everything_is_as_it_was_the_amount_is_not_set_again()
    {
        var c = Rechecking();

        Assert.Empty(c.When(c.Ballot("office1", measurements: Income(20000))).OfType<AmountSet>());
    }

    [Fact]
    public void Payments_do_not_go_on_with_nothing_to_pay()
    {
        var c = Rechecking();

        var refused = c.Refused(c.Ballot("office1", measurements: Income(80000)));
        Assert.Equal((RefusalCode.Invalid, "/decision"), (refused.Code, refused.Faults.Single().Pointer));
        Assert.Contains("nothing is owed", refused.Faults.Single().Message.En, StringComparison.Ordinal);

        var events = c.When(c.Ballot("office1", Decision.Reject, "earns enough now", measurements: Income(80000)));
        Assert.Equal(80000, (int)events.OfType<Voted>().Single().Measurements!["income"]!);
        Assert.Equal((StopReason.Ineligible, "2026-05"), (c.A.Stopped!.Reason, c.A.Stopped.Last));
        Assert.Equal("""{"survey":{"income":20000}}""", c.A.Measured.ToJsonString());
        Assert.Equal(new Money(60000), c.A.Amount);
    }

    [Fact]
    public void To_go_on_needs_the_measurements_and_sound_ones()
    {
        var c = Rechecking();

        Assert.Equal("/measurements", c.Refused(c.Ballot("office1")).Faults.Single().Pointer);
        Assert.Equal("/measurements/income", c.Refused(c.Ballot("office1", measurements: Income(-1))).Faults.Single().Pointer);
        Assert.Equal("/comment", c.Refused(c.Ballot("office1", Decision.Reject, " ", measurements: Income(1))).Faults.Single().Pointer);
        c.When(c.Ballot("office1", Decision.Reject, "moved in with the son"));
    }

    [Fact]
    public void What_must_hold_at_the_step_must_hold_when_it_is_measured_anew()
    {
        var c = Rechecking(Allowance(Survey with
        {
            Checks = [new Check("poor", new Text("低收入", "poor"), Expression.Parse("measured.survey.income <= 60000 && (amount == null || amount >= 30000)"), Blocks: true)],
        }));

        Assert.Equal("/checks/poor", c.Refused(c.Ballot("office1", measurements: Income(60001))).Faults.Single().Pointer);
        Assert.Equal("/checks/poor", c.Refused(c.Ballot("office1", measurements: Income(55000))).Faults.Single().Pointer);
        Assert.True(c.When(c.Ballot("office1", measurements: Income(40000))).OfType<Voted>().Single().Checks["poor"]);
    }

    [Fact]
    public void A_step_that_the_application_never_came_by_is_not_measured()
    {
        var scheme = Of(Review("township", Gate.Township, OfficeSeat), (Survey with { Gate = Gate.County, Seats = [CountySeat] }).When("answers.big"), Pay())
            .Paying("answers.big ? 80000 - measured.survey.income : 60000", Schedule.Monthly).Rechecked(2).Remeasuring("survey");
        var c = Rechecking(scheme);

        Assert.Equal("/measurements", c.Refused(c.Ballot("office1", measurements: Income(1))).Faults.Single().Pointer);
        Assert.Null(c.When(c.Ballot("office1")).OfType<RecheckDecided>().Single().Remeasured);
    }

    [Fact]
    public void What_a_register_says_by_now_counts_as_well()
    {
        var scheme = Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("register.monitored ? 60000 : 45000", Schedule.Monthly).Rechecked(2)
            with { Registers = ["monitored"] };
        var c = new Case(scheme) { Registers = { ["monitored"] = true } }.Accepted();
        c.Vote("office1");
        c.PassUntil<Assigned>();
        c.Registers["monitored"] = false;

        Assert.Equal(new AmountSet(new Money(45000), "2026-06", new Money(60000)), c.Vote("office1").OfType<AmountSet>().Single());
    }

    [Fact]
    public void A_period_that_a_stop_gave_up_is_granted_again_as_it_was_though_the_amount_has_changed_since()
    {
        var c = Rechecking();
        c.When(c.Ballot("office1", measurements: Income(30000)));
        c.PassUntil<EntitlementGranted>();
        c.When(new StopPayments("leader1", StopReason.Ineligible, "2026-04", "has moved in with the son"));
        foreach (var given in c.A.Entitlements.Where(x => x.State is EntitlementState.Cancelled).ToList())
            c.When(new HearFunds(new FundReport(given.Id, new FundKey("relief", 2026), PositionState.Released, given.Amount, null, 0, null, given.Number, 1)));
        Assert.Equal(["2026-04"], c.A.Entitlements.Select(x => x.Period));
        c.When(new Appeal("I have not"));

        c.When(c.Ballot("county1", comment: "lives alone"));

        Assert.Equal([("2026-05", new Money(60000)), ("2026-06", new Money(50000))], Granted(c).TakeLast(2));
        Assert.Equal((3, new Money(50000)), (c.A.Recurring!.Granted, c.A.Amount!.Value));
    }
}
