using System.Net;
using System.Security.Cryptography;
using System.Text;
using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class MailEventTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_bounce_is_an_event_of_its_application_once()
    {
        await using var site = await StartAsync();
        var filed = await site.FileAsync();
        await site.TurnAsync(filed.Id);
        var body = $$"""[{"event":"delivered","duty":"x"},{"event":"bounce","duty":"{{site.Around.Sent[0].Duty}}","reason":"550 unknown user li@example.org"}]""";
        using var first = await SendAsync(site, body);
        using var again = await SendAsync(site, body);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        var bounced = Assert.Single(site.Streams.EventsOf(filed.Id).Select(recorded => recorded.Event).OfType<MailBounced>());
        Assert.Equal("bounce", bounced.Reason);
    }

    [Fact]
    public async Task A_bounce_of_a_mail_to_an_approver_is_an_event_of_the_pay_run()
    {
        await using var site = await StartAsync();
        await site.PreparedAsync();
        using var response = await SendAsync(site, $$"""[{"event":"bounce","duty":"{{site.ApprovalMails()[0].Duty}}"},{"event":"bounce","duty":"relief-2026-0009-5-mail-x"}]""");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(new ApprovalMailReturned(PayRunWalk.Approver, "bounce"), site.Runs.EventsOf(PayRunWalk.Run)[^1].Event);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Unsigned_and_altered_events_are_not_believed(bool unsigned, bool altered)
    {
        await using var site = await StartAsync();
        using var response = await SendAsync(site, "[]", unsigned, altered);

        await response.JsonAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_believed()
    {
        await using var site = await TestSite.StartAsync();
        using var response = await SendAsync(site, "[]");

        await response.JsonAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[")]
    public async Task What_is_no_list_of_events_is_malformed(string body)
    {
        await using var site = await StartAsync();
        using var response = await SendAsync(site, body);

        await response.JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Events_of_mails_that_are_not_ours_are_passed_over()
    {
        await using var site = await StartAsync();
        using var response = await SendAsync(site, """[{"event":"bounce","duty":"222222222222-1-mail-x"},{"event":"bounce","duty":"newsletter"},{"event":"bounce"}]""");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private Task<TestSite> StartAsync() => TestSite.StartAsync(settings =>
        settings.Mail.SendGrid.EventPublicKey = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()));

    private async Task<HttpResponseMessage> SendAsync(TestSite site, string body, bool unsigned = false, bool altered = false)
    {
        const string Timestamp = "1772413200";
        var signature = Convert.ToBase64String(_key.SignData(
            Encoding.UTF8.GetBytes(Timestamp + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/mail-events")
        {
            Content = new StringContent(altered ? body + " " : body, Encoding.UTF8, "application/json"),
        };
        if (!unsigned)
            request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", signature);
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", Timestamp);
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
