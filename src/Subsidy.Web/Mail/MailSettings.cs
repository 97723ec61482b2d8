namespace Subsidy.Web.Mail;

/// <summary>Who sends the mails, and in whose name.</summary>
public sealed class MailSettings
{
    public MailProvider Provider { get; set; } = MailProvider.SendGrid;

    /// <summary>Sender's address; its domain is the one that the provider is allowed to send for.</summary>
    public string From { get; set; } = "no-reply@township.example";

    public string FromName { get; set; } = "便民服务";

    public SendGridSettings SendGrid { get; set; } = new();

    public SmtpSettings Smtp { get; set; } = new();
}

public enum MailProvider { SendGrid, Smtp }

public sealed class SendGridSettings
{
    /// <summary>Scheme and authority of the v3 API: SendGrid's own, its EU region's, or the mailbox of a local head.</summary>
    public string Host { get; set; } = "https://api.sendgrid.com";

    public string ApiKey { get; set; } = "";

    /// <summary>Public key of the signed event webhook, base64, as SendGrid shows it. Without it no event is believed.</summary>
    public string? EventPublicKey { get; set; }
}

public sealed class SmtpSettings
{
    public string Host { get; set; } = "localhost";

    public int Port { get; set; } = 587;

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    public string? User { get; set; }

    public string? Password { get; set; }
}

public enum SmtpSecurity { StartTls, Tls, None }
