using System.Text.Json.Nodes;

namespace Subsidy.EndToEnd.Walking;

/// <summary>How people of the sample township get a transport subsidy.</summary>
public static class TransportSubsidy
{
    /// <summary>Stands on the sample list of monitored households; a household member of every applicant here.</summary>
    private const string Monitored = "369900197903125017";

    public static JsonObject Application(string idNumber, string? email = null) => new()
    {
        ["scheme"] = "transport-subsidy",
        ["village"] = "xishan",
        ["applicant"] = Samples.Person("赵外出", idNumber, email),
        ["household"] = new JsonArray(new JsonObject { ["name"] = "赵守家", ["idNumber"] = Monitored, ["relation"] = "父亲" }),
        ["payee"] = new JsonObject { ["name"] = "赵外出", ["account"] = "6222020000000000000", ["bank"] = "农村商业银行" },
        ["answers"] = new JsonObject
        {
            ["destination"] = "otherProvince",
            ["workplace"] = "浙江省宁波市北仑区某工业园",
            ["employer"] = "某机械厂",
            ["leftOn"] = "2026-02-20",
            ["monthsWorked"] = 6,
            ["organisedTransport"] = false,
        },
    };

    public static (string Kind, byte[] Content, string Name)[] Papers() =>
    [
        ("idCopy", Samples.Pdf("id"), "身份证.pdf"),
        ("proofOfWork", Samples.Pdf("work"), "合同.pdf"),
        ("bankCard", Samples.Jpeg(), "银行卡.jpg"),
    ];

    public static Task<Filed> SubmitAsync(Township township, string? idNumber = null, string? email = null) =>
        township.SubmitAsync(Application(idNumber ?? Samples.NewIdNumber(), email), Papers());

    public static void VillageChecklist(JsonObject body) => body["checklist"] = new JsonArray("known", "away", "notTwice");

    public static Task<JsonObject> VillageCheckAsync(Township township, Filed filed) =>
        township.DecideAsync(filed, "approve", VillageChecklist);

    public static Task<JsonObject> TownshipReviewAsync(Township township, Filed filed) =>
        township.DecideAsync(filed, "approve", body => body["checklist"] = new JsonArray("papers", "account"));

    public static Task<JsonObject> CountyReviewAsync(Township township, Filed filed) =>
        township.DecideAsync(filed, "approve", body => body["measurements"] = new JsonObject
        {
            ["calledOn"] = "2026-11-20", ["spokeWith"] = "worker", ["confirmed"] = true,
        });

    /// <summary>One who has been granted it, and waits for the money.</summary>
    public static async Task<Filed> GrantedAsync(Township township)
    {
        var filed = await SubmitAsync(township);
        await GrantAsync(township, [filed]);
        return filed;
    }

    /// <summary>All of them walk side by side, so that each notice is waited for once.</summary>
    public static async Task GrantAsync(Township township, IReadOnlyList<Filed> all)
    {
        foreach (var (step, notice) in new (Func<Township, Filed, Task<JsonObject>>, string)[] { (VillageCheckAsync, "P8D"), (TownshipReviewAsync, "P6D"), (CountyReviewAsync, "P6D") })
        {
            foreach (var filed in all)
                await step(township, filed);
            foreach (var filed in all)
                await township.UntilAsync(filed, "onNotice");
            await township.PassAsync(notice);
        }
        foreach (var filed in all)
            await township.UntilAsync(filed, "awaitingFunds");
    }
}
