using System.Net;
using System.Text.RegularExpressions;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed partial class CaseMoneyPageTests
{
    [Theory]
    [InlineData("qian-duoduo", HttpStatusCode.OK)]
    [InlineData("yan-ming", HttpStatusCode.OK)]
    [InlineData("huang-xiulan", HttpStatusCode.NotFound)]
    public async Task The_money_of_an_application_is_the_business_of_few(string staff, HttpStatusCode expected)
    {
        await using var site = await StartAsync();
        var filed = await site.PaidAsync();
        var browser = await Browser.SignedInAsync(site, staff);

        await browser.OpenAsync($"/finance/cases?reference={filed.Reference}");

        Assert.Equal(expected, browser.Status);
        Assert.DoesNotContain("6222020200112233446", browser.Page, StringComparison.Ordinal);
        Assert.Equal(staff is "qian-duoduo", browser.Page.Contains("/claim?of=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Money_is_claimed_back_agreed_on_in_instalments_and_repaid()
    {
        await using var site = await StartAsync();
        var filed = await site.PaidAsync();
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        var recovery = await ClaimAsync(browser, filed);

        var instalments = $"/finance/cases/{filed.Id}/instalments?of={recovery}";
        await browser.OpenAsync(instalments);
        await browser.PostAsync(instalments, [("action", "send"), ("/instalments/0/due", "2026-05-01"), ("/instalments/0/amount", "100"), ("/instalments/1/amount", "x")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("href=\"#f-instalments-1-due\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(instalments,
        [
            ("action", "send"), ("/instalments/0/due", "2026-05-01"), ("/instalments/0/amount", "100"),
            ("/instalments/2/due", "2026-06-01"), ("/instalments/2/amount", "100"),
        ]);
        Assert.Equal(2, (await site.ApplicationAsync(filed)).Recoveries.Single().Instalments.Count);

        var repayment = $"/finance/cases/{filed.Id}/repayment?of={recovery}";
        await browser.OpenAsync(repayment);
        await browser.PostAsync(repayment, [("action", "send"), ("/amount", "200.01"), ("/document", "")]);
        Assert.Contains("href=\"#f-amount\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-document\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(repayment, [("action", "send"), ("/amount", "50"), ("/document", "收据8号")]);
        await browser.OpenAsync(repayment);
        await browser.PostAsync(repayment, [("action", "send"), ("/amount", "20"), ("/document", "收据8号")]);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("value=\"收据8号\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(repayment, [("action", "send"), ("/amount", "150"), ("/document", "收据9号")]);
        await site.TurnAsync(filed.Id);
        Assert.Equal(Status.Closed, (await site.ApplicationAsync(filed)).Status);
        Assert.Equal(Money.Zero, site.Books.Of(Payday.Fund).Fund.BalanceOf(Account.Receivable));
    }

    [Fact]
    public async Task A_write_off_is_proposed_by_one_and_decided_by_another_even_where_one_person_holds_both_roles()
    {
        await using var site = await StartAsync();
        site.Get<ShippedTownship>().Edited = Both("qian-duoduo");
        var filed = await site.PaidAsync();
        var preparer = await Browser.SignedInAsync(site, "qian-duoduo");
        var recovery = await ClaimAsync(preparer, filed);
        var decision = $"/finance/cases/{filed.Id}/decision?of={recovery}";
        await preparer.OpenAsync($"/finance/cases/{filed.Id}/writeoff?of={recovery}");
        await preparer.PostAsync($"/finance/cases/{filed.Id}/writeoff?of={recovery}", [("action", "send"), ("/reason", "人已去世，无遗产")]);
        Assert.Contains("人已去世，无遗产", preparer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/decision?of=", preparer.Page, StringComparison.Ordinal);

        await preparer.OpenAsync($"/finance/cases/{filed.Id}/repayment?of={recovery}");
        await preparer.PostAsync(decision, [("__RequestVerificationToken", preparer.Value("__RequestVerificationToken")), ("action", "send"), ("/accept", "yes")]);
        Assert.Equal(HttpStatusCode.Forbidden, preparer.Status);
        Assert.True((await site.ApplicationAsync(filed)).Recoveries.Single().Open);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync(decision);
        await approver.PostAsync(decision, [("action", "send"), ("/accept", "yes")]);
        Assert.Equal(HttpStatusCode.OK, approver.Status);
        Assert.False((await site.ApplicationAsync(filed)).Recoveries.Single().Open);
        await site.TurnAsync(filed.Id);
        Assert.Equal(Money.FromYuan(200), site.Books.Of(Payday.Fund).Fund.BalanceOf(Account.WrittenOff));
    }

    [Fact]
    public async Task Who_decides_on_a_write_off_is_shown_the_new_amount_when_something_was_repaid_meanwhile()
    {
        await using var site = await StartAsync();
        var filed = await site.PaidAsync();
        var preparer = await Browser.SignedInAsync(site, "qian-duoduo");
        var recovery = await ClaimAsync(preparer, filed);
        await preparer.OpenAsync($"/finance/cases/{filed.Id}/writeoff?of={recovery}");
        await preparer.PostAsync($"/finance/cases/{filed.Id}/writeoff?of={recovery}", [("action", "send"), ("/reason", "人已去世，无遗产")]);
        var decision = $"/finance/cases/{filed.Id}/decision?of={recovery}";
        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync(decision);
        Assert.Equal("20000", approver.Value("shown"));

        var repayment = $"/finance/cases/{filed.Id}/repayment?of={recovery}";
        await preparer.OpenAsync(repayment);
        await preparer.PostAsync(repayment, [("action", "send"), ("/amount", "50"), ("/document", "收据8号")]);
        await approver.PostAsync(decision, [("action", "send"), ("/accept", "yes")]);

        Assert.Equal(HttpStatusCode.Conflict, approver.Status);
        Assert.Equal("15000", approver.Value("shown"));
        Assert.Equal(Money.FromYuan(150), (await site.ApplicationAsync(filed)).Recoveries.Single().Outstanding);
        await approver.PostAsync(decision, [("action", "send"), ("/accept", "yes")]);
        Assert.False((await site.ApplicationAsync(filed)).Recoveries.Single().Open);
        Assert.Equal(
            [("Asked back", "200.00", "钱多多"), ("Repaid", "50.00", "钱多多"), ("Written off", "150.00", "鲍清田")],
            Rows.Matches(approver.Page).Select(row => (row.Groups["what"].Value, row.Groups["sum"].Value, row.Groups["who"].Value)));
        Assert.Contains("收据8号", approver.Page, StringComparison.Ordinal);
    }

    /// <summary>Of what a recovery has come to: what, how much and by whom.</summary>
    [GeneratedRegex("""<td>(?<what>[A-Z][a-z ]+)</td>\s*<td class="sum">(?<sum>[0-9.]+)</td>\s*<td class="nowrap">[^<]+</td>\s*<td>(?<who>[^<]+)</td>""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Rows { get; }

    private static async Task<string> ClaimAsync(Browser browser, Filed filed)
    {
        var claim = $"/finance/cases/{filed.Id}/claim?of={filed.Id}-once";
        await browser.OpenAsync(claim);
        await browser.PostAsync(claim, [("action", "send"), ("/amount", "nonsense"), ("/reason", " ")]);
        Assert.Contains("href=\"#f-amount\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-reason\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(claim, [("action", "send"), ("/amount", "600.01"), ("/reason", "多付了")]);
        Assert.Contains("href=\"#f-amount\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(claim, [("action", "send"), ("/amount", "200"), ("/reason", "多付了")]);
        Assert.Contains("200.00 were asked back", browser.Page, StringComparison.Ordinal);
        return $"{filed.Id}-once-recovery";
    }

    private static Func<TownshipRegister, TownshipRegister> Both(string staff) => register => register with
    {
        Staff =
        [
            .. register.Staff.Select(person => person.Id == staff
                ? person with { Grants = [.. person.Grants, new Grant(Roles.FinanceApprover, Area.Township, null)] }
                : person),
        ],
    };

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
}
