using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class EndingTests
{
    private static readonly Scheme Scheme = Of(Review("village", Gate.Village, VillageSeat), Notice("notice"), Pay()).Paying("60000").OncePerHousehold();

    [Fact]
    public void A_withdrawal_ends_the_application_frees_its_claims_and_calls_off_its_reviewers()
    {
        var c = new Case(Scheme).Accepted();
        var late = c.Ballot("clerk1");

        Assert.IsType<Withdrawn>(Assert.Single(c.When(new Withdraw("moved away"))));

        Assert.True(c.A.Final);
        Assert.Contains(c.A.Duties, duty => duty is ReleaseClaims);
        Assert.DoesNotContain(c.Mails, mail => mail.Staff is not null);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(late).Code);
        Assert.Null(Timing.NextDeadline(c.A));
    }

    [Fact]
    public void A_second_withdrawal_changes_nothing()
    {
        var c = new Case(Scheme).Accepted();
        c.When(new Withdraw(null));

        Assert.Empty(c.When(new Withdraw(null)));
    }

    [Fact]
    public void What_has_been_rejected_is_not_withdrawn()
    {
        var c = new Case(Scheme).Accepted();
        c.Vote("clerk1", Decision.Reject);

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Withdraw(null)).Code);
    }

    [Fact]
    public void A_withdrawal_while_an_objection_is_open_ends_the_notice_too()
    {
        var c = new Case(Scheme).Accepted();
        c.Vote("clerk1");
        c.When(new RaiseObjection("a", "李四", "13900000000", "he has a house"));
        c.When(new Withdraw(null));

        Assert.Equal(RefusalCode.Expired, c.Refused(new RaiseObjection("b", "王五", "13900000001", "me too")).Code);
        Assert.Empty(c.A.Assignments);
    }

    [Fact]
    public void A_revocation_needs_a_decision_to_revoke_a_reason_and_someone_charged_with_it()
    {
        var c = new Case(Scheme).Accepted();
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Revoke("leader1", "fraud")).Code);
        c.Vote("clerk1");
        c.PassUntil<EntitlementGranted>();

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new Revoke("office1", "fraud")).Code);
        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new Revoke("nobody", "fraud")).Code);
        Assert.Equal("/reason", c.Refused(new Revoke("leader1", "")).Faults.Single().Pointer);
        Assert.Collection(c.When(new Revoke("leader1", "fraud")),
            e => Assert.IsType<EntitlementCancelled>(e),
            e => Assert.Equal(("leader1", "fraud"), (Assert.IsType<Revoked>(e).Staff, ((Revoked)e).Reason)));
        Assert.Equal(Status.Revoked, c.A.Status);
        Assert.Contains(c.A.Duties, duty => duty is ReleaseClaims);
    }

    [Fact]
    public void A_revoked_decision_is_not_revoked_again()
    {
        var c = new Case(Of(Review("leader", Gate.Leader, LeaderSeat), Issue("issue", Expression.Parse("true")))).Accepted();
        c.Vote("leader1");
        c.Settle();
        c.When(new Revoke("leader2", "fraud"));

        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(new Revoke("leader2", "fraud")).Code);
    }
}
