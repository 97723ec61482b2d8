using System.Text.Json.Nodes;

namespace Subsidy.EndToEnd.Walking;

/// <summary>How people of the sample township get help from the relief fund.</summary>
public static class ReliefFund
{
    public static JsonObject Application(string kind, string idNumber) => new()
    {
        ["scheme"] = "relief-fund",
        ["village"] = "nanqiao",
        ["applicant"] = Samples.Person("孙遇灾", idNumber),
        ["household"] = new JsonArray(new JsonObject { ["name"] = "孙老爹", ["idNumber"] = Samples.NewIdNumber(), ["relation"] = "父亲" }),
        ["payee"] = new JsonObject { ["name"] = "孙遇灾", ["account"] = "6222020000000000000", ["bank"] = "农村商业银行" },
        ["answers"] = new JsonObject
        {
            ["kind"] = kind,
            ["cause"] = "fire",
            ["happenedOn"] = "2026-11-20",
            ["situation"] = "厨房起火，粮食和被褥都烧了，需要吃住。",
            ["address"] = "南桥村二组8号",
            ["residence"] = "registered",
            ["monthlyIncome"] = 620.5,
            ["costs"] = 8000,
            ["otherHelp"] = false,
        },
    };

    public static (string Kind, byte[] Content, string Name)[] Papers() =>
    [
        ("idCopy", Samples.Pdf(), "id.pdf"), ("householdRegister", Samples.Pdf(), "hukou.pdf"), ("proof", Samples.Pdf(), "proof.pdf"),
        ("authorisation", Samples.Pdf(), "consent.pdf"), ("bankCard", Samples.Jpeg(), "card.jpg"),
    ];

    /// <param name="months">With one helped person and factor 1, each month is 785 yuan.</param>
    public static async Task SurveyAsync(Township township, Filed filed, int months)
    {
        var measurements = new JsonObject
        {
            ["people"] = 1, ["months"] = months, ["factor"] = 1, ["helper"] = "村干部", ["findings"] = "情况属实，厨房烧毁，家中粮食无存。",
        };
        await township.DecideAsync(
            filed, "approve", body => { body["measurements"] = measurements.DeepClone(); Checklist(body); }, Samples.Jpeg(), Samples.Jpeg());
        await township.DecideAsync(filed, "approve", Checklist);

        static void Checklist(JsonObject body) => body["checklist"] = new JsonArray("seen", "members", "livelihood");
    }

    /// <summary>A household that was granted what the township may give alone, and waits for the money.</summary>
    public static async Task<Filed> GrantedAsync(Township township)
    {
        var filed = await township.SubmitAsync(Application("expenditure", Samples.NewIdNumber()), Papers());
        await SurveyAsync(township, filed, months: 2);
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P4D");
        await township.DecideAsync(filed);
        await township.UntilAsync(filed, "awaitingFunds");
        return filed;
    }
}
