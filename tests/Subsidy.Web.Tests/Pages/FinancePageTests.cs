using System.Net;
using Subsidy.Core;
using Subsidy.Core.Funds;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed class FinancePageTests
{
    private const string Address = "/finance/funds/rural-revitalisation-2026";

    [Theory]
    [InlineData("qian-duoduo", HttpStatusCode.OK)]
    [InlineData("bao-qingtian", HttpStatusCode.OK)]
    [InlineData("wen-ruijie", HttpStatusCode.OK)]
    [InlineData("yan-ming", HttpStatusCode.OK)]
    [InlineData("li-dasheng", HttpStatusCode.Forbidden)]
    [InlineData("gao-weimin", HttpStatusCode.Forbidden)]
    public async Task The_books_are_read_by_finance_administrators_and_auditors(string staff, HttpStatusCode expected)
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 1000);
        var browser = await Browser.SignedInAsync(site, staff);

        await browser.OpenAsync("/finance");
        Assert.Equal(expected, browser.Status);
        await browser.OpenAsync(Address);
        Assert.Equal(expected, browser.Status);
        await browser.OpenAsync(Address + "/ledger.csv");
        Assert.Equal(expected, browser.Status);
    }

    [Fact]
    public async Task Every_fund_says_what_is_due_failed_and_paid_for_each_scheme()
    {
        await using var site = await StartAsync();
        await site.PaidAsync("AC01");
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");

        await browser.OpenAsync("/finance");

        Assert.Contains("Rural revitalisation fund · 2026", browser.Page, StringComparison.Ordinal);
        Assert.Contains("600.00<br><span class=\"quiet\">1 payment</span>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("part-Reserved\" x=\"0\" y=\"0\" width=\"60\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(Address);
        Assert.Contains("Failed<br>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("AC01", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("赵外出", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_recovered_kept_back_and_written_off_stands_beside_what_was_paid_in_figures_and_in_the_chart()
    {
        await using var site = await StartAsync();
        var entitlement = Payday.EntitlementOf(await site.PaidAsync());
        await site.BooksAsync(Payday.Fund, new RaiseClaim(Core.Applications.Actor.Engine, "r1", entitlement, Money.FromYuan(480)));
        foreach (var (end, yuan) in new[] { (ClaimEnd.Repaid, 60), (ClaimEnd.Offset, 120), (ClaimEnd.WrittenOff, 180) })
            await site.BooksAsync(Payday.Fund, new SettleClaim(Core.Applications.Actor.Engine, $"{end}", "r1", entitlement, Money.FromYuan(yuan), end, "document"));
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");

        foreach (var address in new[] { "/finance", Address })
        {
            await browser.OpenAsync(address);
            var page = string.Join(' ', browser.Page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains("<td class=\"sum\">120.00</td> <td class=\"sum\">180.00<br><span class=\"quiet\">120.00 of it kept back</span></td> <td class=\"sum\">180.00</td>", page, StringComparison.Ordinal);
            Assert.Contains("Paid and not asked back 120.00, To be recovered 120.00, Recovered 180.00, Written off 180.00\"", page, StringComparison.Ordinal);
            Assert.Contains("part-PaidForGood\" x=\"0\" y=\"0\" width=\"200\"", page, StringComparison.Ordinal);
            Assert.Contains("part-Recovered\" x=\"400\" y=\"0\" width=\"300\"", page, StringComparison.Ordinal);
        }

        await browser.OpenAsync("/finance/schemes.csv");
        Assert.Equal(
            "Rural revitalisation fund,2026,Transport subsidy for working away from home,0,0.00,0,0.00,0,0.00,0,0.00,1,600.00,120.00,60.00,120.00,180.00",
            browser.Page.Split("\r\n")[1]);
    }

    [Fact]
    public async Task An_increase_is_shown_before_it_is_made_serves_those_who_wait_and_counts_once()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 100);
        var filed = await site.ApprovedAsync();
        Assert.Equal(1, site.Books.Of(Payday.Fund).Fund.Waiting);
        var browser = await Browser.SignedInAsync(site, "bao-qingtian");

        await browser.OpenAsync(Address + "/appropriation");
        var key = browser.Value("key");
        await browser.PostAsync(Address + "/appropriation", [("/direction", "in"), ("/amount", "１,０００.50"), ("/document", "青财预〔2026〕12号")]);
        Assert.Contains("¥ 100.00 → <strong>¥ 1,100.50", browser.Page, StringComparison.Ordinal);
        Assert.Contains("1 that wait are served", browser.Page, StringComparison.Ordinal);
        Assert.Equal(Money.FromYuan(100), site.Books.Of(Payday.Fund).Fund.Available);

        await browser.PostAsync(Address + "/appropriation", []);
        Assert.Equal(Address, browser.Address.PathAndQuery);
        Assert.Equal(Money.FromYuan(500) + new Money(50), site.Books.Of(Payday.Fund).Fund.Available);
        Assert.Equal(Core.Applications.EntitlementState.Reserved, (await site.ApplicationAsync(filed)).Entitlement!.State);
        var entry = site.Books.Of(Payday.Fund).Entries.Last(one => one.Kind is EntryKind.Appropriated);
        Assert.Equal(("bao-qingtian", "青财预〔2026〕12号"), (entry.Actor.Id, entry.Note));

        await browser.OpenAsync(Address + "/appropriation");
        await browser.PostAsync(
            Address + "/appropriation",
            [("key", key), ("confirm", "yes"), ("/direction", "in"), ("/amount", "1000.50"), ("/document", "青财预〔2026〕12号")]);
        Assert.Equal(2, site.Books.Of(Payday.Fund).Entries.Count(one => one.Kind is EntryKind.Appropriated));
    }

    [Fact]
    public async Task No_more_is_cut_than_is_available_and_whatever_is_missing_is_said_at_once()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 100);
        var browser = await Browser.SignedInAsync(site, "wen-ruijie");

        await browser.OpenAsync(Address + "/appropriation");
        await browser.PostAsync(Address + "/appropriation", [("/amount", "12.345")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("href=\"#f-direction\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-amount\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-document\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(Address + "/appropriation", [("/direction", "out"), ("/amount", "100.01"), ("/document", "1号")]);
        Assert.Contains("Only 100.00 yuan are available", browser.Page, StringComparison.Ordinal);
        Assert.Single(site.Books.Of(Payday.Fund).Entries);
    }

    [Theory]
    [InlineData("qian-duoduo", "/appropriation", HttpStatusCode.Forbidden)]
    [InlineData("yan-ming", "/appropriation", HttpStatusCode.Forbidden)]
    [InlineData("yan-ming", "/petty", HttpStatusCode.Forbidden)]
    [InlineData("qian-duoduo", "/petty", HttpStatusCode.OK)]
    [InlineData("qian-duoduo", "/check", HttpStatusCode.Forbidden)]
    [InlineData("bao-qingtian", "/ledger.jsonl", HttpStatusCode.Forbidden)]
    public async Task Moving_money_and_checking_the_books_are_for_whom_they_belong_to(string staff, string path, HttpStatusCode expected)
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 100);
        var browser = await Browser.SignedInAsync(site, staff);

        await browser.OpenAsync(Address + path);

        Assert.Equal(expected, browser.Status);
    }

    [Fact]
    public async Task Cash_for_the_petty_fund_goes_out_and_comes_back()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 100);
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");

        await browser.OpenAsync(Address + "/petty");
        await browser.PostAsync(Address + "/petty", [("/direction", "in"), ("/amount", "60"), ("/document", "支票1号")]);
        await browser.PostAsync(Address + "/petty", []);
        Assert.Equal(Money.FromYuan(60), site.Books.Of(Payday.Fund).Fund.BalanceOf(Account.Petty));
        await browser.OpenAsync(Address + "/petty");
        await browser.PostAsync(Address + "/petty", [("/direction", "out"), ("/amount", "10"), ("/document", "缴款书1号")]);
        await browser.PostAsync(Address + "/petty", []);
        Assert.Equal(Money.FromYuan(50), site.Books.Of(Payday.Fund).Fund.Available);
    }

    [Fact]
    public async Task The_form_of_an_entry_that_is_sent_again_with_another_amount_does_not_pass_for_done()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 1000);
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        await browser.OpenAsync(Address + "/petty");
        var key = browser.Value("key");
        Task SendAsync(string amount, string document, string confirm = "yes") => browser.PostAsync(
            Address + "/petty", [("key", key), ("confirm", confirm), ("/direction", "in"), ("/amount", amount), ("/document", document)]);
        await SendAsync("100", "凭证1");

        // Back in the browser, and the next voucher into the same form.
        await browser.OpenAsync(Address + "/petty");
        await SendAsync("250", "凭证2", confirm: "no");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("recorded before, with another amount", browser.Page, StringComparison.Ordinal);
        await SendAsync("250", "凭证2");
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        await browser.OpenAsync(Address + "/petty");
        await SendAsync("100", "凭证1");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal(Money.FromYuan(100), site.Books.Of(Payday.Fund).Entries.Single(one => one.Kind is EntryKind.PettyAdvanced).Amount);
    }

    [Fact]
    public async Task The_ledger_is_shown_in_pages_and_downloaded_whole_without_formulas()
    {
        await using var site = await StartAsync();
        for (var number = 1; number <= 60; number++)
            await site.AppropriateAsync(Payday.Fund, number, $"a{number}");
        await site.Get<Core.Engine.FundDesk>().HandleAsync(
            Payday.Fund, new Appropriate(Core.Applications.Actor.Staff("wen-ruijie"), "x", Money.FromYuan(1), "=1+1"), TestContext.Current.CancellationToken);
        var browser = await Browser.SignedInAsync(site, "yan-ming");

        await browser.OpenAsync(Address);
        Assert.Contains("<td class=\"number\">61</td>", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<td class=\"number\">11</td>", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(Address + "?before=12");
        Assert.Contains("<td class=\"number\">11</td>", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<td class=\"number\">12</td>", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(Address + "/ledger.csv");
        var lines = browser.Page.Split("\r\n");
        Assert.Equal(63, lines.Length);
        Assert.StartsWith("1,2026-03-02 09:00:00,文睿杰,Appropriated,a1,1.00,Budget,Available,,青财预〔2026〕2号,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",'=1+1,", lines[61], StringComparison.Ordinal);
        Assert.Contains(Address + "/ledger.xlsx", (await browser.OpenAsync(Address)).Page, StringComparison.Ordinal);
    }

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
}
