using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Subsidy.EndToEnd.Walking;

/// <summary>How a household of the sample township builds a house, on building land that needs no conversion.</summary>
public static partial class HousingPermit
{
    public static JsonObject Application() => new()
    {
        ["scheme"] = "housing-permit",
        ["village"] = "beitang",
        ["applicant"] = Household(Samples.NewIdNumber()),
        ["household"] = new JsonArray(new JsonObject { ["name"] = "周家人", ["idNumber"] = Samples.NewIdNumber(), ["relation"] = "妻子" }),
        ["answers"] = new JsonObject
        {
            ["group"] = "三组", ["reason"] = "newHousehold", ["soldOrGivenAway"] = false, ["existingArea"] = 0,
            ["homesteadArea"] = 118.5, ["footprint"] = 100, ["address"] = "北塘村三组村道北侧",
            ["boundaryEast"] = "村道", ["boundarySouth"] = "水渠", ["boundaryWest"] = "刘家", ["boundaryNorth"] = "山脚",
            ["landType"] = "construction", ["floors"] = 3, ["height"] = 10.5, ["neighboursAsked"] = true,
        },
    };

    public static (string Kind, byte[] Content, string Name)[] Papers() =>
    [
        ("idCopy", Samples.Pdf(), "id.pdf"), ("householdRegister", Samples.Pdf(), "hukou.pdf"), ("siteSketch", Samples.Jpeg(), "sketch.jpg"),
        ("neighbourConsent", Samples.Pdf(), "neighbours.pdf"), ("commitment", Samples.Pdf(), "commitment.pdf"),
    ];

    public static async Task ToThePermitAsync(Township township, Filed filed)
    {
        await TwiceAsync(township, filed, Checklist("minutes", "concerned"), 1, new JsonObject
        {
            ["heldOn"] = "2026-11-01", ["households"] = 30, ["present"] = 22, ["inFavour"] = 20,
        });
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P8D");
        await TwiceAsync(township, filed, Checklist("members", "oneHomestead", "boundaries"), 0, null);
        await TwiceAsync(township, filed, Checklist("eligible", "plan", "redLines"), 2, new JsonObject { ["area"] = 118.5, ["barrenHill"] = false });
        for (var office = 0; office < 3; office++)
            await township.DecideAsync(filed);
        await township.DecideAsync(filed);
    }

    public static async Task SettingOutAsync(Township township, Filed filed)
    {
        using var request = await township.AsApplicantAsync(filed, "requests", new JsonObject { ["request"] = "settingOut" });
        await Township.TakenAsync(request);
        await TwiceAsync(township, filed, Checklist("corners", "board"), 2, new JsonObject { ["area"] = 118.5, ["footprint"] = 100 });
    }

    public static async Task CompletionAsync(Township township, Filed filed)
    {
        using var request = await township.AsApplicantAsync(filed, "requests", new JsonObject { ["request"] = "completion" });
        await Township.TakenAsync(request);
        var measured = new JsonObject { ["area"] = 118.5, ["footprint"] = 100, ["floors"] = 3, ["height"] = 10.4, ["oldReturned"] = true };
        await township.DecideAsync(filed, "approve", body => body["measurements"] = measured, Samples.Jpeg(), Samples.Jpeg());
        await township.DecideAsync(filed);
        await township.DecideAsync(filed);
    }

    public static async Task<IReadOnlyList<string>> PermitNumbersAsync(Township township, Filed filed)
    {
        var status = await township.StatusAsync(filed);
        return [.. Number().Matches(status.ToJsonString()).Select(match => match.Value).Distinct()];
    }

    /// <summary>Two people: the first records, the second confirms.</summary>
    private static async Task TwiceAsync(Township township, Filed filed, Action<JsonObject> checklist, int photos, JsonObject? measured)
    {
        await township.DecideAsync(
            filed, "approve", body => { checklist(body); if (measured is not null) body["measurements"] = measured; },
            [.. Enumerable.Range(0, photos).Select(_ => Samples.Jpeg())]);
        await township.DecideAsync(filed, "approve", checklist);
    }

    private static Action<JsonObject> Checklist(params string[] keys) =>
        body => body["checklist"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]);

    private static JsonObject Household(string idNumber)
    {
        var applicant = Samples.Person("周建房", idNumber);
        applicant["kind"] = "household";
        return applicant;
    }

    [GeneratedRegex("(ZJD|XCGH)[-0-9A-Z]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
