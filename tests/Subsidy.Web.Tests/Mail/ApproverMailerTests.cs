using Subsidy.Core;
using Subsidy.Core.Payments;
using Subsidy.Web.Links;
using Subsidy.Web.Mail;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Mail;

public sealed class ApproverMailerTests
{
    [Fact]
    public async Task The_mail_names_fund_run_day_totals_and_the_run_before_and_nobody()
    {
        await using var site = await TestSite.StartAsync(settings => settings.PublicBaseUrl = "https://subsidy.example");
        var token = await site.PreparedAsync();

        var mail = Assert.Single(site.ApprovalMails());
        Assert.Equal($"{PayRunWalk.Run}-5-mail-bao-qingtian", mail.Duty);
        Assert.Equal("请批准发放批次rural-revitalisation-2026-0001 / Pay run rural-revitalisation-2026-0001: please approve", mail.Subject);
        foreach (var said in (string[])["衔接推进乡村振兴补助资金", "Rural revitalisation fund", "2026年4月1日", "1笔，600.00元", "first run of the year", $"https://subsidy.example/pay-approvals/{token}"])
            Assert.Contains(said, mail.Text, StringComparison.Ordinal);
        foreach (var personal in (string[])["赵外出", "3446", Calls.IdNumber(1), "鲍清田", "钱多多"])
            Assert.DoesNotContain(personal, mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.True(site.Get<ApprovalLinks>().TryRead(token, site.Time.GetUtcNow(), out var link, out _));
        Assert.Equal((PayRunWalk.Run, PayRunWalk.Approver, (await site.RunAsync()).Prepared!.Digest), (link.Run, link.Staff, link.Digest));
    }

    [Fact]
    public async Task A_reminder_says_so_and_what_differs_from_the_run_before_is_signed()
    {
        await using var site = await TestSite.StartAsync();
        await site.PreparedAsync();
        var run = await site.RunAsync();
        run = run with { Prepared = run.Prepared! with { Before = new RunBefore(new(Payday.Fund, 9), new Total(3, Money.FromYuan(500))) } };
        var letter = ApprovalLetter.Of(run, new Text("资金", "Fund"), reminder: true);
        Assert.Contains("reminder", letter.Subject.En, StringComparison.Ordinal);
        Assert.Contains("Difference to the run before, rural-revitalisation-2026-0009: -2 payments, ¥ +100.00.", letter.Paragraphs.Select(text => text.En));
        Assert.Contains("与上一批rural-revitalisation-2026-0009相差：-2笔，+100.00元。", letter.Paragraphs.Select(text => text.Zh));
    }
}
