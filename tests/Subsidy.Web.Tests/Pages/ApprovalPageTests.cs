using System.Net;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Links;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>What an approver sees who follows the link of a mail, without signing in.</summary>
public sealed class ApprovalPageTests
{
    [Fact]
    public async Task A_run_is_approved_by_the_link_of_a_mail_which_changes_nothing_when_it_is_only_opened()
    {
        await using var site = await StartAsync();
        var link = $"/pay-approvals/{await site.PreparedAsync()}";
        var before = site.Runs.EventsOf(PayRunWalk.Run).Count;
        var browser = await OpenAsync(site, link);
        await browser.OpenAsync(link);
        Assert.Contains("鲍清田", browser.Page, StringComparison.Ordinal);
        Assert.Contains("1 payment, ¥ 600.00 in all", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Transport subsidy", browser.Page, StringComparison.Ordinal);
        Assert.Equal(before, site.Runs.EventsOf(PayRunWalk.Run).Count);
        NothingOfPayees(browser.Page);

        await browser.PostAsync(link, [("decision", "approve")]);
        Assert.Equal(link, browser.Address.PathAndQuery);
        Assert.Contains("You approved this run on", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<button class=\"dangerous\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(PayRunState.Sent, (await site.CarryOnAsync())!.State);
        Assert.Equal(PayRunWalk.Approver, (await site.RunAsync()).Approved!.Staff);

        // The page of an earlier visit is still open.
        await browser.PostAsync(link, [("__RequestVerificationToken", await TokenAsync(site, browser)), ("decision", "approve"), ("digest", (await site.RunAsync()).Prepared!.Digest)]);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("鲍清田 approved this pay run on 2026-", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_discarded_with_a_reason_and_without_one_asked_for_it()
    {
        await using var site = await StartAsync();
        var link = $"/pay-approvals/{await site.PreparedAsync()}";
        var browser = await OpenAsync(site, link);
        await browser.PostAsync(link, [("decision", "discard"), ("reason", " ")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("href=\"#f-reason\"", browser.Page, StringComparison.Ordinal);

        await browser.PostAsync(link, [("decision", "discard"), ("reason", "日期错了")]);
        Assert.Contains("You discarded this run on", browser.Page, StringComparison.Ordinal);
        Assert.Single(site.Runs.EventsOf(PayRunWalk.Run), recorded => recorded.Event is DiscardOrdered { Staff: PayRunWalk.Approver, Reason: "日期错了" });
    }

    [Fact]
    public async Task Another_approver_who_comes_later_is_told_who_decided()
    {
        await using var site = await StartAsync();
        Grant(site, "wen-ruijie");
        await site.PreparedAsync();
        var mails = site.ApprovalMails();
        Assert.Equal(["bao-qingtian@qingxi.example.org", "wen-ruijie@qingxi.example.org"], mails.Select(mail => mail.To).Order());
        await site.Get<PayRunDesk>().HandleAsync(PayRunWalk.Run, new DiscardRun(PayRunWalk.Approver, "?"), TestContext.Current.CancellationToken);

        var other = await OpenAsync(site, $"/pay-approvals/{Asked.TokenOf(mails.Single(mail => mail.To.StartsWith("wen", StringComparison.Ordinal)))}");
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("鲍清田 discarded this pay run on 2026-", other.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_prepared_a_run_and_may_approve_others_gets_no_mail_and_cannot_by_a_link_either()
    {
        await using var site = await StartAsync();
        Grant(site, PayRunWalk.Preparer);
        await site.PreparedAsync();
        Assert.Equal("bao-qingtian@qingxi.example.org", Assert.Single(site.ApprovalMails()).To);

        var made = site.Get<ApprovalLinks>().Make(new ApprovalLink(PayRunWalk.Run, (await site.RunAsync()).Prepared!.Digest, PayRunWalk.Preparer, site.Time.GetUtcNow().AddDays(1)));
        var browser = await OpenAsync(site, $"/pay-approvals/{made}");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        var signedIn = await Browser.SignedInAsync(site, PayRunWalk.Preparer);
        await signedIn.OpenAsync($"/finance/runs/{PayRunWalk.Run}");
        Assert.DoesNotContain("/approval\"", signedIn.Page, StringComparison.Ordinal);
        Assert.Contains("鲍清田: mail sent", signedIn.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_lost_the_role_is_refused_and_a_run_that_nobody_may_approve_says_so()
    {
        await using var site = await StartAsync();
        var token = await site.PreparedAsync();
        site.Get<ShippedTownship>().Edited = Revoked;
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(site, $"/pay-approvals/{token}")).Status);

        site.Time.SetUtcNow((await site.RunAsync()).Asking!.RemindAt!.Value);
        await site.CarryOnAsync();
        var preparer = await Browser.SignedInAsync(site, PayRunWalk.Preparer);
        await preparer.OpenAsync($"/finance/runs/{PayRunWalk.Run}");
        Assert.Contains("nobody is left who may approve this run", preparer.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, HttpStatusCode.Gone)]
    [InlineData(59, HttpStatusCode.OK)]
    public async Task A_link_expires(int days, HttpStatusCode answer)
    {
        await using var site = await StartAsync();
        var token = await site.PreparedAsync();
        site.Time.Advance(TimeSpan.FromDays(days));
        Assert.Equal(answer, (await OpenAsync(site, $"/pay-approvals/{token}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(site, $"/pay-approvals/{token[..^2]}xx")).Status);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_is_refused()
    {
        await using var site = await StartAsync();
        var link = $"/pay-approvals/{await site.PreparedAsync()}";
        var browser = new Browser(site);
        await browser.PostAsync(link, [("decision", "approve"), ("digest", (await site.RunAsync()).Prepared!.Digest)]);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Null((await site.RunAsync()).Approved);
    }

    private static void NothingOfPayees(string page) =>
        Assert.All(["赵外出", "3446", Calls.IdNumber(1)], personal => Assert.DoesNotContain(personal, page, StringComparison.Ordinal));

    /// <summary>The form's token, from any page with a form.</summary>
    private static async Task<string> TokenAsync(TestSite site, Browser browser) => (await browser.OpenAsync("/sign-in")).Token;

    private static void Grant(TestSite site, string staff) => site.Get<ShippedTownship>().Edited = register => register with
    {
        Staff = [.. register.Staff.Select(one => one.Id == staff ? one with { Grants = [.. one.Grants, new Grant(Roles.FinanceApprover, Area.Township, null)] } : one)],
    };

    private static TownshipRegister Revoked(TownshipRegister register) =>
        register with { Staff = [.. register.Staff.Select(one => one.Id == PayRunWalk.Approver ? one with { Grants = [] } : one)] };

    private static Task<Browser> OpenAsync(TestSite site, string path) => new Browser(site) { Language = "en" }.OpenAsync(path);

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
}
