using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Payments that go on only for as long as somebody finds, every so often, that they are still right.</summary>
public class RecheckTests
{
    private static Case Approved(params IReadOnlyList<string> documents)
    {
        var c = new Case(Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000", Schedule.Monthly).Rechecked(2, documents)).Accepted();
        c.Vote("office1");
        return c;
    }

    private static IEnumerable<string> Granted(Case c) =>
        c.Stream.Select(recorded => recorded.Event).OfType<EntitlementGranted>().Select(e => e.Period);

    private static Assignment Recheck(Case c) => c.A.Assignments.Single(x => x.Kind is AssignmentKind.Recheck);

    [Fact]
    public void It_is_asked_with_the_last_period_before_it_so_that_nobody_waits_who_is_answered_in_time()
    {
        var c = Approved();
        c.PassUntil<EntitlementGranted>();
        Assert.Empty(c.A.Assignments);

        c.PassUntil<Assigned>();

        Assert.Equal(["2026-04", "2026-05"], Granted(c));
        Assert.Equal(("recheck-2", "pay", Gate.Township), (Recheck(c).Key, Recheck(c).Step, Recheck(c).Gate));
        Assert.Equal(Status.AwaitingFunds, c.A.Status);
        c.Vote("office1");
        Assert.Empty(c.A.Assignments);
        c.PassUntil<EntitlementGranted>();
        Assert.Equal(["2026-04", "2026-05", "2026-06"], Granted(c));
    }

    [Fact]
    public void Nothing_is_granted_while_it_is_open_and_everything_since_once_it_is_answered()
    {
        var c = Approved();
        c.PassDays(150);
        Assert.Equal(["2026-04", "2026-05"], Granted(c));

        c.Vote("office1");

        Assert.Equal(["2026-04", "2026-05", "2026-06", "2026-07"], Granted(c));
        Assert.Equal("recheck-4", Recheck(c).Key);
    }

    [Fact]
    public void Its_deadline_reminds_and_tells_the_level_above_and_decides_nothing()
    {
        var c = Approved();

        c.PassUntil<Assigned>();
        c.PassUntil<Reminded>();
        c.PassUntil<Escalated>();
        c.PassDays(500);

        Assert.NotNull(c.A.Recurring);
        Assert.Equal(2, Granted(c).Count());
        Assert.Equal("recheck-2", Recheck(c).Key);
    }

    [Fact]
    public void Who_is_no_longer_eligible_keeps_what_was_granted_and_gets_no_more()
    {
        var c = Approved();
        c.PassUntil<Assigned>();

        Assert.Equal("/comment", c.Refused(c.Ballot("office1", Decision.Reject, " ")).Faults.Single().Pointer);
        var events = c.When(c.Ballot("office1", Decision.Reject, "the son has found work"));

        var stopped = events.OfType<PaymentsStopped>().Single();
        Assert.Equal((StopReason.Ineligible, "2026-05", "office1", "the son has found work"), (stopped.Reason, stopped.Last, stopped.Staff, stopped.Comment));
        Assert.Empty(events.OfType<EntitlementCancelled>());
        Assert.Equal((null, Status.AwaitingFunds), (c.A.Recurring, c.A.Status));
        Assert.Empty(c.A.Assignments);
    }

    [Fact]
    public void Payments_that_stop_for_another_reason_end_the_question()
    {
        var c = Approved();
        c.PassUntil<Assigned>();

        c.When(new StopPayments("leader1", StopReason.Died, null, "died in May"));

        Assert.Empty(c.A.Assignments);
        Assert.DoesNotContain(c.A.Duties, duty => duty is SendMail { Assignment: "recheck-2" });
    }

    [Fact]
    public void The_applicant_is_told_and_may_bring_the_papers_that_are_asked_for()
    {
        var c = Approved("proof");
        c.PassUntil<Assigned>();
        Assert.Contains(c.A.Duties, duty => duty is SendMail { Mail: MailKind.Recheck, Staff: null });

        Assert.Equal("/form", c.Refused(new Amend(Case.Form, [], [], null)).Faults.Single().Pointer);
        Assert.Equal("", c.Refused(new Amend(null, [], [], "nothing new")).Faults.Single().Pointer);
        var events = c.When(new Amend(null, [], [Case.Paper("proof")], null));

        Assert.Single(events.OfType<PaperAdded>());
        Assert.Equal("recheck-2", Recheck(c).Key);
    }
}
