using Subsidy.Core.Engine;

namespace Subsidy.Web.Mail;

/// <summary>Gives one mail to a provider, once.</summary>
public interface IMailTransport
{
    /// <returns>The provider's id of the message, or null when it has none.</returns>
    /// <exception cref="MailException">The provider did not take it; the reason is one of <see cref="MailFaults"/>.</exception>
    Task<string?> SendAsync(OutgoingMail mail, CancellationToken cancel);
}

/// <param name="Duty">Id of the duty that it fulfils. It travels with the mail, so that a bounce finds its way back and a repeated mail is recognised.</param>
public sealed record OutgoingMail(string To, string Subject, string Text, string Html, string Duty);

/// <summary>Why a provider did not take a mail. These stand in events, so nothing of the mail is in them.</summary>
public static class MailFaults
{
    public const string AddressRejected = "address-rejected";
    public const string Throttled = "throttled";
    public const string Unavailable = "unavailable";

    /// <summary>Credentials, sender or content: trying again will not help before somebody has changed a setting.</summary>
    public const string Refused = "refused";

    /// <summary>The member of staff is no longer in the register.</summary>
    public const string NoRecipient = "no-recipient";
}
