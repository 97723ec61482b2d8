using System.Text.Encodings.Web;
using System.Text.Unicode;
using Subsidy.Core;

namespace Subsidy.Web.Mail;

/// <summary>What a mail says, before it is plain text or HTML.</summary>
/// <param name="Paragraphs">In order.</param>
/// <param name="LinkLabel">What following the link is for.</param>
internal sealed record Letter(Text Subject, IReadOnlyList<Text> Paragraphs, Text LinkLabel)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public string Plain(Func<Text, string> language, string link) =>
        string.Join("\n\n", Paragraphs.Select(language).Append($"{language(LinkLabel)}\n{link}"));

    public string Html(Func<Text, string> language, string link)
    {
        var paragraphs = string.Concat(Paragraphs.Select(paragraph => $"<p>{string.Join("<br>", language(paragraph).Split('\n').Select(Encoder.Encode))}</p>\n"));
        return $"{paragraphs}<p><a href=\"{Encoder.Encode(link)}\">{Encoder.Encode(language(LinkLabel))}</a></p>\n";
    }
}
