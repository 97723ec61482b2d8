using System.Net;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Tests.Exports;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>What a household was paid in a year, looked up by the finance office and by auditors, and on record each time.</summary>
public sealed class StatementPageTests
{
    private const string Address = "/finance/statements";

    [Theory]
    [InlineData("qian-duoduo", HttpStatusCode.OK)]
    [InlineData("bao-qingtian", HttpStatusCode.OK)]
    [InlineData("yan-ming", HttpStatusCode.OK)]
    [InlineData("wen-ruijie", HttpStatusCode.Forbidden)]
    [InlineData("li-dasheng", HttpStatusCode.Forbidden)]
    [InlineData("gao-weimin", HttpStatusCode.Forbidden)]
    public async Task The_finance_office_and_auditors_look_up_and_nobody_else(string staff, HttpStatusCode expected)
    {
        await using var site = await StartAsync();
        var filed = await site.JourneyAsync();
        var browser = await Browser.SignedInAsync(site, staff);

        await browser.OpenAsync("/finance");
        Assert.Equal(expected is HttpStatusCode.OK, browser.Page.Contains($"href=\"{Address}\"", StringComparison.Ordinal));
        Assert.Equal(expected, (await browser.OpenAsync(Address)).Status);
        Assert.Equal(expected, (await browser.PostAsync(Address, [("/idNumber", Household.Son), ("/year", "2026")])).Status);
        Assert.Equal(expected is HttpStatusCode.OK ? [(staff, 2026)] : [], Drawn(site, filed));
        if (expected is not HttpStatusCode.OK)
            Assert.Equal(expected, (await browser.PostAsync(Address + ".csv", [("/idNumber", Household.Son), ("/year", "2026")])).Status);
    }

