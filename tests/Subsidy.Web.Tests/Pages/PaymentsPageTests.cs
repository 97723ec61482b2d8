using System.Net;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Exports;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed class PaymentsPageTests
{
    [Fact]
    public async Task What_was_paid_is_public_for_its_village_and_month_with_the_name_masked()
    {
        await using var site = await TestSite.StartAsync();
        await site.PaidAsync();
        var browser = await new Browser(site) { Language = "en" }.OpenAsync("/payments?village=xishan&month=2026-03");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("<td class=\"nowrap\">赵*出</td>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("600.00", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("赵外出", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("3446", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/payments/download.csv?village=xishan&month=2026-03");
        Assert.Equal(["Name,Scheme,For,Amount (yuan),Paid on", "赵*出,Transport subsidy for working away from home,Once,600.00,2026-03-22", ""],
            browser.Page.TrimStart('\uFEFF').Split("\r\n"));
        var workbook = OpenedWorkbook.Of(await site.Http.GetByteArrayAsync("/payments/download.xlsx?village=xishan&month=2026-03", TestContext.Current.CancellationToken));
        Assert.Equal(["赵*出", "外出务工一次性交通补贴", "一次性", "600.00", "46103"], workbook.Sheets[0][1].Select(cell => cell.Value));
    }

    [Theory]
    [InlineData("/payments/download.ods?village=xishan")]
    [InlineData("/payments/download.xlsx?village=nowhere")]
    public async Task Nothing_is_downloaded_from_where_nothing_is(string path)
    {
        await using var site = await TestSite.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await new Browser(site).OpenAsync(path)).Status);
    }

    [Theory]
    [InlineData("?village=dongshan&month=2026-03")]
    [InlineData("?village=xishan&month=2026-02")]
    [InlineData("")]
    public async Task Nowhere_else(string query)
    {
        await using var site = await TestSite.StartAsync();
        await site.PaidAsync();
        var browser = await new Browser(site).OpenAsync("/payments" + query);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.DoesNotContain("赵", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_or_came_back_is_not_called_paid()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync();
        await site.AnswerAsync(Payday.Fund, Payday.EntitlementOf(filed), "AC04");
        var browser = await new Browser(site).OpenAsync("/payments?village=xishan&month=2026-03");
        Assert.DoesNotContain("赵", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_paid_is_named_whoever_is_paid_by_now()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync();
        await site.AppendAsync(filed, new PayeeProposed(new Payee("王五六", "6222020000000000018", "青溪农商银行")), new PayeeDecided(true, "sun-hongmei", null));
        Assert.Equal("王五六", (await site.ApplicationAsync(filed)).Payee!.Name);

        var browser = await new Browser(site).OpenAsync("/payments?village=xishan&month=2026-03");

        Assert.Contains("赵*出", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("王*六", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_applicant_prints_a_statement_of_the_year()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync();
        var browser = await new Browser(site) { Language = "en" }.OpenAsync("/my");
        await browser.PostAsync("/my", [("/reference", filed.Reference), ("/accessKey", filed.AccessKey)]);
        Assert.Contains("/my/statement", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/my/statement");
        Assert.Contains("Statement of payments, 2026", browser.Page, StringComparison.Ordinal);
        Assert.Contains("赵守家", browser.Page, StringComparison.Ordinal);
        Assert.Contains("In all</th><td class=\"sum\">¥ 600.00", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/my/statement?year=2025");
        Assert.Contains("In all</th><td class=\"sum\">¥ 0.00", browser.Page, StringComparison.Ordinal);
    }
}
