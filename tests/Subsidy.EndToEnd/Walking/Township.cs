using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Waits for a mail about the application whose subject or text has the words; the newest that was not read before.</summary>
    public async Task<Mail> MailAsync(Filed filed, string? to = null, bool withLink = true)
    {
        // The engine works beside us; on another head there is no way to wait but to look again. Bounded: some two minutes.
        for (var look = 0; look < 600; look++)
        {
            var all = await mails.GetFromJsonAsync<JsonArray>(to is null ? "/mailbox/messages" : $"/mailbox/messages?to={Uri.EscapeDataString(to)}");
            var found = all!.Select(node => Mail.Of(node!.AsObject()))
                .LastOrDefault(mail => mail.Text.Contains(filed.Reference, StringComparison.Ordinal)
                    && (!withLink || mail.Decision is not null) && !read.Contains(mail.Id));
            if (found is not null)
            {
                read.Add(found.Id);
                return found;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
        throw new InvalidOperationException($"No new mail about {filed.Reference} came{(to is null ? "" : $" to {to}")}.");
    }

    /// <summary>Waits until the application has the status.</summary>
    public async Task<JsonObject> UntilAsync(Filed filed, string status)
    {
        JsonObject? last = null;
        for (var look = 0; look < 600; look++)
        {
            last = await StatusAsync(filed);
            if (last["status"]!.GetValue<string>() == status)
                return last;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
        throw new InvalidOperationException($"{filed.Reference} is {last!["status"]}, not {status}: {last}");
    }

    /// <summary>Opens the link and decides, as the newest unread mail asks.</summary>
    public async Task<JsonObject> DecideAsync(Filed filed, string decision = "approve", Action<JsonObject>? with = null, string? to = null)
    {
        var mail = await MailAsync(filed, to);
        using var response = await DecideAsync(mail, decision, with);
        return await ReadAsync(response, HttpStatusCode.OK);
    }

    public async Task<HttpResponseMessage> DecideAsync(Mail mail, string decision, Action<JsonObject>? with = null)
    {
        var path = mail.Decision!.PathAndQuery;
        var page = await http.GetAsync(path);
        var shown = ShownNumber().Match(await page.Content.ReadAsStringAsync());
        page.Dispose();
        var body = new JsonObject
        {
            ["decision"] = decision,
            ["comment"] = decision == "approve" ? null : "理由如下",
            ["at"] = shown.Success ? int.Parse(shown.Groups["number"].Value, CultureInfo.InvariantCulture) : 1,
        };
        with?.Invoke(body);

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await http.SendAsync(request);
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
public sealed record Mail(string Id, string To, string Subject, string Text, Uri? Decision, string? Duty)
{
    public static Mail Of(JsonObject json) => new(
        json["id"]!.GetValue<string>(),
        json["to"]!.ToString(),
        json["subject"]!.GetValue<string>(),
        json["text"]!.GetValue<string>(),
        json["links"]!.AsArray().Select(link => new Uri(link!.GetValue<string>())).FirstOrDefault(link => link.AbsolutePath.StartsWith("/decisions/", StringComparison.Ordinal)),
        json["customArgs"]?["duty"]?.GetValue<string>());
}
