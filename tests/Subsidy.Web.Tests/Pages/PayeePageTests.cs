using System.Net;
using Subsidy.Core.Applications;
using Subsidy.Web.Links;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed class PayeePageTests
{
    private const string Right = "6222020200112233438";

    [Fact]
    public async Task An_account_that_failed_is_corrected_on_the_page()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync("AC04");
        var browser = await OpenedAsync(site, filed);
        Assert.Contains("收款账户已销户", browser.Page, StringComparison.Ordinal);
        Assert.Contains("****3446", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/my/payee");
        await browser.PostAsync("/my/payee", [("/payee/name", "赵外出"), ("/payee/account", "12"), ("/payee/bank", "农村商业银行")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("href=\"#f-payee-account\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync("/my/payee", [("/payee/name", "赵外出"), ("/payee/account", "6222 0202 0011 2233 438"), ("/payee/bank", "农村商业银行")]);

        Assert.Equal("/my", browser.Address.PathAndQuery);
        Assert.Contains("****3438", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("收款账户已销户，请换一个在用的账户。</p>", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Approve", "新的收款人已核实", "****3438")]
    [InlineData("Reject", "新的收款人没有通过核实", "****3446")]
    public async Task Another_holder_is_paid_only_when_a_second_person_confirms(string decision, string told, string account)
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync("BE01");
        var browser = await OpenedAsync(site, filed);
        await browser.OpenAsync("/my/payee");
        await browser.PostAsync("/my/payee", [("/payee/name", "赵守家"), ("/payee/account", Right), ("/payee/bank", "农村商业银行")]);
        Assert.Contains("新的收款人正在核实", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/my/payee", browser.Page, StringComparison.Ordinal);

        var reviewer = await new Browser(site).OpenAsync(await LinkAsync(site, filed));
        Assert.Contains("赵外出，农村商业银行，****3446", reviewer.Page, StringComparison.Ordinal);
        Assert.Contains("赵守家，农村商业银行，****3438", reviewer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Right, reviewer.Page, StringComparison.Ordinal);
        await reviewer.PostAsync(reviewer.Address.PathAndQuery, [("decision", decision), ("comment", "已当面核对户口簿")]);
        Assert.Contains(decision is "Approve" ? "从下一批起付给新的收款人" : "收款人不变", reviewer.Page, StringComparison.Ordinal);
        await reviewer.PostAsync(reviewer.Address.PathAndQuery, []);
        Assert.Contains("已记录您的决定", reviewer.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/my");
        Assert.Contains(told, browser.Page, StringComparison.Ordinal);
        Assert.Contains(account, browser.Page, StringComparison.Ordinal);
        var state = (await site.ApplicationAsync(filed)).Entitlement!.State;
        Assert.Equal(decision is "Approve" ? EntitlementState.Reserved : EntitlementState.Failed, state);
    }

    private static async Task<string> LinkAsync(TestSite site, Filed filed)
    {
        var assignment = Assert.Single((await site.ApplicationAsync(filed)).Assignments);
        Assert.Equal(AssignmentKind.Payee, assignment.Kind);
        var candidate = assignment.Seats[0].Candidates[0];
        return "/decisions/" + site.Get<DecisionLinks>().Make(new DecisionLink(
            filed.Id, assignment.Key, assignment.Round, candidate.Staff, candidate.Link, site.Time.GetUtcNow() + DecisionLinks.Life));
    }

    private static async Task<Browser> OpenedAsync(TestSite site, Filed filed)
    {
        var browser = await new Browser(site).OpenAsync("/my");
        return await browser.PostAsync("/my", [("/reference", filed.Reference), ("/accessKey", filed.AccessKey)]);
    }
}
