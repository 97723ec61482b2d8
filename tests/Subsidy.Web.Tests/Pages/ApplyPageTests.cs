using System.Net;
using System.Text.RegularExpressions;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed partial class ApplyPageTests
{
    [Theory]
    [InlineData("zh-CN", "外出务工一次性交通补贴")]
    [InlineData("en", "Transport subsidy for working away from home")]
    public async Task The_home_page_offers_the_schemes_in_the_readers_language(string language, string title)
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site) { Language = language }.OpenAsync("/");
        Assert.Contains(title, browser.Page, StringComparison.Ordinal);
        Assert.Contains($"lang=\"{language}\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_input_has_a_label_and_no_id_stands_twice()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync(Filling.Path);
        var ids = Ids().Matches(browser.Page).Select(match => match.Groups["id"].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var input in LabelledInputs().Matches(browser.Page).Select(match => match.Groups["id"].Value))
            Assert.Contains($"<label for=\"{input}\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_form_comes_back_with_every_fault_and_everything_that_was_typed_and_handed_in()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync(Filling.Path);
        var typed = Filling.Typed();
        typed["/applicant/phone"] = "123";
        typed["/answers/monthsWorked"] = "four";
        typed.Remove("/payee/bank");
        await browser.SendAsync(typed, Filling.Papers()[0]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("href=\"#f-answers-monthsWorked\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"赵守家\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"123\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("身份证.pdf", browser.Page, StringComparison.Ordinal);

        typed["/answers/monthsWorked"] = "6";
        await browser.SendAsync(typed);
        foreach (var field in new[] { "applicant-phone", "payee-bank", "papers-proofOfWork", "papers-bankCard" })
            Assert.Contains($"href=\"#f-{field}\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#f-papers-idCopy\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("身份证.pdf", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(Filling.Typed(), Filling.Papers()[1..]);
        Assert.EndsWith("/receipt", browser.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(3, site.Streams.EventsOf(Assert.Single(site.Streams.Ids)).Count(e => e.Event is PaperAdded));
    }

    [Fact]
    public async Task Papers_that_came_without_a_village_are_asked_for_again_in_so_many_words()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync(Filling.Path);
        var typed = Filling.Typed();
        typed.Remove("/village");
        await browser.SendAsync(typed, Filling.Papers());
        Assert.Contains("请先选择所在村，再选择照片", browser.Page, StringComparison.Ordinal);
        Assert.Empty(site.Streams.Ids);
    }

    [Fact]
    public async Task Another_row_is_added_without_losing_anything_and_without_complaints()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync(Filling.Path);
        var typed = Filling.Typed();
        typed["action"] = "add:/household";
        typed.Remove("/applicant/name");
        await browser.SendAsync(typed, Filling.Papers()[0]);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("name=\"/household/2/name\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"赵守家\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("身份证.pdf", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_left_empty_between_others_do_not_count()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync(Filling.Path);
        var typed = Filling.Typed();
        foreach (var field in new[] { "name", "idNumber", "relation" })
        {
            typed[$"/household/1/{field}"] = typed[$"/household/0/{field}"];
            typed[$"/household/0/{field}"] = " ";
        }
        await browser.SendAsync(typed, Filling.Papers());
        Assert.EndsWith("/receipt", browser.Address.AbsolutePath, StringComparison.Ordinal);
        var form = site.Streams.EventsOf(Assert.Single(site.Streams.Ids)).Select(e => e.Event).OfType<Submitted>().Single().Form!;
        Assert.Equal("赵守家", Assert.Single(form.Household).Name);
    }

    [Fact]
    public async Task A_double_click_is_one_application_and_the_same_receipt()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync(Filling.Path);
        var form = browser.Value("idempotencyKey");
        await browser.SendAsync(Filling.Typed(), Filling.Papers());
        var receipt = browser.Page;
        await browser.OpenAsync(Filling.Path);
        var again = Filling.Typed();
        again["idempotencyKey"] = form;
        await browser.SendAsync(again, Filling.Papers());
        Assert.Single(site.Streams.Ids);
        Assert.Equal(Keys().Matches(receipt).Select(match => match.Value), Keys().Matches(browser.Page).Select(match => match.Value));
    }

    [Fact]
    public async Task Going_back_and_changing_a_form_that_was_sent_changes_nothing_and_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync(Filling.Path);
        var changed = Filling.Typed();
        changed["idempotencyKey"] = browser.Value("idempotencyKey");
        changed["/applicant/phone"] = "13900139000";
        await browser.SendAsync(Filling.Typed(), Filling.Papers());
        await browser.OpenAsync(Filling.Path);
        await browser.SendAsync(changed, Filling.Papers());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("这张表已经提交过", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receipt_shows_the_key_to_this_browser_only_and_never_in_an_address()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await Filling.ApplyAsync(site);
        Assert.Equal(2, Keys().Count(browser.Page));
        Assert.Empty(browser.Address.Query);

        var other = await new Browser(site).OpenAsync($"{Filling.Path}/receipt");
        Assert.Equal(HttpStatusCode.Gone, other.Status);
        site.Time.Advance(TimeSpan.FromMinutes(16));
        await browser.OpenAsync($"{Filling.Path}/receipt");
        Assert.Equal(HttpStatusCode.Gone, browser.Status);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_not_taken_but_nothing_typed_is_lost()
    {
        await using var site = await TestSite.StartAsync();
        var browser = new Browser(site);
        await browser.SendAsync(Filling.Typed(), Filling.Papers());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("value=\"赵守家\"", browser.Page, StringComparison.Ordinal);
        Assert.Empty(site.Streams.Ids);
    }

    [GeneratedRegex(" id=\"(?<id>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    [GeneratedRegex("<(?:input type=\"(?:text|tel|email|date|file)\"|textarea|select)[^>]* id=\"(?<id>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex LabelledInputs();

    [GeneratedRegex("class=\"key\">[^<]+", RegexOptions.NonBacktracking)]
    private static partial Regex Keys();
}
