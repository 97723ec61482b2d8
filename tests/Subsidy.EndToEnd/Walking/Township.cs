using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Subsidy.EndToEnd.Walking;

/// <summary>What people do: applicants over HTTP, approvers by the links in their mails, the clock by being moved.</summary>
public sealed partial class Township(Head head) : IDisposable
{
    private readonly HttpClient http = head.Client();
    private readonly HttpClient mails = new() { BaseAddress = head.Mailbox };
    private readonly HashSet<string> read = [];

    public HttpClient Http => http;

    /// <summary>JSON with its Chinese as it is.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Dispose()
    {
        http.Dispose();
        mails.Dispose();
    }

    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>Hands in an application and its papers in one call.</summary>
    public async Task<Filed> SubmitAsync(JsonObject application, params (string Kind, byte[] Content, string Name)[] papers)
    {
        using var response = await SendAsync(HttpMethod.Post, "/api/applications", NewKey(), application, papers);
        var body = await ReadAsync(response, HttpStatusCode.Created);
        return new Filed(body["id"]!.GetValue<string>(), body["reference"]!.GetValue<string>(), body["accessKey"]!.GetValue<string>());
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? idempotencyKey, JsonObject? application, params (string Kind, byte[] Content, string Name)[] papers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = Form(application, papers) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await http.SendAsync(request);
    }

    public async Task<JsonObject> StatusAsync(Filed filed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/applications/{filed.Id}");
        request.Headers.Add("X-Access-Key", filed.AccessKey);
        using var response = await http.SendAsync(request);
        return await ReadAsync(response, HttpStatusCode.OK);
    }

    /// <summary>What the applicant does later: amendments, withdrawal, appeal, requests.</summary>
    public async Task<HttpResponseMessage> AsApplicantAsync(
        Filed filed, string what, JsonObject? body = null, params (string Kind, byte[] Content, string Name)[] papers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/applications/{filed.Id}/{what}");
        request.Headers.Add("X-Access-Key", filed.AccessKey);
        request.Content = what == "amendments" ? Form(body, papers) : JsonContent.Create(body ?? []);
        return await http.SendAsync(request);
    }

    /// <summary>The newest mail about the application, with or without a decision link, that was not taken before; waits until there is one.</summary>
    public async Task<Mail> MailAsync(Filed filed, bool withLink = true)
    {
        var found = await WaitAsync(async () => (await MailsAsync(filed)).FirstOrDefault(mail => mail.Decision is not null == withLink));
        read.Add(found?.Id ?? throw new InvalidOperationException($"No new mail about {filed.Reference} came."));
        return found;
    }

    /// <summary>Mails about the application that were not taken before, the newest first.</summary>
    public async Task<IReadOnlyList<Mail>> MailsAsync(Filed filed)
    {
        var all = await mails.GetFromJsonAsync<JsonArray>("/mailbox/messages");
        return
        [
            .. all!.Select(node => Mail.Of(node!.AsObject()))
                .Where(mail => mail.Text.Contains(filed.Reference, StringComparison.Ordinal) && !read.Contains(mail.Id))
                .OrderByDescending(mail => mail.SentAt),
        ];
    }

