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

    /// <summary>Chinese above, English below: the register does not say which one a colleague reads.</summary>
    public OutgoingMail ToStaff(string address, string link, string duty) => new(
        address,
        $"{Subject.Zh} / {Subject.En}",
        $"{Plain(Zh, link)}\n\n----\n\n{Plain(En, link)}\n",
        Document("zh-CN", $"{Html(Zh, link)}<hr>\n<div lang=\"en\">\n{Html(En, link)}</div>\n"),
        duty);

    /// <param name="language">Of the application.</param>
    public OutgoingMail ToApplicant(string address, string language, string link, string duty)
    {
        Func<Text, string> spoken = language == "en" ? En : Zh;
        return new OutgoingMail(
            address, spoken(Subject), Plain(spoken, link) + "\n", Document(language == "en" ? "en" : "zh-CN", Html(spoken, link)), duty);
    }

    public string Plain(Func<Text, string> language, string link) =>
        string.Join("\n\n", Paragraphs.Select(language).Append($"{language(LinkLabel)}\n{link}"));

    public string Html(Func<Text, string> language, string link)
    {
        var paragraphs = string.Concat(Paragraphs.Select(paragraph => $"<p>{string.Join("<br>", language(paragraph).Split('\n').Select(Encoder.Encode))}</p>\n"));
        return $"{paragraphs}<p><a href=\"{Encoder.Encode(link)}\">{Encoder.Encode(language(LinkLabel))}</a></p>\n";
    }

    private static string Document(string language, string body) =>
        $"<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"></head><body>\n{body}</body></html>\n";

    private static string Zh(Text text) => text.Zh;

    private static string En(Text text) => text.En;
}
