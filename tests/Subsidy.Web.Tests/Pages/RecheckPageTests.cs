using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>What people see of payments that are checked again, change, stop and go on.</summary>
public sealed partial class RecheckPageTests
{
    private static readonly (string, string)[] Relative =
    [
        ("decision", "Approve"), ("/measurements/calledOn", "2026-05-02"), ("/measurements/spokeWith", "relative"), ("/measurements/confirmed", "true"),
    ];

    [Fact]
    public async Task The_reviewer_sees_what_was_found_before_and_what_the_new_figures_come_to_before_they_count()
    {
        await using var site = await Allowance.StartAsync();
        var filed = await site.ApprovedAsync(Calls.Application(email: "zhao@example.com"));
        await site.MonthAsync(filed);
        var link = $"/decisions/{site.Tokens()[^1]}";

        var browser = await new Browser(site).OpenAsync(link);
        Assert.Contains("此前查明的情况", browser.Page, StringComparison.Ordinal);
        Assert.Contains("务工者本人", browser.Page, StringComparison.Ordinal);
        Assert.Contains("据此每期发放 ¥ 600.00", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(link, Relative.Append(("/measurements/note", "rich")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("应发金额为0元", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(link, Relative.Append(("/measurements/note", "")));
        Assert.Contains("从2026年6月起每期发放¥ 500.00，此前为¥ 600.00；已经核定的不变", browser.Page, StringComparison.Ordinal);
        Assert.Equal(Money.FromYuan(600), (await site.ApplicationAsync(filed)).Amount);

        await browser.PostAsync(link, []);
        Assert.Contains("从2026年6月起每期发放¥ 500.00", browser.Page, StringComparison.Ordinal);
        Assert.Equal(Money.FromYuan(500), (await site.ApplicationAsync(filed)).Amount);
        await site.MonthAsync(filed);

        var mine = await MineAsync(site, filed);
        Assert.Contains("每期金额", mine.Page, StringComparison.Ordinal);
        Assert.Contains("从2026年6月起；此前为¥ 600.00。", mine.Page, StringComparison.Ordinal);
        Assert.Contains("从2026年6月起每期500.00元，此前每期600.00元。", mine.Page, StringComparison.Ordinal);
        Assert.Equal([60000, 60000, 50000], (await site.ApplicationAsync(filed)).Entitlements.Select(one => one.Amount.Fen));
        Assert.Contains(site.Around.Sent.To("zhao@example.com"), mail => mail.Subject.EndsWith("金额有变化", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_leader_calls_for_a_recheck_and_only_those_who_decide_read_why()
    {
        await using var site = await Allowance.StartAsync();
        var filed = await site.ApprovedAsync();
        var leader = await Browser.SignedInAsync(site, "gao-weimin");
        await leader.OpenAsync($"/finance/cases?reference={filed.Reference}");
        Assert.Contains("Paid for each period: ¥ 600.00. The next one is granted on 1 May 2026.", Spaced(leader.Page), StringComparison.Ordinal);

        var recheck = $"/finance/cases/{filed.Id}/recheck?of=";
        await leader.OpenAsync(recheck);
        await leader.PostAsync(recheck, [("action", "send"), ("/comment", " ")]);
        Assert.Contains("href=\"#f-comment\"", leader.Page, StringComparison.Ordinal);
        await leader.PostAsync(recheck, [("action", "send"), ("/comment", "邻居说他已经回来了")]);
        Assert.Contains("It is being checked again", leader.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(recheck, leader.Page, StringComparison.Ordinal);
        await site.TurnAsync(filed.Id);

        var reviewer = await new Browser(site).OpenAsync($"/decisions/{site.Tokens()[^1]}");
        Assert.Contains("邻居说他已经回来了", reviewer.Page, StringComparison.Ordinal);
        var mine = await MineAsync(site, filed);
        Assert.Contains("提前复核。", mine.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("邻居说", mine.Page, StringComparison.Ordinal);
        var preparer = await Browser.SignedInAsync(site, "qian-duoduo");
        await preparer.OpenAsync($"/finance/cases?reference={filed.Reference}");
        Assert.DoesNotContain("/recheck?of=", preparer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_applicant_reports_a_change_on_the_page_or_by_program()
    {
        await using var site = await Allowance.StartAsync();
        var filed = await site.ApprovedAsync();
        var mine = await MineAsync(site, filed);
        await mine.OpenAsync("/my/change");
        await mine.PostAsync("/my/change", [("/comment", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mine.Status);
        await mine.PostAsync("/my/change", [("/comment", "母亲搬来同住")]);
        Assert.Equal("/my", mine.Address.PathAndQuery);
        Assert.Contains("您报告了情况变化。", mine.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/my/change\"", mine.Page, StringComparison.Ordinal);
        await site.TurnAsync(filed.Id);

        var reviewer = await new Browser(site).OpenAsync($"/decisions/{site.Tokens()[^1]}");
        Assert.Contains("母亲搬来同住", reviewer.Page, StringComparison.Ordinal);
        using var again = await site.AsApplicantAsync(HttpMethod.Post, filed, "/changes", Calls.Json(new JsonObject { ["comment"] = "父亲去世" }));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Who_was_stopped_reads_the_reasons_appeals_on_the_page_and_is_paid_again()
    {
        await using var site = await Allowance.StartAsync();
        var filed = await site.ApprovedAsync(Calls.Application(email: "zhao@example.com"));
        var leader = await Browser.SignedInAsync(site, "gao-weimin");
        var stop = $"/finance/cases/{filed.Id}/stop?of=";
        await leader.OpenAsync(stop);
        await leader.PostAsync(stop, [("action", "send"), ("/reason", "Ineligible"), ("/comment", "已在本地就业。")]);
        Assert.Contains("Payments have stopped after April 2026: no longer eligible. An appeal is possible until 31 May 2026", Spaced(leader.Page), StringComparison.Ordinal);
        await site.TurnAsync(filed.Id);
        Assert.Contains(site.Around.Sent.To("zhao@example.com"), mail => mail.Text.Contains("可以在2026年5月31日前申诉", StringComparison.Ordinal));

        var mine = await MineAsync(site, filed);
        Assert.Contains("已在本地就业。", mine.Page, StringComparison.Ordinal);
        Assert.Contains("停止按期发放，最后一期2026年4月：不再符合条件。理由：已在本地就业。可以在2026年5月31日前申诉。", mine.Page, StringComparison.Ordinal);
        Assert.Contains("行政复议", mine.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("每期金额", mine.Page, StringComparison.Ordinal);
        await mine.OpenAsync("/my/appeal");
        await mine.PostAsync("/my/appeal", [("/reason", "我仍在宁波上班")]);
        Assert.Contains("申诉正在处理", mine.Page, StringComparison.Ordinal);
        site.Time.Advance(TimeSpan.FromDays(40));
        await site.TurnAsync(filed.Id);

        var link = $"/decisions/{site.Tokens()[^1]}";
        var county = await new Browser(site).OpenAsync(link);
        Assert.Contains("对停止发放的复核", county.Page, StringComparison.Ordinal);
        Assert.Contains("高为民", county.Page, StringComparison.Ordinal);
        Assert.Contains("已在本地就业。", county.Page, StringComparison.Ordinal);
        Assert.Contains("我仍在宁波上班", county.Page, StringComparison.Ordinal);
        await county.PostAsync(link, [("decision", "Approve"), ("comment", "单位证明属实")]);
        Assert.Contains("从2026年5月起继续发放", county.Page, StringComparison.Ordinal);
        Assert.Contains("核定发放2026年5月的¥ 600.00", county.Page, StringComparison.Ordinal);
        await county.PostAsync(link, []);
        await site.TurnAsync(filed.Id);

        mine = await MineAsync(site, filed);
        Assert.Contains("从2026年5月起继续发放。", mine.Page, StringComparison.Ordinal);
        Assert.Equal(["2026-04", "2026-05"], (await site.ApplicationAsync(filed)).Entitlements.Select(one => one.Period));
    }

    [Fact]
    public async Task A_stop_is_appealed_by_program_as_a_rejection_is()
    {
        await using var site = await Allowance.StartAsync();
        var filed = await site.ApprovedAsync();
        var stopped = await site.Get<Core.Engine.Desk>().HandleAsync(
            filed.Id, new StopPayments("gao-weimin", StopReason.MovedAway, null, "户口已迁往宁波"), null, TestContext.Current.CancellationToken);
        Assert.Null(stopped.Refusal);

        using var shown = await site.AsApplicantAsync(HttpMethod.Get, filed);
        var view = await shown.JsonAsync(HttpStatusCode.OK);
        Assert.True(view["may"]!["appeal"]!.GetValue<bool>());
        Assert.False(view["may"]!["reportChange"]!.GetValue<bool>());
        Assert.NotNull(view["dueAt"]);
        using var empty = await site.AsApplicantAsync(HttpMethod.Post, filed, "/appeal", Calls.Json(new JsonObject { ["reason"] = "" }));
        Assert.Equal(["/reason"], await empty.PointersAsync());
        using var lodged = await site.AsApplicantAsync(HttpMethod.Post, filed, "/appeal", Calls.Json(new JsonObject { ["reason"] = "没有迁出" }));
        Assert.False((await lodged.JsonAsync(HttpStatusCode.OK))["may"]!["appeal"]!.GetValue<bool>());
    }

    private static async Task<Browser> MineAsync(TestSite site, Filed filed)
    {
        var browser = await new Browser(site).OpenAsync("/my");
        return await browser.PostAsync("/my", [("/reference", filed.Reference), ("/accessKey", filed.AccessKey)]);
    }

    /// <summary>The page as it reads: without tags, and with one space for many.</summary>
    private static string Spaced(string page) => Spaces().Replace(Tags().Replace(page, ""), " ");

    [GeneratedRegex("<[^>]+>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