    /// <summary>The engine works beside us; on another head there is no way to wait but to look again. Bounded: about a minute.</summary>
    private static async Task<T?> WaitAsync<T>(Func<Task<T?>> look) where T : class
    {
        for (var i = 0; i < 300; i++)
        {
            if (await look() is { } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
        return null;
    }

    /// <summary>Waits until the application has the status.</summary>
    public async Task<JsonObject> UntilAsync(Filed filed, string status)
    {
        JsonObject? last = null;
        return await WaitAsync(async () =>
        {
            last = await StatusAsync(filed);
            return last["status"]!.GetValue<string>() == status ? last : null;
        }) ?? throw new InvalidOperationException($"{filed.Reference} is not {status}: {last}");
    }

    /// <summary>Someone who is asked opens the link in the newest mail that still asks, and decides.</summary>
    public async Task<JsonObject> DecideAsync(Filed filed, string decision = "approve", Action<JsonObject>? with = null, params byte[][] photos)
    {
        var (mail, shown) = await WaitAsync(async () =>
        {
            foreach (var mail in (await MailsAsync(filed)).Where(mail => mail.Decision is not null))
            {
                if (await ShownAsync(mail) is { } number)
                    return Tuple.Create(mail, number);
            }
            return null;
        }) ?? throw new InvalidOperationException($"Nobody is asked about {filed.Reference}.");
        read.Add(mail.Id);
        using var response = await PostDecisionAsync(mail, decision, shown, with, photos);
        return await ReadAsync(response, HttpStatusCode.OK);
    }

    public async Task<HttpResponseMessage> DecideAsync(Mail mail, string decision, Action<JsonObject>? with = null) =>
        await PostDecisionAsync(mail, decision, await ShownAsync(mail) ?? "1", with, []);

    /// <summary>The event number that the page carries; null when it asks for no decision any more.</summary>
    private async Task<string?> ShownAsync(Mail mail)
    {
        using var page = await http.GetAsync(mail.Decision!.PathAndQuery);
        var shown = ShownNumber().Match(await page.Content.ReadAsStringAsync());
        return shown.Success ? shown.Groups["number"].Value : null;
    }

    private async Task<HttpResponseMessage> PostDecisionAsync(
        Mail mail, string decision, string shown, Action<JsonObject>? with, byte[][] photos)
    {
        var body = new JsonObject
        {
            ["decision"] = decision,
            ["comment"] = decision == "approve" ? null : "理由如下",
            ["at"] = int.Parse(shown, CultureInfo.InvariantCulture),
        };
        with?.Invoke(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, mail.Decision!.PathAndQuery);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (photos.Length == 0)
        {
            request.Content = JsonContent.Create(body);
        }
        else
        {
            var form = new MultipartFormDataContent { { new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), "decision" } };
            foreach (var photo in photos)
                form.Add(new ByteArrayContent(photo), "photos", "photo.jpg");
            request.Content = form;
        }
        return await http.SendAsync(request);
    }

    /// <summary>Lets the mailbox fail, before or after it has taken a mail.</summary>
    public async Task FailMailsAsync(int status, int times, bool after)
    {
        using var response = await mails.PostAsJsonAsync("/mailbox/faults", new { status, times, after });
        await TakenAsync(response);
    }

    /// <summary>A page as anyone sees it.</summary>
    public async Task<string> PageAsync(string path)
    {
        using var response = await http.GetAsync(path);
        await TakenAsync(response);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task PassAsync(string duration)
    {
        using var response = await http.PostAsJsonAsync("/clock/advance", new { by = duration });
        await ReadAsync(response, HttpStatusCode.OK);
    }

    public static async Task TakenAsync(HttpResponseMessage response) =>
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The event number that the page carries, so that a case that has moved on is found out.</summary>
    [GeneratedRegex("name=\"at\" value=\"(?<number>[0-9]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShownNumber();

    private static MultipartFormDataContent Form(JsonObject? application, (string Kind, byte[] Content, string Name)[] papers)
    {
        var form = new MultipartFormDataContent();
        if (application is not null)
            form.Add(new StringContent(application.ToJsonString(), Encoding.UTF8, "application/json"), "application");
        foreach (var (kind, content, name) in papers)
        {
            var file = new ByteArrayContent(content);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(file, kind, name);
        }
        return form;
    }
}

/// <summary>What the applicant holds after submitting.</summary>
public sealed record Filed(string Id, string Reference, string AccessKey);

/// <param name="Decision">The decision link in it, if there is one.</param>
public sealed record Mail(string Id, string To, string Subject, string Text, Uri? Decision, string? Duty, DateTimeOffset SentAt)
{
    public static Mail Of(JsonObject json) => new(
        json["id"]!.GetValue<string>(),
        json["to"]!.ToString(),
        json["subject"]!.GetValue<string>(),
        json["text"]!.GetValue<string>(),
        json["links"]!.AsArray().Select(link => new Uri(link!.GetValue<string>())).FirstOrDefault(link => link.AbsolutePath.StartsWith("/decisions/", StringComparison.Ordinal)),
        json["customArgs"]?["duty"]?.GetValue<string>(),
        json["sentAt"]!.GetValue<DateTimeOffset>());
}
