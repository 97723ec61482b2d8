using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Subsidy.Web.Tests.Site;

/// <summary>What an applicant of the transport subsidy sends.</summary>
internal static class Calls
{
    public const string Key = "0123456789abcdef0123456789abcdef";

    /// <summary>Stands on the sample list of monitored households.</summary>
    public const string Monitored = "369900197903125017";

    public static JsonObject Application(string? idNumber = null, string? email = null) => new()
    {
        ["scheme"] = "transport-subsidy",
        ["village"] = "xishan",
        ["applicant"] = new JsonObject { ["kind"] = "person", ["name"] = "赵外出", ["idNumber"] = idNumber ?? IdNumber(1), ["phone"] = "13800138000", ["email"] = email },
        ["household"] = new JsonArray(new JsonObject { ["name"] = "赵守家", ["idNumber"] = Monitored, ["relation"] = "父亲" }),
        ["payee"] = new JsonObject { ["name"] = "赵外出", ["account"] = "6222020200112233446", ["bank"] = "农村商业银行" },
        ["answers"] = new JsonObject
        {
            ["destination"] = "otherProvince",
            ["workplace"] = "浙江省宁波市北仑区某工业园",
            ["employer"] = "某机械厂",
            ["leftOn"] = "2025-11-20",
            ["monthsWorked"] = 6,
            ["organisedTransport"] = false,
        },
    };

    /// <summary>In the household is somebody whom 徐建国 of the staff has declared as a relative.</summary>
    public static JsonObject OfRelative()
    {
        var application = Application();
        application["household"]!.AsArray().Add(new JsonObject { ["name"] = "徐小妹", ["idNumber"] = "369900199301175067", ["relation"] = "配偶" });
        return application;
    }

    /// <summary>Relief after a fire: paid first, on the leader's word alone.</summary>
    public static JsonObject Emergency() => new()
    {
        ["scheme"] = "relief-fund",
        ["village"] = "nanqiao",
        ["applicant"] = new JsonObject { ["kind"] = "person", ["name"] = "孙遇灾", ["idNumber"] = IdNumber(7), ["phone"] = "13800138000" },
        ["payee"] = new JsonObject { ["name"] = "孙遇灾", ["account"] = "6222020200112233446", ["bank"] = "农村商业银行" },
        ["answers"] = new JsonObject
        {
            ["kind"] = "emergency", ["cause"] = "fire", ["happenedOn"] = "2026-03-01", ["situation"] = "厨房起火，粮食和被褥都烧了，需要吃住。",
            ["address"] = "南桥村二组8号", ["residence"] = "registered", ["otherHelp"] = false,
        },
    };

    /// <summary>An ID number with the right check character (GB 11643), different for each serial.</summary>
    public static string IdNumber(int serial)
    {
        var digits = $"36990019850315{serial.ToString("D3", CultureInfo.InvariantCulture)}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[digits.Select((digit, i) => (digit - '0') * weights[i]).Sum() % 11];
    }

    public static (string Kind, byte[] Content, string Name)[] Papers() =>
    [
        ("idCopy", Pdf("id"), "身份证.pdf"),
        ("proofOfWork", Pdf("work"), "合同.pdf"),
        ("bankCard", Pdf("card"), "银行卡.pdf"),
    ];

    public static byte[] Pdf(string text) => Encoding.UTF8.GetBytes($"%PDF-1.4\n% {text}\n%%EOF\n");

    public static MultipartFormDataContent Form(string? application, params (string Kind, byte[] Content, string Name)[] papers)
    {
        var form = new MultipartFormDataContent();
        if (application is not null)
            form.Add(new StringContent(application, Encoding.UTF8, "application/json"), "application");
        foreach (var (kind, content, name) in papers)
            form.Add(new ByteArrayContent(content), kind, name);
        return form;
    }

    public static async Task<HttpResponseMessage> SubmitAsync(
        this TestSite site, JsonObject? application = null, string? key = Key, (string Kind, byte[] Content, string Name)[]? papers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications")
        {
            Content = Form((application ?? Application()).ToJsonString(), papers ?? Papers()),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<Filed> FileAsync(
        this TestSite site, JsonObject? application = null, string key = Key, (string Kind, byte[] Content, string Name)[]? papers = null)
    {
        using var response = await site.SubmitAsync(application, key, papers);
        var body = await response.JsonAsync(HttpStatusCode.Created);
        return new Filed(body["id"]!.GetValue<string>(), body["reference"]!.GetValue<string>(), body["accessKey"]!.GetValue<string>());
    }

    public static async Task<HttpResponseMessage> AsApplicantAsync(
        this TestSite site, HttpMethod method, Filed filed, string path = "", HttpContent? content = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/applications/{filed.Id}{path}") { Content = content };
        request.Headers.Add("X-Access-Key", filed.AccessKey);
        if (language is not null)
            request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static JsonContent Json(JsonNode body) => JsonContent.Create(body);

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The pointers of a 422, or whatever problem it is.</summary>
    public static async Task<IReadOnlyList<string>> PointersAsync(this HttpResponseMessage response)
    {
        var problem = await response.JsonAsync(HttpStatusCode.UnprocessableEntity);
        return [.. problem["errors"]!.AsArray().Select(error => error!["pointer"]!.GetValue<string>())];
    }
}

internal sealed record Filed(string Id, string Reference, string AccessKey);
