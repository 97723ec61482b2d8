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

    /// <summary>Chinese above, English below: the register does not say which one a colleague reads.</summary>
    private OutgoingMail ToStaff(Letter letter, Application application, SendMail mail, string staff)
    {
        var person = township.Register.Find(staff) ?? throw new MailException(MailFaults.NoRecipient);
        var link = Link(application, mail, staff);
        return new OutgoingMail(
            person.Email,
            $"{letter.Subject.Zh} / {letter.Subject.En}",
            $"{letter.Plain(Zh, link)}\n\n----\n\n{letter.Plain(En, link)}\n",
            Document("zh-CN", $"{letter.Html(Zh, link)}<hr>\n<div lang=\"en\">\n{letter.Html(En, link)}</div>\n"),
            mail.Id);
    }

    private OutgoingMail ToApplicant(Letter letter, Application application, SendMail mail)
    {
        var to = application.Email ?? throw new MailException(MailFaults.NoRecipient);
        // The reference leads to the page; the key that opens it is never in a mail.
        var link = $"{settings.Value.PublicBaseUrl}/my?reference={application.Reference}";
        Func<Text, string> language = application.Language == "en" ? En : Zh;
        return new OutgoingMail(
            to, language(letter.Subject), letter.Plain(language, link) + "\n",
            Document(application.Language == "en" ? "en" : "zh-CN", letter.Html(language, link)), mail.Id);
    }

    private string Link(Application application, SendMail mail, string staff)
    {
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
            MatterText.Of(application, assignment, scheme),
            assignment is null ? MatterText.Deadline(application, mail.Mail) : DateText.Deadline(assignment.Due, assignment.Estimate));
    }

    private static string Document(string language, string body) =>
        $"<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"></head><body>\n{body}</body></html>\n";

    private static string Zh(Text text) => text.Zh;

    private static string En(Text text) => text.En;
}
