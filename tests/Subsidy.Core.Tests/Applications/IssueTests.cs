using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class IssueTests
{
    private static readonly Scheme Scheme = Of(Review("leader", Gate.Leader, LeaderSeat), Issue(), Completion());

    private static Case Ordered()
    {
        var c = new Case(Scheme).Accepted(new JsonObject { ["planned"] = true });
        c.Vote("leader1");
        return c;
    }

    private static Report Numbered(Case c) => new([new PermitsNumbered(
        c.A.Duties.OfType<NumberPermits>().Single().Id, [new NumberedPermit("approval", "HA-2026-0001"), new NumberedPermit("planning", "HP-2026-0001")])]);

    [Fact]
    public void Permits_are_ordered_and_stand_once_they_have_numbers()
    {
        var c = Ordered();
        Assert.Equal(Status.Approved, c.A.Status);
        Assert.Equal(["approval", "planning"], c.A.Duties.OfType<NumberPermits>().Single().Certificates.Select(order => order.Kind));

        var issued = c.When(Numbered(c)).OfType<PermitsIssued>().Single();

        Assert.Equal(["HA-2026-0001", "HP-2026-0001"], c.A.Permits.Select(permit => permit.Number));
        Assert.DoesNotContain("三丰", issued.Lines!["HA-2026-0001"].Single().Value, StringComparison.Ordinal);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.Issued);
        Assert.Equal(Status.Issued, c.A.Status);
        Assert.Equal(WaitingKind.Request, c.A.Waiting!.Kind);
    }

    [Fact]
    public void A_certificate_whose_condition_does_not_hold_is_not_ordered()
    {
        var c = new Case(Scheme).Accepted(new JsonObject { ["planned"] = false });
        c.Vote("leader1");

        Assert.Equal(["approval"], c.A.Duties.OfType<NumberPermits>().Single().Certificates.Select(order => order.Kind));
    }

    [Fact]
    public void Numbers_that_are_reported_twice_issue_once()
    {
        var c = Ordered();
        var report = Numbered(c);
        c.When(report);

        Assert.Empty(c.When(report));
        Assert.Equal(2, c.A.Permits.Count);
    }

    [Fact]
    public void The_same_outcome_twice_in_one_report_counts_once()
    {
        var c = Ordered();
        var outcome = Numbered(c).Outcomes[0];

        Assert.Single(c.When(new Report([outcome, outcome])).OfType<PermitsIssued>());
    }

    [Fact]
    public void The_oversight_is_told_when_numbers_do_not_come()
    {
        var c = Ordered();

        Assert.Equal(["leader1", "leader2"], Assert.IsType<WaitingCalled>(Assert.Single(c.PassNextDeadline())).Staff);
        Assert.NotNull(Timing.NextDeadline(c.A));
    }

    [Fact]
    public void An_application_whose_permit_is_being_numbered_is_not_withdrawn()
    {
        Assert.Equal(RefusalCode.MovedOn, Ordered().Refused(new Withdraw(null)).Code);
    }

    [Fact]
    public void A_number_that_comes_after_a_revocation_issues_nothing()
    {
        var c = new Case(Of(Review("leader", Gate.Leader, LeaderSeat), Issue("first"), Issue("second"))).Accepted(new JsonObject { ["planned"] = true });
        c.Vote("leader1");
        c.When(Numbered(c));
        var late = Numbered(c);
        c.When(new Revoke("leader2", "fraud"));

        Assert.DoesNotContain(c.When(late), e => e is PermitsIssued);
        Assert.DoesNotContain(c.A.Duties, duty => duty is NumberPermits);
        Assert.Equal(Status.Revoked, c.A.Status);
    }

    [Fact]
    public void What_has_a_permit_is_not_withdrawn()
    {
        var c = Ordered();
        c.When(Numbered(c));

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Withdraw(null)).Code);
    }

    [Fact]
    public void Once_a_permit_is_out_the_application_is_not_returned_because_it_could_lapse_and_leave_the_permit_standing()
    {
        var c = Ordered();
        c.When(Numbered(c));
        c.When(new MakeRequest("completion", null));

        Assert.Equal("/decision", c.Refused(c.Ballot("office1", Decision.Return)).Faults.Single().Pointer);
    }
}
