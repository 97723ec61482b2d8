using Microsoft.Extensions.Options;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Links;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Mail;

/// <summary>Writes the mail of a duty and gives it to the transport.</summary>
internal sealed class Mailer(
    IMailTransport transport, ISchemes schemes, ITownship township, DecisionLinks links, IOptions<WebSettings> settings, TimeProvider time) : IMailer
{
    public async Task<string?> SendAsync(Application application, SendMail mail, CancellationToken cancel)
    {
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        var letter = MailTexts.Of(mail.Mail, Facts(application, mail, scheme));
        return mail.Staff is { } staff
            ? await transport.SendAsync(ToStaff(letter, application, mail, staff), cancel)
            : await transport.SendAsync(ToApplicant(letter, application, mail), cancel);
    }

    private OutgoingMail ToStaff(Letter letter, Application application, SendMail mail, string staff)
    {
        var person = township.Register.Find(staff) ?? throw new MailException(MailFaults.NoRecipient);
        return letter.ToStaff(person.Email, Link(application, mail, staff), mail.Id);
    }

    private OutgoingMail ToApplicant(Letter letter, Application application, SendMail mail)
    {
        var to = application.Email ?? throw new MailException(MailFaults.NoRecipient);
        // The reference leads to the page; the key that opens it is never in a mail.
        return letter.ToApplicant(to, application.Language, $"{settings.Value.PublicBaseUrl}/my?reference={application.Reference}", mail.Id);
    }

    private string Link(Application application, SendMail mail, string staff)
    {
        if (MatterText.IsHandOver(mail.Mail))
            return $"{settings.Value.PublicBaseUrl}/finance/cases/{application.Id}/handovers/{mail.Link}";
        if (mail.Mail is not (MailKind.Invitation or MailKind.Reminder) || mail.Assignment is null)
            return $"{settings.Value.PublicBaseUrl}/staff";
        var link = new DecisionLink(application.Id, mail.Assignment, mail.Round, staff, mail.Link, time.GetUtcNow() + DecisionLinks.Life);
        return $"{settings.Value.PublicBaseUrl}/decisions/{links.Make(link)}";
    }

    private static LetterFacts Facts(Application application, SendMail mail, Scheme scheme)
    {
        var assignment = application.Assignments.FirstOrDefault(a => a.Key == mail.Assignment);
        return new LetterFacts(
            application.Reference,
            scheme.Title,
            MatterText.IsHandOver(mail.Mail) ? MatterText.HandOver : MatterText.Of(application, assignment, scheme),
            assignment is null ? MatterText.Deadline(application, mail.Mail) : DateText.Deadline(assignment.Due, assignment.Estimate));
    }
}
