using System.Net;
using System.Text.RegularExpressions;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed partial class MyPageTests
{
    [Fact]
    public async Task Reference_and_key_open_the_application_for_half_an_hour()
    {
        await using var site = await TestSite.StartAsync();
        var receipt = await Filling.ApplyAsync(site);
        var keys = Keys().Matches(receipt.Page).Select(match => match.Groups["key"].Value).ToList();

        var browser = await new Browser(site).OpenAsync("/my");
        await browser.PostAsync("/my", [("/reference", keys[0]), ("/accessKey", "AAAA-BBBB")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains($"value=\"{keys[0]}\"", browser.Page, StringComparison.Ordinal);

        await browser.PostAsync("/my", [("/reference", keys[0].ToLowerInvariant()), ("/accessKey", keys[1])]);
        Assert.Equal("/my", browser.Address.PathAndQuery);
        Assert.Contains("申请已提交", browser.Page, StringComparison.Ordinal);
        Assert.Contains("600.00", browser.Page, StringComparison.Ordinal);
        site.Time.Advance(TimeSpan.FromMinutes(31));
        await browser.OpenAsync("/my");
        Assert.DoesNotContain("申请已提交", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_leaves_nothing_on_the_telephone()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await (await Filling.ApplyAsync(site)).OpenAsync("/my");
        await browser.PostAsync("/my/close", []);
        Assert.DoesNotContain("申请已提交", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawal_is_asked_about_first()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await (await Filling.ApplyAsync(site)).OpenAsync("/my/withdrawal");
        Assert.Contains("确定要撤回", browser.Page, StringComparison.Ordinal);
        var id = Assert.Single(site.Streams.Ids);
        Assert.DoesNotContain(site.Streams.EventsOf(id), e => e.Event is Withdrawn);
        await browser.PostAsync("/my/withdrawal", [("reason", "不办了")]);
        Assert.Contains("已撤回", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/my/withdrawal", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_returned_is_put_right_on_the_form_as_it_was_filled_in()
    {
        await using var site = await TestSite.StartAsync();
        var (id, link, _) = await DecisionPageTests.AskedAsync(site);
        var reviewer = await new Browser(site).OpenAsync(link);
        await reviewer.PostAsync(link, [("decision", "Return"), ("missing", "bankCard"), ("missingOther", "请写明工地名称")]);
        await reviewer.PostAsync(link, []);

        var browser = await OpenedAsync(site, id);
        Assert.Contains("请写明工地名称", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/my/amendment");
        Assert.Contains("value=\"某机械厂\"", browser.Page, StringComparison.Ordinal);
        var typed = Filling.Typed();
        typed["/answers/employer"] = "某机械厂二号工地";
        typed["/applicant/phone"] = "1";
        var card = ("/papers/bankCard", "新卡.pdf", Calls.Pdf("new card"));
        await browser.PostAsync("/my/amendment", typed.Select(pair => (pair.Key, pair.Value)), card);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("新卡.pdf", browser.Page, StringComparison.Ordinal);

        typed["/applicant/phone"] = "13800138000";
        await browser.PostAsync("/my/amendment", typed.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal("/my", browser.Address.PathAndQuery);
        var amended = site.Streams.EventsOf(id).Select(e => e.Event).OfType<Amended>().Single();
        Assert.Equal("某机械厂二号工地", amended.Form!.Answers["employer"]!.GetValue<string>());
        Assert.Equal("赵守家", Assert.Single(amended.Form.Household).Name);
    }

    private static async Task<Browser> OpenedAsync(TestSite site, string id)
    {
        var browser = await new Browser(site).OpenAsync("/my");
        return await browser.PostAsync("/my", [("/reference", id), ("/accessKey", site.Get<Web.Keys.AccessKeys>().Of(id))]);
    }

    [GeneratedRegex("class=\"key\">(?<key>[^<]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Keys();
}
