using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Subsidy.Core;
using Subsidy.Core.Bank;

namespace Subsidy.Local.Bank;

/// <summary>The simulated bank as a page. It works without script and without style.</summary>
internal static class BankPage
{
    /// <summary>Of one file; a demonstration rarely has more.</summary>
    private const int MostShown = 200;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly string[] Reasons = ["AC04", "AC01", "AC06", "BE01", "AG01", "AM04", "MS03"];

    private static readonly (BankDeed Deed, Text Label)[] Deeds =
    [
        (BankDeed.Accept, new("全部付款", "Pay all")),
        (BankDeed.Reject, new("退回勾选的，其余付款", "Reject the ticked, pay the others")),
        (BankDeed.Pending, new("已收到，处理中", "Received, pending")),
        (BankDeed.Return, new("付款后退回勾选的", "Send the ticked back after payment")),
        (BankDeed.Again, new("重发上一份回执", "Send the last answer again")),
        (BankDeed.Tamper, new("发一份被改动金额的回执", "Send an answer with a changed amount")),
    ];

    public static string Render(IReadOnlyList<BankFileInHand> files, AntiforgeryTokenSet token, Text? fault)
    {
        var page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>模拟银行 Bank</title>
            </head>
            <body>
            <main>
            <h1>模拟银行 Bank</h1>
            <p>本机没有真的银行：财务下载的付款文件到这里，回执放进银行回执箱，由系统照常读取。<span lang="en">There is no real bank on this machine: files that finance has fetched arrive here, and answers go into the inbox, where the system reads them as it would a real bank's.</span></p>
            <p><a href="/">首页 Home</a> · <a href="/finance">资金 Finance</a> · <a href="/mailbox">信箱 Mailbox</a> · <a href="/clock/page">时钟 Clock</a></p>

            """);
        if (fault is not null)
            page.Append(CultureInfo.InvariantCulture, $"<p role=\"alert\"><strong>{Encoder.Encode(fault.Zh)} <span lang=\"en\">{Encoder.Encode(fault.En)}</span></strong></p>\n");
        if (files.Count == 0)
            page.Append("<p>还没有付款文件。<span lang=\"en\">There is no payment file yet.</span></p>\n");
        foreach (var file in files)
            Append(page, file, token);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, BankFileInHand file, AntiforgeryTokenSet token)
    {
        page.Append(CultureInfo.InvariantCulture, $"<article>\n<h2>{file.Run}</h2>\n");
        if (file.Order is not { } order)
        {
            page.Append("<p>文件已生成，财务尚未下载，银行还没有收到。<span lang=\"en\">The file is written; finance has not fetched it, so the bank does not have it.</span></p>\n</article>\n");
            return;
        }
        page.Append(CultureInfo.InvariantCulture, $"<p>{order.Count} 笔 · {order.ControlSum} 元 · 执行日 <span lang=\"en\">pay on</span> {order.ExecutionDate:yyyy-MM-dd} · 回执 <span lang=\"en\">answers</span> {file.Answers}")
            .Append(CultureInfo.InvariantCulture, $"，待发 <span lang=\"en\">to come</span> {file.Later}</p>\n<form method=\"post\" action=\"/bank\">\n")
            .Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{token.FormFieldName}\" value=\"{token.RequestToken}\">\n<input type=\"hidden\" name=\"run\" value=\"{file.Run}\">\n<ul>\n");
        foreach (var (transfer, said) in file.Transfers.Take(MostShown))
            Append(page, transfer, said);
        page.Append("</ul>\n<p><label>原因 <span lang=\"en\">Reason</span> <select name=\"code\">");
        foreach (var code in Reasons)
            page.Append(CultureInfo.InvariantCulture, $"<option value=\"{code}\">{code} {Encoder.Encode(ReasonCodes.Of(code).Meaning.Zh)}</option>");
        page.Append("</select></label> <label>何时 <span lang=\"en\">When</span> <select name=\"after\"><option value=\"\">立即 now</option><option value=\"PT1H\">1 小时后 in an hour</option><option value=\"P1D\">1 天后 in a day</option><option value=\"P3D\">3 天后 in three days</option></select></label></p>\n<p>");
        foreach (var (deed, label) in Deeds)
            page.Append(CultureInfo.InvariantCulture, $"<button name=\"do\" value=\"{deed}\">{label.Zh} {label.En}</button>\n");
        page.Append("</p>\n</form>\n</article>\n");
    }

    private static void Append(StringBuilder page, CreditTransfer transfer, ReportedStatus? said)
    {
        var id = Encoder.Encode(transfer.EndToEndId);
        page.Append(CultureInfo.InvariantCulture, $"<li><label><input type=\"checkbox\" name=\"payment\" value=\"{id}\"> {Encoder.Encode(transfer.CreditorName)} ")
            .Append(CultureInfo.InvariantCulture, $"…{Encoder.Encode(transfer.CreditorAccount[^Math.Min(4, transfer.CreditorAccount.Length)..])} · {transfer.Amount} 元 · {Encoder.Encode(transfer.Remittance)} · <small>{id}</small>");
        if (said is not null)
            page.Append(CultureInfo.InvariantCulture, $" · <strong>{Encoder.Encode(said.Code)} {Encoder.Encode(string.Join(' ', said.Reasons.Select(reason => reason.Code)))}</strong>");
        page.Append("</label></li>\n");
    }
}
