using System.Net;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>Periods that were paid so long ago that the head has forgotten them: the stream, and the books, have not.</summary>
public sealed class LongPaidPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<(TestSite Site, Filed Filed)> PaidAsync(int months)
    {
        var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        site.Get<ShippedTownship>().Written = scheme => scheme.Id is "transport-subsidy"
            ? scheme with { Amount = scheme.Amount! with { Schedule = Schedule.Monthly } }
            : scheme;
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        for (var month = 0; month < months; month++)
        {
            if (month > 0)
                site.Time.SetUtcNow((await site.ApplicationAsync(filed)).Recurring!.Next);
            await site.TurnAsync(filed.Id);
            var due = (await site.ApplicationAsync(filed)).Entitlement!;
            await site.OrderAsync(Payday.Fund, due.Id);
            await site.AnswerAsync(Payday.Fund, due.Id, null);
        }
        return (site, filed);
    }

    [Fact]
    public async Task The_case_offers_to_ask_back_a_month_that_was_paid_long_ago()
    {
        var (site, filed) = await PaidAsync(7);
        await using var closing = site;
        var application = await site.ApplicationAsync(filed);
        var first = (await site.Streams.ReadAsync(filed.Id, Cancel).Select(one => one.Recorded.Event).ToListAsync(Cancel)).OfType<EntitlementGranted>().First().Entitlement;
        Assert.DoesNotContain(application.Entitlements, x => x.Id == first);

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
        var (site, filed) = await PaidAsync(7);
        await using var closing = site;
        var granted = (await site.Streams.ReadAsync(filed.Id, Cancel).Select(one => one.Recorded.Event).ToListAsync(Cancel)).OfType<EntitlementGranted>().ToList();
        var answer = await site.Get<Desk>().HandleAsync(
            filed.Id, new StopPayments("gao-weimin", StopReason.Died, granted[0].Period, "春天去世"), null, Cancel);
        Assert.Null(answer.Refusal);

        await site.TurnAsync(filed.Id);

        Assert.Equal(Money.FromYuan(600 * 6), site.Books.Of(Payday.Fund).Fund.BalanceOf(Account.Receivable));
        Assert.Equal(Money.Zero, site.Books.Of(Payday.Fund).Positions[granted[0].Entitlement].Owed);
        Assert.Equal(Status.Recovering, (await site.ApplicationAsync(filed)).Status);
    }
}
