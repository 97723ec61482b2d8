using System.Net;
using Subsidy.Core.Applications;
using Subsidy.Web.Links;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed class DecisionPageTests
{
    private static readonly (string, string)[] Approval =
        [("decision", "Approve"), ("checklist", "known"), ("checklist", "away"), ("checklist", "notTwice"), ("comment", "情况属实")];

    [Fact]
    public async Task Opening_a_link_shows_the_case_and_changes_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var (id, link, _) = await AskedAsync(site);
        var before = site.Streams.EventsOf(id).Count;
        var browser = await new Browser(site).OpenAsync(link);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("赵外出", browser.Page, StringComparison.Ordinal);
        Assert.Contains("某机械厂", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.IdNumber(1), browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("6222020200112233446", browser.Page, StringComparison.Ordinal);
        Assert.Equal(before, site.Streams.EventsOf(id).Count);
    }

    [Fact]
    public async Task The_first_post_says_what_the_decision_would_do_and_the_second_one_decides()
    {
        await using var site = await TestSite.StartAsync();
        var (id, link, _) = await AskedAsync(site);
        var before = site.Streams.EventsOf(id).Count;
        var browser = await new Browser(site).OpenAsync(link);
        await browser.PostAsync(link, Approval);
        Assert.Contains("“村级公示”开始公示", browser.Page, StringComparison.Ordinal);
        Assert.Equal(before, site.Streams.EventsOf(id).Count);

        await browser.PostAsync(link, []);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("已记录您的决定", browser.Page, StringComparison.Ordinal);
        Assert.Contains("“村级公示”开始公示", browser.Page, StringComparison.Ordinal);
        Assert.Equal("情况属实", site.Streams.EventsOf(id).Select(e => e.Event).OfType<Voted>().Single().Comment);
    }

    [Fact]
    public async Task Going_back_from_the_confirmation_keeps_what_was_entered()
    {
        await using var site = await TestSite.StartAsync();
        var (id, link, _) = await AskedAsync(site);
        var browser = await new Browser(site).OpenAsync(link);
        await browser.PostAsync(link, Approval);
        await browser.PostAsync(link, [("action", "change")]);
        Assert.Contains("情况属实</textarea>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"away\" checked", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Streams.EventsOf(id), e => e.Event is Voted);
    }

    [Fact]
    public async Task Whatever_is_missing_is_told_beside_its_field()
    {
        await using var site = await TestSite.StartAsync();
        var (_, link, _) = await AskedAsync(site);
        var browser = await new Browser(site).OpenAsync(link);
        await browser.PostAsync(link, [("decision", "Approve"), ("checklist", "known")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("href=\"#f-checklist-away\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#f-checklist-known\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(link, []);
        Assert.Contains("href=\"#f-decision\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_carries_every_paper_and_line_that_is_missing()
    {
        await using var site = await TestSite.StartAsync();
        var (id, link, _) = await AskedAsync(site);
        var browser = await new Browser(site).OpenAsync(link);
        await browser.PostAsync(link, [("decision", "Return"), ("missing", "bankCard"), ("missingOther", "请写明工地名称\n\n请补签名")]);
        await browser.PostAsync(link, []);
        var missing = site.Streams.EventsOf(id).Select(e => e.Event).OfType<Returned>().Single().Missing!;
        Assert.Equal(["/papers/bankCard", "", ""], missing.Select(one => one.Pointer));
        Assert.Equal(["请写明工地名称", "请补签名"], missing.Skip(1).Select(one => one.Text));
    }

    [Fact]
    public async Task A_second_click_is_told_what_was_decided_and_a_colleague_who_decided()
    {
        await using var site = await TestSite.StartAsync();
        var (id, link, other) = await AskedAsync(site);
        var browser = await new Browser(site).OpenAsync(link);
        await browser.PostAsync(link, Approval);
        await browser.PostAsync(link, []);
        var decided = site.Streams.EventsOf(id).Count;

        await browser.OpenAsync(link);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("您于 2026年3月2日 09:00 决定：同意", browser.Page, StringComparison.Ordinal);
        var colleague = await new Browser(site).OpenAsync(other);
        Assert.Equal(HttpStatusCode.Conflict, colleague.Status);
        Assert.Contains("作出决定：同意", colleague.Page, StringComparison.Ordinal);
        Assert.Equal(decided, site.Streams.EventsOf(id).Count);
    }

    [Fact]
    public async Task A_link_that_has_expired_or_was_never_made_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var (_, link, _) = await AskedAsync(site);
        Assert.Equal(HttpStatusCode.NotFound, (await new Browser(site).OpenAsync($"{link}x")).Status);
        site.Time.Advance(DecisionLinks.Life);
        Assert.Equal(HttpStatusCode.Gone, (await new Browser(site).OpenAsync(link)).Status);
    }

    [Fact]
    public async Task A_case_that_has_moved_on_is_not_decided_on_what_was_seen_before()
    {
        await using var site = await TestSite.StartAsync();
        var (id, link, _) = await AskedAsync(site);
        var browser = await new Browser(site).OpenAsync(link);
        await browser.PostAsync(link, Approval);
        var application = (await site.Streams.LoadAsync(id, TestContext.Current.CancellationToken))!.Application;
        await site.Get<Core.Engine.Desk>().HandleAsync(id, new Withdraw(null), null, TestContext.Current.CancellationToken);
        await browser.PostAsync(link, []);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("申请在您查看之后有了变化", browser.Page, StringComparison.Ordinal);
        Assert.Equal(Status.InReview, application.Status);
    }

    /// <summary>An application whose first step is open, and the links of two people who are asked.</summary>
    internal static async Task<(string Id, string Link, string Other)> AskedAsync(TestSite site)
    {
        await Filling.ApplyAsync(site);
        var id = Assert.Single(site.Streams.Ids);
        await site.TurnAsync(id);
        var application = (await site.Streams.LoadAsync(id, TestContext.Current.CancellationToken))!.Application;
        var assignment = Assert.Single(application.Assignments);
        var links = assignment.Seats.SelectMany(seat => seat.Candidates).Select(candidate => "/decisions/" + site.Get<DecisionLinks>().Make(
            new DecisionLink(id, assignment.Key, assignment.Round, candidate.Staff, candidate.Link, site.Time.GetUtcNow() + DecisionLinks.Life))).ToList();
        Assert.True(links.Count >= 2);
        return (id, links[0], links[1]);
    }
}
