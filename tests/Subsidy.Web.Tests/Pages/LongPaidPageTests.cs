using System.Net;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>Periods that were paid so long ago that the head has forgotten them: the stream, and the books, have not.</summary>
public sealed class LongPaidPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <returns>The months, in the order in which they were granted and paid.</returns>
    private static async Task<IReadOnlyList<Payment>> PayAsync(TestSite site, Filed filed, int months)
    {
        for (var month = 0; month < months; month++)
        {
            if (month > 0)
                await site.MonthAsync(filed);
            await site.TurnAsync(filed.Id);
            var due = (await site.ApplicationAsync(filed)).Entitlement!;
            await site.OrderAsync(Payday.Fund, due.Id);
            await site.AnswerAsync(Payday.Fund, due.Id, null);
        }
        return PaymentList.Of(await site.Streams.ReadAsync(filed.Id, Cancel).Select(stored => stored.Recorded).ToListAsync(Cancel));
    }

    [Fact]
    public async Task The_case_offers_to_ask_back_a_month_that_was_paid_long_ago()
    {
        await using var site = await Allowance.StartPlainAsync();
        var filed = await site.ApprovedAsync();
        var first = (await PayAsync(site, filed, 7))[0].Entitlement;
        Assert.DoesNotContain((await site.ApplicationAsync(filed)).Entitlements, x => x.Id == first);

        var finance = await Browser.SignedInAsync(site, "qian-duoduo");
        await finance.OpenAsync($"/finance/cases?reference={filed.Reference}");
        Assert.Contains($"/claim?of={first}", finance.Page, StringComparison.Ordinal);
        await finance.OpenAsync($"/finance/cases/{filed.Id}/claim?of={first}");
        Assert.Equal(HttpStatusCode.OK, finance.Status);
        await finance.PostAsync($"/finance/cases/{filed.Id}/claim?of={first}", [("/amount", "400"), ("/reason", "重复发放")]);
        await site.TurnAsync(filed.Id);

        Assert.Equal(Money.FromYuan(400), site.Books.Of(Payday.Fund).Positions[first].Owed);
        Assert.Contains("400.00", (await finance.OpenAsync($"/finance/cases?reference={filed.Reference}")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_death_that_is_found_late_brings_every_month_since_into_the_books_as_a_claim()
    {
        await using var site = await Allowance.StartPlainAsync();
        var filed = await site.ApprovedAsync();
        var paid = await PayAsync(site, filed, 7);
        var answer = await site.Get<Desk>().HandleAsync(
            filed.Id, new StopPayments("gao-weimin", StopReason.Died, paid[0].Period, "春天去世"), null, Cancel);
        Assert.Null(answer.Refusal);

        await site.TurnAsync(filed.Id);

        Assert.Equal(Money.FromYuan(600 * 6), site.Books.Of(Payday.Fund).Fund.BalanceOf(Account.Receivable));
        Assert.Equal(Money.Zero, site.Books.Of(Payday.Fund).Positions[paid[0].Entitlement].Owed);
        Assert.Equal(Status.Recovering, (await site.ApplicationAsync(filed)).Status);
    }
}
