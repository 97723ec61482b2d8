using System.Text;
using System.Text.Json.Nodes;

namespace Subsidy.Local.Demo;

/// <summary>Sound forms for the three schemes, and something to hand in with them.</summary>
internal sealed class DemoForms(DemoPeople people, TimeProvider time)
{
    /// <summary>Stands on the sample list of monitored households.</summary>
    private const string Monitored = "369900197903125017";

    private static readonly string[] Destinations = ["otherProvince", "shaanxiNingxia", "otherCity", "otherCounty"];
    private int turn;

    public (JsonObject Application, string[] Papers) Transport()
    {
        var (applicant, village) = people.Next("person");
        return (Application("transport-subsidy", applicant, village, new JsonObject
        {
            ["destination"] = Destinations[turn++ % Destinations.Length],
            ["workplace"] = "浙江省宁波市北仑区样例工业园",
            ["employer"] = "样例机械厂",
            ["leftOn"] = Day(-200),
            ["monthsWorked"] = 3 + (turn % 6),
            ["organisedTransport"] = false,
        }, new JsonObject { ["name"] = "家人", ["idNumber"] = Monitored, ["relation"] = "父亲" }, payee: true),
            ["idCopy", "proofOfWork", "bankCard"]);
    }

    public (JsonObject Application, string[] Papers) Relief(string kind, string cause = "fire")
    {
        var (applicant, village) = people.Next("person");
        return (Application("relief-fund", applicant, village, new JsonObject
        {
            ["kind"] = kind,
            ["cause"] = cause,
            ["happenedOn"] = Day(-5),
            ["situation"] = "家中遭遇变故，粮食和被褥受损，眼下生活困难。",
            ["address"] = "三组12号",
            ["residence"] = "registered",
            ["monthlyIncome"] = 640,
            ["costs"] = 7600,
            ["otherHelp"] = false,
        }, people.Relative("配偶"), payee: true),
            kind == "emergency" ? [] : ["idCopy", "householdRegister", "proof", "authorisation", "bankCard"]);
    }

    public (JsonObject Application, string[] Papers) Housing(string landType = "construction", int floors = 2)
    {
        var (applicant, village) = people.Next("household");
        return (Application("housing-permit", applicant, village, new JsonObject
        {
            ["group"] = "二组", ["reason"] = "newHousehold", ["soldOrGivenAway"] = false, ["existingArea"] = 0,
            ["homesteadArea"] = 116, ["footprint"] = 98, ["address"] = "二组村道东侧",
            ["boundaryEast"] = "山脚", ["boundarySouth"] = "水渠", ["boundaryWest"] = "村道", ["boundaryNorth"] = "邻居院墙",
            ["landType"] = landType, ["barrenHill"] = landType == "unused" ? false : null, ["floors"] = floors, ["height"] = 3.4 * floors, ["neighboursAsked"] = true,
        }, people.Relative("配偶"), payee: false),
            ["idCopy", "householdRegister", "siteSketch", "neighbourConsent", "commitment"]);
    }

    /// <summary>A page that a PDF reader shows as empty.</summary>
    public static byte[] Paper(string kind, int number) => Encoding.ASCII.GetBytes(
        $"%PDF-1.4\n% {kind} {number}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    /// <summary>The smallest picture that is one by its first bytes.</summary>
    public static byte[] Photo(int number) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xFE, 0, 4, (byte)number, 0, 0xFF, 0xD9];

    private static JsonObject Application(
        string scheme, JsonObject applicant, string village, JsonObject answers, JsonObject relative, bool payee)
    {
        var application = new JsonObject
        {
            ["scheme"] = scheme, ["village"] = village, ["applicant"] = applicant, ["household"] = new JsonArray(relative), ["answers"] = answers,
        };
        if (payee)
            application["payee"] = new JsonObject { ["name"] = applicant["name"]!.DeepClone(), ["account"] = Passbook(applicant), ["bank"] = "青溪农商银行" };
        return application;
    }

    /// <summary>Everybody has a passbook of their own: two households with one account would be flagged before they are paid.</summary>
    private static string Passbook(JsonObject applicant) => string.Concat("3690", ((string)applicant["idNumber"]!).AsSpan(6, 11));

    private string Day(int days) =>
        DateOnly.FromDateTime(time.GetUtcNow().AddDays(days).UtcDateTime).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
