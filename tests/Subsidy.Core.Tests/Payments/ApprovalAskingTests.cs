using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Payments;

/// <summary>Who is asked to approve a run, when again, and what happens when mails do not go through.</summary>
public sealed class ApprovalAskingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly PayRunId Id = new(new FundKey("relief", 2026), 1);
    private static readonly AskApprovers Ask = new(Now.AddMinutes(5), Now.AddDays(2));
    private static readonly PayRunEvent[] Prepared =
    [
        new RunOpened(new DateOnly(2026, 3, 31), new Debtor("样例镇财政所", "36990001", new FinancialInstitution("样例银行")), "prepares1"),
        new LinesCollected(1, 3), new PayeesLookedUp(), new RunPrepared(Of(3)),
    ];
    private static readonly PayRunEvent[] Named = [.. Prepared, new ApproversNamed(["approves1"], false, Ask.RemindAt), new AskingTaken(Ask.Until)];
    private static readonly PayRunEvent[] Asked = [.. Named, new ApproverAsked("approves1", "m1")];
    private static readonly PayRunEvent[] Nobody = [.. Prepared, new ApproversNamed([], false, null)];

    [Fact]
    public void Everybody_who_may_approve_is_asked_and_who_prepared_is_not_in_whatever_name()
    {
        var staff = With(
            Holder("approves2", Area.County), Holder("villager", Area.Village), Holder("prepares1", Area.Township),
            Holder("alias", Area.Township) with { Person = SampleTownship.KeyOf("prepares1") },
            Holder("approves3", Area.Township) with { Person = SampleTownship.KeyOf("approves1") });
        Then(When(Prepared, Ask, staff: staff), new ApproversNamed(["approves1", "approves2"], false, Ask.RemindAt), new AskingTaken(Ask.Until));
        Assert.All(["villager", "alias", "prepares1"], id => Assert.Equal(
            RefusalCode.NotAllowed, PayRunDecider.Decide(Run(Prepared), new ApproveRun(id, "digest"), staff, Now).Refusal!.Code));
    }

    [Fact]
    public void While_somebody_sends_the_mails_nobody_else_does_and_when_they_have_died_another_takes_it_up()
    {
        Then(When(Named, Ask));
        var later = Now.AddMinutes(5);
        Then(When(Named, Ask with { Until = later.AddMinutes(5) }, later), new AskingTaken(later.AddMinutes(5)));
        Then(When(Named, new RecordAsked("approves1", "m1")), new ApproverAsked("approves1", "m1"));
        Then(When(Asked, new RecordAsked("approves1", "m2")));
        Then(When(Asked, Ask, later));
    }

    [Fact]
    public void Nobody_is_asked_to_approve_nothing_or_what_is_decided()
    {
        PayRunEvent[] empty = [.. Prepared[..^1], new RunPrepared(Of(0))];
        Then(When(empty, Ask));
        Then(When([.. Prepared, new RunApproved("approves1", "digest")], Ask));
        Then(When([.. Named, new RunApproved("approves1", "digest")], new RecordNotAsked("approves1", "unavailable")));
    }

    [Fact]
    public void A_mail_that_fails_is_tried_at_ever_longer_intervals_is_told_after_a_while_and_given_up_in_the_end()
    {
        var time = new FakeTimeProvider(Now);
        PayRunEvent[] stream = [.. Named];
        for (var attempt = 1; attempt <= 36; attempt++)
        {
            var failed = Assert.IsType<ApproverNotAsked>(Assert.Single(When(stream, new RecordNotAsked("approves1", "unavailable"), time.GetUtcNow()).Events).Event);
            Assert.Equal((attempt, attempt >= 6, attempt == 36), (failed.Attempts, failed.Stuck, failed.NotBefore is null));
            stream = [.. stream, failed];
            if (failed.NotBefore is not { } next)
                break;
            Assert.True(next > time.GetUtcNow());
            Assert.False(Run(stream)!.Asking!.Approvers[0].IsDue(next.AddSeconds(-1)));
            time.SetUtcNow(next);
            Assert.True(Run(stream)!.Asking!.Approvers[0].IsDue(next));
        }
        Assert.Equal(AskedState.Unreached, Run(stream)!.Asking!.Approvers[0].State);
        Then(When(stream, new RecordNotAsked("approves1", "unavailable"), time.GetUtcNow()));
    }

    [Fact]
    public void Who_has_lost_the_role_is_not_tried_again()
    {
        var failed = When(Named, new RecordNotAsked("approves1", "no-recipient"), staff: SampleTownship.Without("approves1"));
        Then(failed, new ApproverNotAsked("approves1", "no-recipient", 1, null, false));
    }

    [Fact]
    public void Without_a_decision_they_are_asked_once_more_and_then_no_more()
    {
        Then(When(Asked, Ask, Now.AddDays(2).AddSeconds(-1)));
        var reminded = When(Asked, Ask, Now.AddDays(2));
        Then(reminded, new ApproversNamed(["approves1"], true, null), new AskingTaken(Ask.Until));
        var asking = reminded.Run!.Asking!;
        Assert.NotEqual(Run(Asked)!.Asking!.MailTo(Id, "approves1"), asking.MailTo(Id, "approves1"));
        Assert.Equal(Id, Asking.RunOf(asking.MailTo(Id, "approves1")));
        PayRunEvent[] again = [.. Asked, .. reminded.Events.Select(recorded => recorded.Event), new ApproverAsked("approves1", "m2")];
        Then(When(again, Ask, Now.AddDays(90)));
    }

    [Fact]
    public void When_nobody_may_approve_that_is_said_once_and_the_run_waits_for_the_register()
    {
        var none = SampleTownship.Without("approves1");
        Then(When(Prepared, Ask, staff: none), new ApproversNamed([], false, null));
        Then(When(Nobody, Ask, staff: none));
        Then(When(Nobody, Ask), new ApproversNamed(["approves1"], false, Ask.RemindAt), new AskingTaken(Ask.Until));
        // Who was asked has left in the meantime: that comes out when they would be reminded.
        Then(When(Asked, Ask, Now.AddDays(2), none), new ApproversNamed([], false, null));
    }

    [Fact]
    public void A_mail_that_came_back_is_noted_once()
    {
        var mail = Run(Asked)!.Asking!.MailTo(Id, "approves1");
        Then(When(Asked, new RecordReturnedMail(mail, "bounce")), new ApprovalMailReturned("approves1", "bounce"));
        Then(When([.. Asked, new ApprovalMailReturned("approves1", "bounce")], new RecordReturnedMail(mail, "bounce")));
        Then(When(Asked, new RecordReturnedMail(mail + "x", "bounce")));
    }

    [Theory]
    [InlineData("k7qm3wxtpb9c-4-mail-applicant")]
    [InlineData("relief-2026-0001")]
    [InlineData("-mail-")]
    [InlineData("")]
    public void What_is_no_mail_of_a_run_is_none(string mail) => Assert.Null(Asking.RunOf(mail));

    private static StaffMember Holder(string id, Area area) =>
        SampleTownship.Person(id, Roles.FinanceApprover, area, area is Area.Village ? SampleTownship.Village : null);

    private static TownshipRegister With(params StaffMember[] more) =>
        SampleTownship.Register with { Staff = [.. SampleTownship.Register.Staff.Where(one => more.All(other => other.Id != one.Id)), .. more] };

    private static Preparation Of(int count) =>
        new(new Total(count, Money.FromYuan(100 * count)), new Dictionary<Exclusion, Total>(), new Dictionary<string, Total>(), null, "digest");

    private static PayRun? Run(PayRunEvent[] given) =>
        PayRunFold.Fold(Id, given.Select((e, i) => new PayRunRecorded(i + 1, Now, Actor.Engine, e)));

    private static PayRunDecided When(PayRunEvent[] given, PayRunCommand command, DateTimeOffset? at = null, TownshipRegister? staff = null) =>
        PayRunDecider.Decide(Run(given), command, staff ?? SampleTownship.Register, at ?? Now);

    private static void Then(PayRunDecided decided, params PayRunEvent[] events)
    {
        Assert.Null(decided.Refusal);
        Assert.Equivalent(events, decided.Events.Select(recorded => recorded.Event), strict: true);
    }
}
