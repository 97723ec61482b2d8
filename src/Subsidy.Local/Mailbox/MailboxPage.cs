using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Subsidy.Local.Mailbox;

/// <summary>The mailbox as a page, newest mail first. It works without script and without style.</summary>
internal static class MailboxPage
{
    /// <summary>The newest that are shown; a demonstration rarely has more.</summary>
    private const int MostShown = 200;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Render(IReadOnlyList<MailboxMessage> messages, string? to)
    {
        var page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>信箱 Mailbox</title>
            </head>
            <body>
            <main>
            <h1>信箱 Mailbox</h1>
            <p>本机发出的全部邮件，最新的在前；没有一封真的寄出。<span lang="en">Every mail sent on this machine, newest first; none has left it.</span></p>
            <form method="get" action="/mailbox"><label>收件人 <span lang="en">To</span> <input type="email" name="to" value="
            """.TrimEnd());
        page.Append(Encoder.Encode(to ?? "")).Append("\"></label> <button>查看 Show</button> <a href=\"/mailbox\">全部 All</a></form>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>共 {messages.Count} 封 <span lang=\"en\">({messages.Count} in all");
        page.Append(messages.Count > MostShown ? $", the newest {MostShown} shown" : "").Append(")</span></p>\n");
        foreach (var message in messages.Reverse().Take(MostShown))
            Append(page, message);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, MailboxMessage message)
    {
        page.Append("<article>\n<h2>").Append(Encoder.Encode(message.Subject)).Append("</h2>\n<p><a href=\"/mailbox?to=")
            .Append(Encoder.Encode(Uri.EscapeDataString(message.To))).Append("\">").Append(Encoder.Encode(message.To))
            .Append(CultureInfo.InvariantCulture, $"</a> · <time datetime=\"{message.SentAt:O}\">{message.SentAt:yyyy-MM-dd HH:mm} UTC</time></p>\n<pre style=\"white-space: pre-wrap; overflow-wrap: anywhere\">");
        AppendText(page, message.Text);
        page.Append("</pre>\n");
        if (message.Html is { } html)
        {
            // Sandboxed: no script, no forms, no access to this page, whatever the mail contains.
            page.Append("<details><summary>HTML</summary><iframe sandbox title=\"HTML\" width=\"100%\" height=\"320\" srcdoc=\"")
                .Append(Encoder.Encode(html)).Append("\"></iframe></details>\n");
        }

        page.Append("</article>\n");
    }

    private static void AppendText(StringBuilder page, string text)
    {
        var done = 0;
        foreach (var link in MailboxMessage.LinksIn(text))
        {
            var address = Encoder.Encode(link.Value);
            page.Append(Encoder.Encode(text[done..link.Index])).Append("<a rel=\"noreferrer\" href=\"").Append(address).Append("\">").Append(address).Append("</a>");
            done = link.Index + link.Length;
        }

        page.Append(Encoder.Encode(text[done..]));
    }
}