    [Fact]
    public async Task The_statement_shows_scheme_by_scheme_what_was_paid_to_the_person_and_to_the_households_they_belong_to()
    {
        await using var site = await StartAsync();
        var journey = await site.JourneyAsync();
        var fire = await site.FireAsync();
        var browser = await AskAsync(site, Household.Father);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("Statement of payments, 2026", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<dd>赵守家</dd>", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"{journey.Reference}</a> · Member of the household", browser.Page, StringComparison.Ordinal);
        Assert.Contains("赵外出 (applicant)", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"{fire.Reference}</a> · Applicant", browser.Page, StringComparison.Ordinal);
        Assert.Contains("赵外出 (儿子)", browser.Page, StringComparison.Ordinal);
        Assert.Contains("****3446", browser.Page, StringComparison.Ordinal);
        Assert.Contains("In all under this scheme: ¥ 600.00", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<strong>¥ 2,170.00</strong>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Looked up by 严明", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_is_masked_and_stands_in_no_address_cookie_or_log()
    {
        await using var site = await StartAsync();
        await site.JourneyAsync();
        var before = site.Log.Lines.Count;
        var browser = await AskAsync(site, Household.Son);

        Assert.Contains($"{Household.Son[..4]}**********{Household.Son[14..]}", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Household.Son, browser.Page, StringComparison.Ordinal);
        Assert.Equal(Address, browser.Address.PathAndQuery);
        Assert.DoesNotContain(Household.Son, browser.Cookies, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Log.Lines.Skip(before), line => line.Contains(Household.Son, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_look_up_is_on_record_with_each_application_that_it_shows_and_with_no_other()
    {
        await using var site = await StartAsync();
        var journey = await site.JourneyAsync();
        var fire = await site.FireAsync();
        var other = await site.FileAsync(Calls.Application(Calls.IdNumber(5)), new string('e', 32));
        var before = await site.ApplicationAsync(journey);

        var browser = await AskAsync(site, Household.Son);
        await browser.OpenAsync(Address);
        await browser.PostAsync(Address, [("/idNumber", Household.Son), ("/year", "2026")]);

        Assert.Equal([("yan-ming", 2026), ("yan-ming", 2026)], Drawn(site, journey));
        Assert.Equal([("yan-ming", 2026), ("yan-ming", 2026)], Drawn(site, fire));
        Assert.Empty(Drawn(site, other));
        var now = await site.ApplicationAsync(journey);
        Assert.Equal((before.Version + 2, before.Changed, before.Status), (now.Version, now.Changed, now.Status));

        var mine = await MineAsync(site, journey);
        Assert.Contains("Staff looked up what was paid in 2026", mine.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("严明", mine.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "A resident ID number has 18 characters; this one has 8.", "none that is still to come")]
    [InlineData("zh-CN", "居民身份证号码应为18位，现在是8位。", "不晚于今年")]
    public async Task Whatever_is_wrong_is_said_at_once_and_what_was_typed_is_kept(string language, string number, string year)
    {
        await using var site = await StartAsync();
        var filed = await site.JourneyAsync();
        var browser = await Browser.SignedInAsync(site, "yan-ming");
        browser.Language = language;
        await browser.OpenAsync(Address);
        Assert.Contains("value=\"2026\"", browser.Page, StringComparison.Ordinal);

        await browser.PostAsync(Address, [("/idNumber", "3699 0019"), ("/year", "2027")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains(number, browser.Page, StringComparison.Ordinal);
        Assert.Contains(year, browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"3699 0019\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"2027\"", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Drawn(site, filed));
    }

    [Theory]
    [InlineData("２０２６")]
    [InlineData(" 2026 ")]
    public async Task The_year_is_read_as_people_type_it(string year)
    {
        await using var site = await StartAsync();
        await site.JourneyAsync();
        Assert.Contains("¥ 600.00", (await AskAsync(site, Household.Son, year)).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_was_paid_it_is_said_plainly_and_nothing_is_recorded()
    {
        await using var site = await StartAsync();
        var filed = await site.JourneyAsync();

        var browser = await AskAsync(site, Calls.IdNumber(9));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("Nothing was paid in 2026", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(Address);
        await browser.PostAsync(Address, [("/idNumber", Household.Son), ("/year", "2025")]);
        Assert.Contains("Nothing was paid in 2025", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Drawn(site, filed));
    }

    [Fact]
    public async Task The_table_is_taken_away_without_typing_the_number_again_and_that_is_on_record_too()
    {
        await using var site = await StartAsync();
        var journey = await site.JourneyAsync();
        var fire = await site.FireAsync();
        var browser = await AskAsync(site, Household.Son);

        var page = browser.Page;
        await browser.PostAsync(Address + ".csv", []);
        Assert.Equal(
            [
                "Scheme,Reference,As,For,Paid on,Amount (yuan),Kept back (yuan),Asked back (yuan),Account,Others of the household",
                $"Transport subsidy for working away from home,{journey.Reference},Applicant,Once,2026-03-22,600.00,0.00,0.00,****3446,赵守家 (父亲)",
                $"Relief fund,{fire.Reference},Member of the household,Once,2026-03-22,1570.00,0.00,0.00,****3453,赵守家 (applicant)",
                "",
            ],
            browser.Page.TrimStart('\uFEFF').Split("\r\n"));
        Assert.DoesNotContain(Household.Son, page, StringComparison.Ordinal);
        Assert.Equal(2, Drawn(site, journey).Count);
        Assert.Equal(2, Drawn(site, fire).Count);
    }

    [Fact]
    public async Task The_workbook_has_days_and_amounts_that_are_such()
    {
        await using var site = await StartAsync();
        var journey = await site.JourneyAsync();
        var browser = await AskAsync(site, Household.Son);

        var workbook = OpenedWorkbook.Of(await browser.FileAsync(Address + ".xlsx"));

        Assert.Equal(
            ["Transport subsidy for working away from home", journey.Reference, "Applicant", "Once", "46103", "600.00", "0.00", "0.00", "****3446", "赵守家 (父亲)"],
            workbook.Sheets[0][1].Select(cell => cell.Value));
        Assert.Equal(2, Drawn(site, journey).Count);
    }

    [Fact]
    public async Task What_was_asked_back_is_said_beside_what_was_paid()
    {
        await using var site = await StartAsync();
        var journey = await site.JourneyAsync();
        var answer = await site.Get<Desk>().HandleAsync(
            journey.Id, new ClaimBack("qian-duoduo", Payday.EntitlementOf(journey), Money.FromYuan(250), "多发"), null, TestContext.Current.CancellationToken);
        Assert.Null(answer.Refusal);

        var browser = await AskAsync(site, Household.Son);

        Assert.Contains("asked back: ¥ 250.00; outstanding: ¥ 250.00", browser.Page, StringComparison.Ordinal);
        Assert.Contains("In all under this scheme: ¥ 600.00", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(Address + ".csv", []);
        Assert.Contains(",600.00,0.00,250.00,", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_year_is_one_click_away()
    {
        await using var site = await StartAsync();
        await site.JourneyAsync();
        var browser = await AskAsync(site, Household.Son);
        Assert.DoesNotContain(">Show 2027</button>", browser.Page, StringComparison.Ordinal);

        await browser.PostAsync(Address, [("/year", "2025")]);
        Assert.Contains("Statement of payments, 2025", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(Address, [("/year", "2026")]);
        Assert.Contains("¥ 600.00", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_holds_of_a_person_is_of_use_to_nobody_else_and_to_nobody_after_a_while()
    {
        await using var site = await StartAsync();
        var filed = await site.JourneyAsync();
        var auditor = await AskAsync(site, Household.Son);
        var ticket = auditor.Value("ticket");
        var other = await Browser.SignedInAsync(site, "qian-duoduo");

        await other.OpenAsync(Address);
        await other.PostAsync(Address, [("ticket", ticket), ("/year", "2026")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        site.Time.Advance(TimeSpan.FromMinutes(31));
        await auditor.PostAsync(Address + ".csv", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, auditor.Status);
        Assert.Contains("please enter the number again", auditor.Page, StringComparison.Ordinal);
        Assert.Single(Drawn(site, filed));
    }

    [Fact]
    public async Task A_form_of_another_site_looks_nobody_up()
    {
        await using var site = await StartAsync();
        var filed = await site.JourneyAsync();
        var browser = await Browser.SignedInAsync(site, "yan-ming");
        await browser.OpenAsync(Address);

        await browser.PostAsync(Address, [("__RequestVerificationToken", "x"), ("/idNumber", Household.Son), ("/year", "2026")]);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Empty(Drawn(site, filed));
    }

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);

    private static async Task<Browser> AskAsync(TestSite site, string number, string year = "2026")
    {
        var browser = await Browser.SignedInAsync(site, "yan-ming");
        await browser.OpenAsync(Address);
        return await browser.PostAsync(Address, [("/idNumber", number), ("/year", year)]);
    }

    private static async Task<Browser> MineAsync(TestSite site, Filed filed)
    {
        var browser = await new Browser(site) { Language = "en" }.OpenAsync("/my");
        return await browser.PostAsync("/my", [("/reference", filed.Reference), ("/accessKey", filed.AccessKey)]);
    }

    private static List<(string Staff, int Year)> Drawn(TestSite site, Filed filed) =>
        [.. site.Streams.EventsOf(filed.Id).Select(recorded => recorded.Event).OfType<StatementDrawn>().Select(drawn => (drawn.Staff, drawn.Year))];
}
