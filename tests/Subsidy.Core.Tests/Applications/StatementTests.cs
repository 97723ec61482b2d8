using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Properties;
using Subsidy.Core.Township;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Somebody was shown what a household was paid: each application that was shown keeps it on record, and nothing else becomes of it.</summary>
public class StatementTests
{
    private static readonly TownshipRegister Township = SampleTownship.Register with
    {
        Staff = [.. SampleTownship.Register.Staff, SampleTownship.Person("audits1", Roles.Auditor, Area.Township)],
    };

    private static Case Asked() =>
        new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000")) { Township = Township }.Accepted();

    private static Case PaidOut()
    {
        var c = Asked();
        c.Vote("clerk1");
        c.Vote("office1");
        var owed = c.A.Entitlement!;
        foreach (var (state, change) in new[] { (PositionState.Reserved, 1), (PositionState.Committed, 2), (PositionState.Paid, 3) })
        {
            c.When(new HearFunds(new FundReport(
                owed.Id, new FundKey(owed.Fund, 2026), state, owed.Amount, state is PositionState.Reserved ? null : "run-1", 1, null, owed.Number, change)));
        }
        c.Settle();
        Assert.True(c.A.Final);
        return c;
    }

    [Theory]
    [InlineData("prepares1")]
    [InlineData("approves1")]
    [InlineData("audits1")]
    public void Whoever_was_shown_the_payments_is_on_record_though_the_application_is_finished(string staff)
    {
        var c = PaidOut();

        Assert.Equal(new StatementDrawn(staff, 2026), Assert.Single(c.When(new DrawStatement(staff, 2026))));
        Assert.Equal((ActorKind.Staff, staff), (c.Stream[^1].Actor.Kind, c.Stream[^1].Actor.Id));
    }

    [Fact]
    public void Nothing_else_becomes_of_the_application_by_it()
    {
        foreach (var c in new[] { Asked(), PaidOut() })
        {
            var before = c.A;
            c.Now = c.Now.AddHours(1);

            c.When(new DrawStatement("audits1", 2026));

            Assert.Equal(before.Version + 1, c.A.Version);
            Assert.Equal(Stored.Text(before with { Version = c.A.Version, UpdatedAt = c.Now }), Stored.Text(c.A));
            Assert.Equal(Timing.NextDeadline(before), Timing.NextDeadline(c.A));
        }
    }

    [Fact]
    public void A_decision_that_was_shown_before_still_counts()
    {
        var c = Asked();
        var ballot = c.Ballot("clerk1");

        c.When(new DrawStatement("prepares1", 2026));

        Assert.Contains(c.When(ballot), e => e is Voted);
    }

    [Fact]
    public void Two_look_ups_are_two_even_by_the_same_person_at_the_same_moment()
    {
        var c = PaidOut();
        c.When(new DrawStatement("prepares1", 2026));
        c.When(new DrawStatement("prepares1", 2026));

        Assert.Equal(2, c.Stream.Count(recorded => recorded.Event is StatementDrawn));
    }

    [Theory]
    [InlineData("clerk1")]
    [InlineData("office1")]
    [InlineData("admin1")]
    [InlineData("nobody")]
    public void It_is_for_the_finance_office_and_for_auditors(string staff) =>
        Assert.Equal(RefusalCode.NotAllowed, PaidOut().Refused(new DrawStatement(staff, 2026)).Code);

    [Fact]
    public void What_nobody_has_submitted_has_nothing_to_show()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat), Pay()).Paying("60000")) { Township = Township };
        c.When(new OpenDraft(Case.Id, SampleTownship.Village, "zh", "print"));

        Assert.Equal(RefusalCode.NotFound, c.Refused(new DrawStatement("audits1", 2026)).Code);
    }
}
