using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SendGrid;
using SendGrid.Helpers.Mail;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Mail;

/// <summary>Sends through SendGrid's v3 API with SendGrid's own client.</summary>
internal sealed class SendGridTransport : IMailTransport, IDisposable
{
    /// <summary>Names of the custom arguments that SendGrid gives back with every event of the mail.</summary>
    public const string DutyArgument = "duty";

    private readonly MailSettings _settings;
    private readonly HttpClient _http;
    private readonly SendGridClient _client;

    public SendGridTransport(IOptions<WebSettings> settings)
    {
        _settings = settings.Value.Mail;
        // A client of its own, not a factory's: a retry that a host adds to all clients would send twice what timed out once.
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(30) };
        _client = new SendGridClient(_http, new SendGridClientOptions { ApiKey = _settings.SendGrid.ApiKey, Host = _settings.SendGrid.Host });
    }

    public async Task<string?> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var response = await SendAsync(Message(mail), cancel);
        return response.StatusCode switch
        {
            HttpStatusCode.Accepted or HttpStatusCode.OK =>
                response.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.FirstOrDefault() : null,
            HttpStatusCode.TooManyRequests => throw new MailException(MailFaults.Throttled),
            HttpStatusCode.BadRequest when await NamesRecipientAsync(response, cancel) => throw new MailException(MailFaults.AddressRejected),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => throw new MailException(MailFaults.Unavailable),
            _ => throw new MailException(MailFaults.Refused),
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<Response> SendAsync(SendGridMessage message, CancellationToken cancel)
    {
        try
        {
            return await _client.SendEmailAsync(message, cancel);
        }
        catch (HttpRequestException unreachable)
        {
            throw new MailException(MailFaults.Unavailable, unreachable);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new MailException(MailFaults.Unavailable, late);
        }
    }

    private SendGridMessage Message(OutgoingMail mail)
    {
        var message = new SendGridMessage
        {
            From = new EmailAddress(_settings.From, _settings.FromName),
            Subject = mail.Subject,
            PlainTextContent = mail.Text,
            HtmlContent = mail.Html,
        };
        message.AddTo(mail.To);
        message.AddCustomArg(DutyArgument, mail.Duty);
        message.AddHeader("Auto-Submitted", "auto-generated");
        // Tracking would rewrite the decision link through a third party, and would tell it who opened what.
        message.SetClickTracking(enable: false, enableText: false);
        message.SetOpenTracking(enable: false);
        return message;
    }

    /// <summary>SendGrid's error names the field that it did not like: <c>personalizations.0.to.0.email</c>.</summary>
    private static async Task<bool> NamesRecipientAsync(Response response, CancellationToken cancel)
    {
        try
        {
            using var body = JsonDocument.Parse(await response.Body.ReadAsStringAsync(cancel));
            return body.RootElement.GetProperty("errors").EnumerateArray()
                .Any(error => error.GetProperty("field").GetString()?.StartsWith("personalizations", StringComparison.Ordinal) is true);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }
}
