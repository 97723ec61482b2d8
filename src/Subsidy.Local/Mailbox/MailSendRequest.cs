using System.Text.Json;

namespace Subsidy.Local.Mailbox;

/// <summary>The body of SendGrid's <c>POST /v3/mail/send</c>, as far as the mailbox looks at it.</summary>
internal sealed record MailSendRequest(
    IReadOnlyList<Personalization?>? Personalizations,
    MailAddress? From,
    string? Subject,
    IReadOnlyList<MailContent?>? Content,
    IReadOnlyDictionary<string, string>? Headers,
    IReadOnlyDictionary<string, string>? CustomArgs,
    JsonElement? TrackingSettings)
{
    /// <summary>SendGrid's own names are in snake case.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>One message per recipient; what a personalization says goes before what the request says.</summary>
    /// <remarks>Only a request that <see cref="MailSendRules"/> finds without fault.</remarks>
    public IReadOnlyList<MailboxMessage> Messages(string messageId, DateTimeOffset sentAt) =>
    [
        .. Personalizations!
            .SelectMany(personalization => personalization!.Recipients(), (personalization, to) => (personalization: personalization!, to))
            .Select((one, number) => new MailboxMessage(
                $"{messageId}.{number}",
                one.to.Email!,
                From!.Email!,
                one.personalization.Subject ?? Subject!,
                Part("text/plain") ?? "",
                Part("text/html"),
                sentAt,
                Merged(CustomArgs, one.personalization.CustomArgs),
                Merged(Headers, one.personalization.Headers),
                TrackingSettings)),
    ];

    private string? Part(string type) => Content!.FirstOrDefault(content => content!.Type == type)?.Value;

    private static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string>? all, IReadOnlyDictionary<string, string>? own)
    {
        var merged = new Dictionary<string, string>(all ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, value) in own ?? new Dictionary<string, string>(StringComparer.Ordinal))
            merged[name] = value;
        return merged;
    }
}

/// <summary>Some recipients, who see each other (except <paramref name="Bcc"/>), and what differs for them.</summary>
internal sealed record Personalization(
    IReadOnlyList<MailAddress?>? To,
    IReadOnlyList<MailAddress?>? Cc,
    IReadOnlyList<MailAddress?>? Bcc,
    string? Subject,
    IReadOnlyDictionary<string, string>? Headers,
    IReadOnlyDictionary<string, string>? CustomArgs)
{
    public IEnumerable<MailAddress> Recipients() => [.. To!.Concat(Cc ?? []).Concat(Bcc ?? []).Select(address => address!)];
}

internal sealed record MailAddress(string? Email, string? Name);

internal sealed record MailContent(string? Type, string? Value);
