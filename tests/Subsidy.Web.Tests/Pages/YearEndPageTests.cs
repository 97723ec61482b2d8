using System.Net;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed class YearEndPageTests
{
    private const string Address = "/finance/funds/rural-revitalisation-2026/year-end";

    [Fact]
    public async Task A_year_that_is_not_over_is_not_ended()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        await site.AppropriateAsync(Payday.Fund, 1000);
        await site.ApprovedAsync();
        var browser = await Browser.SignedInAsync(site, "bao-qingtian");

        await browser.OpenAsync(Address);
        Assert.Contains("not over yet", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"/way\"", browser.Page, StringComparison.Ordinal);
        Assert.False(site.Books.Of(Payday.Fund).Fund.Closed);
    }

    [Fact]
    public async Task What_is_open_is_carried_over_and_the_application_hears_of_it()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        await site.AppropriateAsync(Payday.Fund, 1000);
        var filed = await site.ApprovedAsync();
        site.Time.Advance(TimeSpan.FromDays(366));
        var browser = await Browser.SignedInAsync(site, "bao-qingtian");

        await browser.OpenAsync(Address);
        Assert.Contains("set aside", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(Address, [("/way", "carry")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.PostAsync(Address, [("/way", "carry"), ("/confirm", "yes")]);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("1 were dealt with", browser.Page, StringComparison.Ordinal);
        Assert.True(site.Books.Of(Payday.Fund).Fund.Closed);
        var entitlement = (await site.ApplicationAsync(filed)).Entitlement!;
        Assert.Equal((2027, EntitlementState.Reserved), (entitlement.Year, entitlement.State));
        Assert.Equal("bao-qingtian", site.Books.Of(Payday.Fund).Entries.Last(entry => entry.Kind is EntryKind.YearClosed).Actor.Id);
    }

    [Theory]
    [InlineData("qian-duoduo")]
    [InlineData("wen-ruijie")]
    [InlineData("yan-ming")]
    public async Task Only_who_approves_pay_runs_ends_a_year(string staff)
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        await site.AppropriateAsync(Payday.Fund, 100);
        var browser = await Browser.SignedInAsync(site, staff);

        await browser.OpenAsync(Address);

        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }
}
