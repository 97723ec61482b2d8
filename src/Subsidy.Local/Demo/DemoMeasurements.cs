using System.Text.Json.Nodes;

namespace Subsidy.Local.Demo;

/// <summary>What the sample schemes have measured, in a case where all is well.</summary>
internal static class DemoMeasurements
{
    public static JsonObject Of(string step) => (JsonObject)JsonNode.Parse(step switch
    {
        "countyReview" => """{"calledOn":"2026-10-12","spokeWith":"worker","confirmed":true}""",
        "emergencyApproval" => """{"people":2,"months":1,"factor":1,"handover":"pettyCash"}""",
        "survey" => """{"people":2,"months":1,"factor":1.5,"helper":"村干部","findings":"入户核实，情况属实，家中生活确有困难。"}""",
        "groupMeeting" => """{"heldOn":"2026-09-20","households":30,"present":24,"inFavour":22}""",
        "conversion" => """{"number":"样例转用〔2026〕3号","approvedOn":"2026-10-15","area":120}""",
        "firstVisit" => """{"area":116,"barrenHill":false}""",
        "countyPlanning" => """{"number":"样例规划2026-12","approvedOn":"2026-10-30"}""",
        "settingOut" => """{"area":116,"footprint":98}""",
        "completion" => """{"area":116,"footprint":98,"floors":2,"height":6.8,"oldReturned":true}""",
        _ => throw new InvalidOperationException($"The demonstration does not know what step {step} measures."),
    })!;
}
