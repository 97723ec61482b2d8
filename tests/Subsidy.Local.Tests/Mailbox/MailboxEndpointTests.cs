using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SendGrid;
using SendGrid.Helpers.Mail;
using Subsidy.Local.Mailbox;

namespace Subsidy.Local.Tests.Mailbox;

/// <summary>Through the client that a county would use.</summary>
public sealed class MailboxEndpointTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private MailboxStore _store = null!;
    private LoopbackSite _site = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = MailboxStore.Open(Path.Combine(_folder.Path, "mailbox.jsonl"), new FakeTimeProvider(Now));
        _site = await LoopbackSite.StartAsync(services => services.AddSingleton(_store), app => app.MapMailbox());
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_mail_arrives_with_all_that_was_sent()
    {
        var mail = Mail("approver@example.test", "GS-7KQ2 待您审核", "请打开 http://localhost:7071/decisions/abc 。\n", "<p>请打开</p>");
        mail.AddCustomArg("duty", "app-12/4/mail");
        mail.AddHeader("X-Reference", "GS-7KQ2");
        mail.SetClickTracking(false, false);
        mail.SetOpenTracking(false);

        var answer = await SendAsync(mail);

        var message = Assert.Single(await MessagesAsync("Approver@Example.test"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Message-Id")) + ".0", Text(message, "id"));
        Assert.Equal("approver@example.test", Text(message, "to"));
        Assert.Equal("office@example.test", Text(message, "from"));
        Assert.Equal("GS-7KQ2 待您审核", Text(message, "subject"));
        Assert.Equal("请打开 http://localhost:7071/decisions/abc 。\n", Text(message, "text"));
        Assert.Equal("<p>请打开</p>", Text(message, "html"));
        Assert.Equal("http://localhost:7071/decisions/abc", Assert.Single(message.GetProperty("links").EnumerateArray()).GetString());
        Assert.Equal(Now, message.GetProperty("sentAt").GetDateTimeOffset());
        Assert.Equal("app-12/4/mail", Text(message.GetProperty("customArgs"), "duty"));
        Assert.Equal("GS-7KQ2", Text(message.GetProperty("headers"), "X-Reference"));
        Assert.False(message.GetProperty("trackingSettings").GetProperty("click_tracking").GetProperty("enable").GetBoolean());
    }

    [Fact]
    public async Task Each_personalization_reaches_its_own_recipients_with_its_own_subject()
    {
        var mail = Mail("one@example.test", "for all", "text");
        mail.Personalizations.Add(new SendGrid.Helpers.Mail.Personalization
        {
            Tos = [new EmailAddress("two@example.test")],
            Ccs = [new EmailAddress("copy@example.test")],
            Subject = "for two",
            CustomArgs = new() { ["duty"] = "2" },
        });

        await SendAsync(mail);

        Assert.Equal(
            ["one@example.test: for all", "two@example.test: for two", "copy@example.test: for two"],
            _store.Messages().Select(message => $"{message.To}: {message.Subject}"));
        Assert.Equal(["", "2", "2"], _store.Messages().Select(message => message.CustomArgs.GetValueOrDefault("duty", "")));
        Assert.Equal(3, _store.Messages().Select(message => message.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        var answer = await new SendGridClient("another", host: _site.Url).SendEmailAsync(Mail("a@example.test", "s", "t"), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(_store.Messages());
    }

    [Theory]
    [InlineData("{}", "from.email", "personalizations", "content")]
    [InlineData("""{"personalizations":[{"to":[]}],"from":{"email":"o@e.t"},"subject":"s","content":[{"type":"text/plain","value":"t"}]}""", "personalizations.0.to")]
    [InlineData("""{"personalizations":[{"to":[{"email":"nobody"}]}],"from":{"email":"o@e.t"},"subject":"s","content":[{"type":"text/plain","value":"t"}]}""", "personalizations.0.to.0.email")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@e.t"}],"cc":[{"email":"A@e.t"}]}],"from":{"email":"o@e.t"},"subject":"s","content":[{"type":"text/plain","value":"t"}]}""", "personalizations.0")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@e.t"}]}],"from":{"email":"o@e.t"},"content":[{"type":"text/plain","value":"t"}]}""", "subject")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@e.t"}]}],"from":{"email":"o@e.t"},"subject":"s","content":[{"type":"text/plain","value":""}]}""", "content.0.value")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@e.t"}]}],"from":{"email":"o@e.t"},"subject":"s","content":[{"type":"text/html","value":"h"},{"type":"text/plain","value":"t"}]}""", "content.0.type")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@e.t"}]}],"from":{"email":"o@e.t"},"subject":"s","content":[{"type":"text/plain","value":"t"}],"headers":{"subject":"x"}}""", "headers")]
    [InlineData("""{"personalizations":[null],"from":{"email":"o@e.t"},"subject":"s","content":[null]}""", "personalizations.0.to", "content.0.type", "content.0.value")]
    public async Task What_sendgrid_would_refuse_is_refused_with_the_field(string body, params string[] fields)
    {
        var answer = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(fields, (await ErrorsAsync(answer)).Select(error => Text(error, "field")));
        Assert.Empty(_store.Messages());
    }

    [Theory]
    [InlineData("{\"personalizations\":")]
    [InlineData("{\"personalizations\":7}")]
    [InlineData("null")]
    public async Task What_is_not_such_a_request_at_all_is_a_400_too(string body)
    {
        var answer = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single(await ErrorsAsync(answer));
    }

    [Theory]
    [InlineData(429, false, 0)]
    [InlineData(500, true, 1)]
    public async Task A_planned_fault_is_met_as_often_as_planned(int status, bool after, int deliveredPerFault)
    {
        await PlanAsync(new { status, times = 2, after });

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
            answers.Add((await SendAsync(Mail("a@example.test", "s", "t"))).StatusCode);

        Assert.Equal([(HttpStatusCode)status, (HttpStatusCode)status, HttpStatusCode.Accepted], answers);
        Assert.Equal(2 * deliveredPerFault + 1, _store.Messages().Count);
    }

    [Theory]
    [InlineData(202, 1)]
    [InlineData(500, 0)]
    public async Task A_fault_that_is_none_is_not_planned(int status, int times)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _site.Client.PostAsJsonAsync("/mailbox/faults", new { status, times }, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(Mail("a@example.test", "s", "t"))).StatusCode);
    }

    [Fact]
    public async Task The_page_shows_the_newest_first_and_its_links_can_be_clicked()
    {
        await SendAsync(Mail("a@example.test", "older", "t"));
        await SendAsync(Mail("b@example.test", "newer", "打开 http://localhost:7071/x?a=1&b=2 吧"));

        var page = await _site.Client.GetStringAsync("/mailbox", Cancellation);

        Assert.True(page.IndexOf("newer", StringComparison.Ordinal) < page.IndexOf("older", StringComparison.Ordinal));
        Assert.Contains("<a rel=\"noreferrer\" href=\"http://localhost:7071/x?a=1&amp;b=2\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("older", await _site.Client.GetStringAsync("/mailbox?to=b%40example.test", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_cannot_do_anything_to_the_page()
    {
        const string Attack = "\"'><script>alert(1)</script>";
        await SendAsync(Mail("a@example.test", Attack, Attack, Attack));

        var page = await _site.Client.GetStringAsync("/mailbox?to=" + Uri.EscapeDataString("a@example.test"), Cancellation);
        var filtered = await _site.Client.GetStringAsync("/mailbox?to=" + Uri.EscapeDataString(Attack), Cancellation);

        Assert.DoesNotContain("<script", page + filtered, StringComparison.Ordinal);
        Assert.Contains("<iframe sandbox ", page, StringComparison.Ordinal);
    }

    private static SendGridMessage Mail(string to, string subject, string text, string? html = null) =>
        MailHelper.CreateSingleEmail(new EmailAddress("office@example.test", "便民服务中心"), new EmailAddress(to), subject, text, html);

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static async Task<IReadOnlyList<JsonElement>> ErrorsAsync(HttpResponseMessage answer) =>
        [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").EnumerateArray()];

    private Task<Response> SendAsync(SendGridMessage mail) => new SendGridClient(_store.ApiKey, host: _site.Url).SendEmailAsync(mail, Cancellation);

    private async Task<IReadOnlyList<JsonElement>> MessagesAsync(string to) =>
        (await _site.Client.GetFromJsonAsync<JsonElement[]>("/mailbox/messages?to=" + Uri.EscapeDataString(to), Cancellation))!;

    private async Task PlanAsync(object fault) =>
        (await _site.Client.PostAsJsonAsync("/mailbox/faults", fault, Cancellation)).EnsureSuccessStatusCode();

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/mail/send") { Content = new StringContent(body, null, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _store.ApiKey);
        return await _site.Client.SendAsync(request, Cancellation);
    }
}
