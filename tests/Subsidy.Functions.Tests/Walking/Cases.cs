using System.Text.Json.Nodes;
using Subsidy.Core.Tests.Schemes;

namespace Subsidy.Functions.Tests.Walking;

/// <summary>An application of each shipped scheme, and what is measured on its way.</summary>
internal static class Cases
{
    /// <summary>Of someone who wants mail.</summary>
    public static Case Transport(RunningHead head, string id = "k7qm3wxtpb9c")
    {
        var form = Applicants.Transport();
        return new Case(head, "transport-subsidy", "dongshan", form with { Applicant = form.Applicant with { Email = "zhang@example.org" } }, Measured(
            ("countyReview", """{"calledOn":"2026-03-20","spokeWith":"worker","confirmed":true}"""))) { Id = id };
    }

    public static Case Relief(RunningHead head) => new(head, "relief-fund", "xishan", Applicants.Relief(), Measured(
        ("survey", """{"people":2,"months":2,"factor":1,"helper":"徐建国","findings":"厨房烧毁，一家两口暂住亲戚家。"}""")));

    public static Case Emergency(RunningHead head) => new(head, "relief-fund", "xishan", Applicants.Relief("emergency", "accident"), Measured(
        ("emergencyApproval", """{"people":2,"months":1,"factor":1,"handover":"transfer"}"""))) { PapersLater = true };

    public static Case House(RunningHead head) => new(head, "housing-permit", "nanqiao", Applicants.Housing(), Measured(
        ("groupMeeting", """{"heldOn":"2026-03-01","households":30,"present":22,"inFavour":20}"""),
        ("conversion", """{"number":"样例转用〔2026〕1号","approvedOn":"2026-03-09","area":118.5}"""),
        ("firstVisit", """{"area":118.5,"barrenHill":false}"""),
        ("settingOut", """{"area":118.5,"footprint":100}"""),
        ("completion", """{"area":118.5,"footprint":100,"floors":3,"height":10.5,"oldReturned":true}""")));

    private static Dictionary<string, JsonObject> Measured(params (string Step, string Json)[] steps) =>
        steps.ToDictionary(step => step.Step, step => Applicants.Json(step.Json));
}
