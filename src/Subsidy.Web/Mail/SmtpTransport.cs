using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Mail;

/// <summary>Sends through an SMTP server. The message id derives from the duty, so a repeated mail can be told by any mail server.</summary>
internal sealed class SmtpTransport(IOptions<WebSettings> settings, TimeProvider time) : IMailTransport
{
    private readonly MailSettings _settings = settings.Value.Mail;

    public async Task<string?> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = Message(mail);
        using var client = new SmtpClient { Timeout = 30_000 };
        try
        {
            await client.ConnectAsync(_settings.Smtp.Host, _settings.Smtp.Port, Security(_settings.Smtp.Security), cancel);
            if (!string.IsNullOrEmpty(_settings.Smtp.User))
                await client.AuthenticateAsync(_settings.Smtp.User, _settings.Smtp.Password ?? "", cancel);
            await client.SendAsync(message, cancel);
        }
        catch (Exception failed) when (Reason(failed, cancel) is { } reason)
        {
            throw new MailException(reason, failed);
        }
        await LeaveAsync(client, cancel);
        return message.MessageId;
    }

    private MimeMessage Message(OutgoingMail mail)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{mail.Duty}@{_settings.From[(_settings.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(_settings.FromName, _settings.From));
        message.To.Add(MailboxAddress.TryParse(mail.To, out var to) ? to : throw new MailException(MailFaults.AddressRejected));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>The server has taken the mail; that it does not say goodbye must not make us send it again.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception rude) when (rude is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
        {
        }
    }

    private static string? Reason(Exception exception, CancellationToken cancel) => exception switch
    {
        MailException => null,
        OperationCanceledException when cancel.IsCancellationRequested => null,
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= (SmtpStatusCode)500 } => MailFaults.AddressRejected,
        SmtpCommandException { StatusCode: >= (SmtpStatusCode)400 and < (SmtpStatusCode)500 } => MailFaults.Throttled,
        SmtpCommandException or AuthenticationException or SslHandshakeException => MailFaults.Refused,
        _ => MailFaults.Unavailable,
    };

    private static SecureSocketOptions Security(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
