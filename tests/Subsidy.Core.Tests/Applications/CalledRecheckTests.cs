using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>A re-check before its time, because circumstances have changed.</summary>
public class CalledRecheckTests
{
    private static Case Monthly(params IReadOnlyList<string> documents)
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", Schedule.Monthly).Rechecked(2, documents)).Accepted();
        c.Vote("office1");
        c.PassUntil<EntitlementGranted>();
        return c;
    }

    private static CallRecheck Call(string staff = "leader1") => new(staff, "the daughter has found work");

    private static IEnumerable<string> Asked(Case c) =>
        c.Stream.Select(recorded => recorded.Event).OfType<Assigned>().Where(e => e.Kind is AssignmentKind.Recheck).Select(e => e.Key);

    [Fact]
    public void It_asks_the_same_people_the_same_question_and_nothing_is_granted_until_they_have_answered()
    {
        var c = Monthly();

        var events = c.When(Call());

        Assert.Equal(new RecheckCalled("leader1", "the daughter has found work"), events[0]);
        var assigned = events.OfType<Assigned>().Single();
        Assert.Equal(("recheck-1-1", 1, Gate.Township, "office1"), (assigned.Key, assigned.Round, assigned.Gate, assigned.Seats[0].Staff[0]));
        Assert.Contains(c.A.Duties, duty => duty is SendMail { Mail: MailKind.Recheck, Staff: null });
        Assert.Empty(c.PassDays(40).OfType<EntitlementGranted>());
        Assert.Equal("2026-05", c.Vote("office1").OfType<EntitlementGranted>().Single().Period);
    }

    [Fact]
    public void What_the_scheme_asks_in_its_own_time_is_asked_all_the_same()
    {
        var c = Monthly();

        c.When(Call());
        c.Vote("office1");
        c.When(Call());
        c.Vote("office1");
        c.PassUntil<EntitlementGranted>();

        Assert.Equal(["recheck-1-1", "recheck-1-2", "recheck-2"], Asked(c));
        c.Vote("office1");
        c.When(Call());
        c.Vote("office1");
        c.PassUntil<EntitlementGranted>();
        c.PassUntil<EntitlementGranted>();
        Assert.Equal(["recheck-2-3", "recheck-4"], Asked(c).Skip(3));
    }

    [Fact]
    public void Those_who_may_stop_payments_may_call_for_it_and_say_why()
    {
        var c = Monthly();

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Call("office1")).Code);
        Assert.Equal("/comment", c.Refused(Call() with { Comment = " " }).Faults.Single().Pointer);
        c.When(Call());
        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(Call()).Code);
        c.Vote("office1", Decision.Reject);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(Call()).Code);
    }

    [Fact]
    public void A_scheme_that_knows_no_recheck_has_nobody_to_ask()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", Schedule.Monthly)).Accepted();
        c.Vote("office1");

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Call()).Code);
    }

    [Fact]
    public void The_applicant_reports_a_change_and_may_bring_the_papers()
    {
        var c = Monthly("proof");
        Assert.Equal("/comment", c.Refused(new ReportChange("")).Faults.Single().Pointer);

        var events = c.When(new ReportChange("a child was born"));

        Assert.Equal(new RecheckCalled(null, "a child was born"), events[0]);
        Assert.Equal(Actor.Applicant, c.Stream[^1].Actor);
        Assert.Equal("recheck-1-1", c.A.Assignments.Single().Key);
        Assert.Single(c.When(new Amend(null, [], [Case.Paper("proof")], null)).OfType<PaperAdded>());
    }

    [Fact]
    public void However_often_it_is_called_for_papers_can_be_brought_each_time()
    {
        var c = Monthly("proof");
        for (var i = 0; i < 10; i++)
        {
            c.When(new ReportChange("again"));
            c.When(new Amend(null, [], [Case.Paper("proof"), Case.Paper("proof")], null));
            c.Vote("office1");
        }
    }

    [Fact]
    public void It_may_be_called_for_before_the_first_period()
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", Schedule.Monthly).Rechecked(2)).Accepted();
        c.Vote("office1");

        Assert.Equal("recheck-0-1", c.When(Call()).OfType<Assigned>().Single().Key);
        Assert.Equal("2026-03", c.Vote("office1", Decision.Reject).OfType<PaymentsStopped>().Single().Last);
    }
}
