using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

public sealed class WalkTests
{
    private static Dictionary<string, JsonObject> Measured(params (string Step, string Json)[] steps) =>
        steps.ToDictionary(step => step.Step, step => Applicants.Json(step.Json));

    private static Walk Transport(string village = "dongshan") => new(
        Repository.Scheme("transport-subsidy"), Applicants.Transport(), village,
        Measured(("countyReview", """{"calledOn":"2026-04-20","spokeWith":"worker","confirmed":true}""")));

    private static Walk Relief(string kind, string cause, int people, decimal factor = 1) => new(
        Repository.Scheme("relief-fund"), Applicants.Relief(kind, cause), "xishan",
        Measured(
            ("emergencyApproval", $$"""{"people":{{people}},"months":1,"factor":{{factor}},"handover":"transfer"}"""),
            ("survey", $$"""{"people":{{people}},"months":1,"factor":{{factor}},"helper":"徐建国","findings":"厨房烧毁，一家两口暂住亲戚家。"}""")));

    private static Walk Housing(Form form, decimal completed = 118.5m) => new(
        Repository.Scheme("housing-permit"), form, "nanqiao",
        Measured(
            ("groupMeeting", """{"heldOn":"2026-03-05","households":30,"present":22,"inFavour":20}"""),
            ("conversion", """{"number":"样例转用〔2026〕1号","approvedOn":"2026-04-01","area":118.5}"""),
            ("firstVisit", """{"area":118.5,"barrenHill":false}"""),
            ("countyPlanning", """{"number":"样例规划2026-7","approvedOn":"2026-05-01"}"""),
            ("settingOut", """{"area":118.5,"footprint":100}"""),
            ("completion", $$"""{"area":{{completed}},"footprint":100,"floors":3,"height":10.5,"oldReturned":true}""")));

    private static void NobodyActsInTwoGates(Application a) =>
        Assert.All(a.Acts.GroupBy(act => act.Staff), acts => Assert.Single(acts.Select(act => act.Gate).Distinct()));

    [Theory]
    [InlineData("dongshan")]
    [InlineData("xishan")]
    [InlineData("nanqiao")]
    [InlineData("beitang")]
    public void A_transport_subsidy_walks_to_the_fund_in_every_village(string village)
    {
        var walk = Transport(village).Until();
        Assert.Equal(["villageCheck", "villageNotice", "townshipReview", "townshipNotice", "countyReview", "countyNotice"], walk.Passed);
        Assert.Equal(new Money(60000), walk.Case.A.Entitlement!.Amount);
        Assert.Equal(Status.AwaitingFunds, walk.Case.A.Status);
        NobodyActsInTwoGates(walk.Case.A);
    }

    [Fact]
    public void An_expenditure_within_the_townships_limit_needs_no_county()
    {
        var walk = Relief("expenditure", "fire", people: 2).Until();
        Assert.Equal(["survey", "notice", "townshipReview"], walk.Passed);
        Assert.Equal(new Money(2 * 78500), walk.Case.A.Entitlement!.Amount);
        NobodyActsInTwoGates(walk.Case.A);
    }

    [Fact]
    public void An_expenditure_above_it_goes_to_the_county_and_is_capped_at_ten_standards()
    {
        var walk = Relief("expenditure", "fire", people: 2, factor: 1.5m).Until();
        Assert.Equal(["survey", "notice", "townshipReview", "countyReview"], walk.Passed);
        Assert.Equal(new Money(235500), walk.Case.A.Entitlement!.Amount); // 2 × 1 × 785 × 1.5
        Assert.Equal(new Money(785000), Relief("emergency", "flood", people: 9, factor: 3).Until().Case.A.Entitlement!.Amount);
    }

    [Fact]
    public void An_illness_is_never_posted()
    {
        var walk = Relief("expenditure", "illness", people: 2).Until();
        Assert.Equal(["survey", "townshipReview"], walk.Passed);
        Assert.DoesNotContain(walk.Case.Stream, recorded => recorded.Event is NoticePosted);
    }

    [Fact]
    public void An_emergency_is_paid_first_and_checked_afterwards()
    {
        var walk = Relief("emergency", "accident", people: 2).Until("emergencyOver");
        Assert.Equal(["emergencyApproval", "payFirst"], walk.Passed);
        Assert.Equal(new Money(157000), walk.Case.A.Entitlement!.Amount);

        walk.Until();
        Assert.Equal(["emergencyApproval", "payFirst", "emergencyOver", "papers", "afterCheck"], walk.Passed);
        NobodyActsInTwoGates(walk.Case.A);
    }

    [Fact]
    public void An_emergency_that_does_not_hold_keeps_no_money()
    {
        var walk = Relief("emergency", "accident", people: 2).Until("afterCheck");
        walk.All(Decision.Reject);
        Assert.Equal("afterCheck", walk.Case.A.Rejected!.Step);
        Assert.Contains(walk.Case.Stream, recorded => recorded.Event is EntitlementCancelled);
    }

    [Fact]
    public void A_house_on_farmland_walks_through_conversion_and_three_visits()
    {
        var walk = Housing(Applicants.Housing()).Until();
        Assert.Equal(
            ["groupMeeting", "groupNotice", "committeeReview", "conversion", "firstVisit", "jointReview", "leaderApproval", "permits", "settingOut", "completion"],
            walk.Passed);
        Assert.Equal(["homesteadApproval", "planningPermit"], walk.Case.A.Permits.Select(permit => permit.Kind));
        Assert.Equal(Status.Closed, walk.Case.A.Status);
        NobodyActsInTwoGates(walk.Case.A);
    }

    [Fact]
    public void Four_floors_need_the_countys_permit_and_building_land_needs_no_conversion()
    {
        var walk = Housing(Applicants.Housing().With("landType", "\"construction\"").With("floors", "4")).Until("settingOut");
        Assert.Contains("countyPlanning", walk.Passed);
        Assert.DoesNotContain("conversion", walk.Passed);
        Assert.Equal(["homesteadApproval"], walk.Case.A.Permits.Select(permit => permit.Kind));
    }

    [Fact]
    public void A_house_larger_than_approved_cannot_be_accepted_and_must_be_put_right()
    {
        var walk = Housing(Applicants.Housing(), completed: 125).Until("completion");
        walk.Case.When(new MakeRequest("completion", null));
        walk.Case.Settle();
        var refusal = walk.Case.Refused(walk.Ballot(walk.AnyCandidate, Decision.Approve));
        Assert.Equal(["/checks/area"], refusal.Faults.Select(fault => fault.Pointer));

        walk.All(Decision.Reject);
        Assert.Equal(Status.Rectifying, walk.Case.A.Status);
    }
}
