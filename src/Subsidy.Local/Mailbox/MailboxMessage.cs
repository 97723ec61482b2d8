using System.Text.Json;
using System.Text.RegularExpressions;

namespace Subsidy.Local.Mailbox;

/// <summary>One mail to one address.</summary>
/// <param name="Id">The provider's message id, a dot, and the number of the recipient within the request.</param>
/// <param name="To">The address alone, without a display name.</param>
/// <param name="Text">The text/plain part; empty when there is none.</param>
/// <param name="Html">The text/html part, if any.</param>
/// <param name="CustomArgs">What the sender attached for itself; not seen by the recipient.</param>
/// <param name="Headers">Extra header lines.</param>
/// <param name="TrackingSettings">As sent: whether the provider should rewrite links and count openings.</param>
public sealed partial record MailboxMessage(
    string Id,
    string To,
    string From,
    string Subject,
    string Text,
    string? Html,
    DateTimeOffset SentAt,
    IReadOnlyDictionary<string, string> CustomArgs,
    IReadOnlyDictionary<string, string> Headers,
    JsonElement? TrackingSettings)
{
    /// <summary>Every address in the text, in order, as a mail program would make it clickable.</summary>
    public IReadOnlyList<string> Links => [.. LinksIn(Text).Select(link => link.Value)];

    internal static IEnumerable<Match> LinksIn(string text) => Link().Matches(text);

    // The characters of RFC 3986, not ending in one that more likely ends the sentence around it.
    [GeneratedRegex(@"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*[A-Za-z0-9\-_~/#@$&*+=%]", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
