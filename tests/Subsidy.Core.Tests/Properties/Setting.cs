using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Tests.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Properties;

/// <summary>What a random walk starts from.</summary>
/// <param name="Forms">The first is handed in; an answer to a return may bring any of them.</param>
/// <param name="Measurements">What an honest reviewer records, by step.</param>
internal sealed record Setting(
    Scheme Scheme, TownshipRegister Township, string Village, IReadOnlyList<Form> Forms, IReadOnlyDictionary<string, JsonObject> Measurements)
{
    /// <summary>What a re-check may find: that all is as before, that more or less is owed, or nothing, or that a check does not hold.</summary>
    public IReadOnlyList<JsonObject> Anew { get; init; } = [];

    public override string ToString() => $"{Scheme.Id}: {string.Join(" → ", Scheme.Route.Select(step => step.Key))}";

    public static IReadOnlyList<Setting> Shipped { get; } =
    [
        Of("transport-subsidy", "dongshan", [Applicants.Transport(), Applicants.Transport().With("destination", "\"otherCity\"")],
            ("countyReview", """{"calledOn":"2026-04-20","spokeWith":"worker","confirmed":true}""")),
        Of("relief-fund", "xishan", [Applicants.Relief(), Applicants.Relief("emergency"), Applicants.Relief(cause: "illness")],
            ("emergencyApproval", """{"people":2,"months":2,"factor":1,"handover":"transfer"}"""),
            ("survey", """{"people":2,"months":2,"factor":1,"helper":"徐建国","findings":"厨房烧毁，一家两口暂住亲戚家。"}""")),
        Of("relief-fund", "beitang", [Applicants.Relief("emergency"), Applicants.Relief()],
            ("emergencyApproval", """{"people":2,"months":2,"factor":1,"handover":"transfer"}"""),
            ("survey", """{"people":1,"months":1,"factor":1,"helper":"徐建国","findings":"厨房烧毁，一家两口暂住亲戚家。"}""")),
        Of("housing-permit", "nanqiao", [Applicants.Housing().With("landType", "\"construction\""), Applicants.Housing(), Applicants.Housing().With("floors", "4")],
            ("groupMeeting", """{"heldOn":"2026-03-05","households":30,"present":22,"inFavour":20}"""),
            ("conversion", """{"number":"样例转用〔2026〕1号","approvedOn":"2026-04-01","area":118.5}"""),
            ("firstVisit", """{"area":118.5,"barrenHill":false}"""),
            ("countyPlanning", """{"number":"样例规划2026-7","approvedOn":"2026-05-01"}"""),
            ("settingOut", """{"area":118.5,"footprint":100}"""),
            ("completion", """{"area":118.5,"footprint":100,"floors":3,"height":10.5,"oldReturned":true}""")),
    ];

    /// <summary>
    /// Paid every month until somebody stops it, so much as the income leaves open; what must be paid back is kept back from later months.
    /// </summary>
    public static Setting Monthly { get; } = Recurring(Schedule.Monthly);

    public static Setting PerSemester { get; } = Recurring(Schedule.Semester);

    private static Setting Recurring(Schedule schedule) => Of(SampleSchemes.Of(
        SampleSchemes.Review("office", Gate.Township, SampleSchemes.OfficeSeat).Earning() with
        {
            Checks = [new Check("poor", new Text("低收入", "poor"), Expression.Parse("measured.office.income <= 75000"), Blocks: true)],
        },
        SampleSchemes.Pay())
        .Paying("max(0, 70001 - measured.office.income)", schedule, periods: 30, offset: 40).Rechecked(3).Remeasuring("office")) with
    {
        Measurements = new Dictionary<string, JsonObject> { ["office"] = Income(10_000) },
        Anew = [Income(10_000), Income(10_000), Income(0), Income(25_000), Income(69_999), Income(70_001), Income(80_000)],
    };

    /// <summary>A route of any steps that a scheme file could hold, with the sample township's few people.</summary>
    public static Setting Sample(IReadOnlyList<Step> route) =>
        Of(SampleSchemes.Of([.. route]).Paying("answers.big ? 500000 : 60000").OncePerHousehold());

    private static JsonObject Income(int fen) => new() { ["income"] = fen };

    private static Setting Of(Scheme scheme) => new(
        scheme, SampleTownship.Register, SampleTownship.Village,
        [
            Case.FormWith(new JsonObject { ["big"] = false, ["planned"] = true }),
            Case.FormWith(new JsonObject { ["big"] = true, ["planned"] = false }),
        ],
        scheme.Route.ToDictionary(step => step.Key, _ => new JsonObject { ["area"] = 100 }));

    private static Setting Of(string scheme, string village, IReadOnlyList<Form> forms, params (string Step, string Json)[] measured) => new(
        Repository.Scheme(scheme), Repository.Township.Register!, village, forms,
        measured.ToDictionary(step => step.Step, step => Applicants.Json(step.Json)));
}
