using System.Text;
using System.Text.RegularExpressions;

namespace Subsidy.Local.Mailbox;

/// <summary>One entry of <c>errors</c> in SendGrid's answer.</summary>
/// <param name="Field">Where, such as <c>personalizations.0.to</c>.</param>
internal sealed record MailSendError(string Message, string? Field, string? Help = null);

/// <summary>
/// The rules of SendGrid's v3 API reference for <c>mail/send</c> that a sender could break here: what it would refuse
/// there with 400 is refused here as well. Templates, attachments and scheduling are not used and not looked at.
/// </summary>
internal static partial class MailSendRules
{
    private const int MostPersonalizations = 1_000;
    private const int MostRecipients = 1_000;
    private const int LongestCustomArgs = 10_000;

    private static readonly HashSet<string> ReservedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-sg-id", "x-sg-eid", "received", "dkim-signature", "Content-Type", "Content-Transfer-Encoding",
        "To", "From", "Subject", "Reply-To", "CC", "BCC",
    };

    public static IReadOnlyList<MailSendError> Errors(MailSendRequest request) =>
    [
        .. Address(request.From, "from"),
        .. Personalizations(request),
        .. Contents(request.Content),
        .. Headers(request.Headers, "headers"),
        .. CustomArgs(request.CustomArgs, "custom_args"),
    ];

    private static IEnumerable<MailSendError> Personalizations(MailSendRequest request)
    {
        if (request.Personalizations is not { Count: > 0 and <= MostPersonalizations } list)
        {
            yield return new("The personalizations field is required and must have between 1 and 1000 entries.", "personalizations");
            yield break;
        }

        foreach (var (index, personalization) in list.Index())
        {
            var field = $"personalizations.{index}";
            foreach (var error in Recipients(personalization, field))
                yield return error;
            if (string.IsNullOrEmpty(personalization?.Subject ?? request.Subject))
                yield return new("The subject is required. You can get around this requirement if you use a template with a subject defined.", "subject");
            foreach (var error in Headers(personalization?.Headers, field + ".headers"))
                yield return error;
            foreach (var error in CustomArgs(personalization?.CustomArgs, field + ".custom_args"))
                yield return error;
        }
    }

    private static IEnumerable<MailSendError> Recipients(Personalization? personalization, string field)
    {
        if (personalization?.To is not { Count: > 0 })
        {
            yield return new("The to array is required for all personalization objects, and must have at least one email object with a valid email address.", field + ".to");
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, addresses) in new[] { ("to", personalization.To), ("cc", personalization.Cc ?? []), ("bcc", personalization.Bcc ?? []) })
        {
            foreach (var (index, address) in addresses.Index())
            {
                foreach (var error in Address(address, $"{field}.{kind}.{index}"))
                    yield return error;
                if (address?.Email is { } email && !seen.Add(email))
                    yield return new("Each email address in the personalization block should be unique between to, cc, and bcc.", field);
            }
        }

        if (seen.Count > MostRecipients)
            yield return new("The total number of recipients must be no more than 1000.", field);
    }

    private static IEnumerable<MailSendError> Contents(IReadOnlyList<MailContent?>? contents)
    {
        if (contents is not { Count: > 0 })
        {
            yield return new("Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.", "content");
            yield break;
        }

        foreach (var (index, content) in contents.Index())
        {
            if (string.IsNullOrEmpty(content?.Type))
                yield return new("The content type is required.", $"content.{index}.type");
            if (string.IsNullOrEmpty(content?.Value))
                yield return new("The content value must be a string at least one character in length.", $"content.{index}.value");
        }

        if (contents.Skip(1).Any(content => content?.Type == "text/plain"))
            yield return new("If present, text/plain and text/html may only be provided once, and text/plain must be first.", "content.0.type");
    }

    private static IEnumerable<MailSendError> Headers(IReadOnlyDictionary<string, string>? headers, string field)
    {
        if (headers?.Keys.FirstOrDefault(ReservedHeaders.Contains) is { } name)
            yield return new($"The header {name} is reserved and cannot be set.", field);
    }

    private static IEnumerable<MailSendError> CustomArgs(IReadOnlyDictionary<string, string>? arguments, string field)
    {
        if (arguments?.Sum(one => Encoding.UTF8.GetByteCount(one.Key) + Encoding.UTF8.GetByteCount(one.Value ?? "")) > LongestCustomArgs)
            yield return new("The custom_args are limited to 10,000 bytes.", field);
    }

    private static IEnumerable<MailSendError> Address(MailAddress? address, string field)
    {
        if (address?.Email is not { } email || !Email().IsMatch(email))
            yield return new($"The {field} address must have a valid email.", field + ".email");
    }

    [GeneratedRegex(@"^[^\s@<>""]+@[^\s@<>""]+\.[^\s@<>""]+$", RegexOptions.None, 1000)]
    private static partial Regex Email();
}
