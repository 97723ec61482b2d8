using System.Net;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>What people see of money that is kept back from a later period for what has to be paid back.</summary>
public sealed class OffsetPageTests
{
    [Fact]
    public async Task Applicant_and_finance_office_see_what_was_due_what_is_kept_back_and_what_is_paid()
    {
        await using var site = await Allowance.StartPlainAsync(offset: 50);
        var filed = await site.ApprovedAsync();
        var first = (await site.ApplicationAsync(filed)).Entitlement!;
        await site.TurnAsync(filed.Id);
        await site.OrderAsync(Payday.Fund, first.Id);
        await site.AnswerAsync(Payday.Fund, first.Id, null);
        var answer = await site.Get<Desk>().HandleAsync(
            filed.Id, new ClaimBack("qian-duoduo", first.Id, Money.FromYuan(400), "重复发放"), null, TestContext.Current.CancellationToken);
        Assert.Null(answer.Refusal);
        await site.MonthAsync(filed);
        var second = (await site.ApplicationAsync(filed)).Entitlement!;
        await site.OrderAsync(Payday.Fund, second.Id);
        await site.AnswerAsync(Payday.Fund, second.Id, null);

        Assert.Equal(Money.FromYuan(300), second.Amount);
        Assert.Equal(Money.FromYuan(100), site.Books.Of(Payday.Fund).Fund.BalanceOf(Account.Receivable));
        Assert.Equal(Money.FromYuan(800), site.Books.Of(Payday.Fund).Fund.BalanceOf(Account.Paid));

        var mine = await new Browser(site).OpenAsync("/my");
        await mine.PostAsync("/my", [("/reference", filed.Reference), ("/accessKey", filed.AccessKey)]);
        Assert.Contains("其中300.00元抵扣应退回的款项，实发300.00元", mine.Page, StringComparison.Ordinal);
        Assert.Contains("已从您以后的款项中抵扣", mine.Page, StringComparison.Ordinal);
        await mine.OpenAsync("/my/statement");
        Assert.Contains("抵扣应退回的款项", mine.Page, StringComparison.Ordinal);

        var finance = await Browser.SignedInAsync(site, "qian-duoduo");
        await finance.OpenAsync($"/finance/cases?reference={filed.Reference}");
        Assert.Equal(HttpStatusCode.OK, finance.Status);
        Assert.Contains("300.00 (600.00 − 300.00)", finance.Page, StringComparison.Ordinal);
        Assert.Contains("Kept back from a later period", finance.Page, StringComparison.Ordinal);

        using var response = await site.AsApplicantAsync(HttpMethod.Get, filed);
        var told = await response.JsonAsync(HttpStatusCode.OK);
        Assert.Equal((30000, 30000), (told["payments"]![1]!["amount"]!.GetValue<int>(), told["payments"]![1]!["kept"]!.GetValue<int>()));
        Assert.Null(told["payments"]![0]!["kept"]);
        Assert.Equal(second.Period, told["recoveries"]![0]!["offsets"]![0]!["period"]!.GetValue<string>());
    }
}
