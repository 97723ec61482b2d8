using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Subsidy.EndToEnd.Walking;

namespace Subsidy.EndToEnd;

public sealed class ReliefFundTests(Head head) : IDisposable
{
    private readonly Township township = new(head);

    public void Dispose() => township.Dispose();

    [Fact]
    public async Task Costs_beyond_a_households_means_walk_through_survey_notice_and_county_to_the_fund()
    {
        var filed = await township.SubmitAsync(ReliefFund.Application("expenditure", Samples.NewIdNumber()), ReliefFund.Papers());
        await ReliefFund.SurveyAsync(township, filed, months: 3);
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P4D");
        await township.DecideAsync(filed);

        // 3 × 785 yuan is more than the township may give alone.
        await township.UntilAsync(filed, "inReview");
        await township.DecideAsync(filed);
        var status = await township.UntilAsync(filed, "awaitingFunds");
        Assert.Equal(3 * 78500, status["amount"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_small_amount_is_the_townships_alone()
    {
        var filed = await township.SubmitAsync(ReliefFund.Application("expenditure", Samples.NewIdNumber()), ReliefFund.Papers());
        await ReliefFund.SurveyAsync(township, filed, months: 2);
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P4D");
        await township.DecideAsync(filed);

        await township.UntilAsync(filed, "awaitingFunds");
    }

    [Fact]
    public async Task An_emergency_is_granted_within_the_day_and_checked_when_the_papers_are_there()
    {
        var filed = await township.SubmitAsync(ReliefFund.Application("emergency", Samples.NewIdNumber()));
        await township.DecideAsync(filed, "approve", body =>
        {
            body["measurements"] = new JsonObject { ["people"] = 2, ["months"] = 1, ["factor"] = 1, ["handover"] = "pettyCash" };
            body["checklist"] = new JsonArray("reached");
        });
        var status = await township.UntilAsync(filed, "awaitingFunds");
        Assert.Equal(2 * 78500, status["amount"]!.GetValue<long>());

        await township.DecideAsync(filed);
        using var papers = await township.AsApplicantAsync(filed, "amendments", null, [.. ReliefFund.Papers().Where(paper => paper.Kind != "bankCard")]);
        await Township.TakenAsync(papers);
        for (var person = 0; person < 2; person++)
            await township.DecideAsync(filed, "approve", body => body["checklist"] = new JsonArray("happened", "usedForIt", "receipt"));

        status = await township.UntilAsync(filed, "awaitingFunds");
        Assert.Contains("afterCheck", status["history"]!.ToJsonString() + status["step"]?.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_handed_over_on_the_spot_is_paid_once_a_witness_has_signed_without_any_pay_run()
    {
        using var finance = new Finance(head);
        var filed = await township.SubmitAsync(ReliefFund.Application("emergency", Samples.NewIdNumber()));
        await township.DecideAsync(filed, "approve", body =>
        {
            body["measurements"] = new JsonObject { ["people"] = 2, ["months"] = 1, ["factor"] = 1, ["handover"] = "pettyCash" };
            body["checklist"] = new JsonArray("reached");
        });
        await township.UntilAsync(filed, "awaitingFunds");
        await finance.SignInAsync();
        var fund = await finance.FundAsync("relief");
        await finance.AdvanceAsync(fund, 2000, "支票1号");

        var handover = await finance.HandOverAsync(filed, "收据7号", "jiang-shuzhen");
        Assert.Equal("awaitingFunds", (await township.StatusAsync(filed))["status"]!.GetValue<string>());
        Assert.Equal(handover, await finance.WitnessAsync(filed, "jiang-shuzhen"));

        var status = await township.UntilAsync(filed, "paid");
        var told = status["history"]!.ToJsonString(Township.Readable);
        Assert.Contains("已当面给付1,570.00元", told, StringComparison.Ordinal);
        Assert.DoesNotContain("发放批次", told, StringComparison.Ordinal);
        Assert.DoesNotContain($"/finance/runs/{fund}", await finance.PageAsync("/finance/runs"), StringComparison.Ordinal);
        Assert.Contains("430.00", await finance.PageAsync($"/finance/funds/{fund}"), StringComparison.Ordinal);
        var book = await finance.PageAsync($"/finance/funds/{fund}/cash-book");
        Assert.Contains("收据7号 (钱多多, 江淑珍)", WebUtility.HtmlDecode(book), StringComparison.Ordinal);
        var month = status["history"]!.AsArray()[^1]!["at"]!.GetValue<DateTimeOffset>().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var posted = WebUtility.HtmlDecode(await township.PageAsync($"/payments?village=nanqiao&month={month}"));
        Assert.Contains("1,570.00", posted, StringComparison.Ordinal);
        Assert.DoesNotContain("孙遇灾", posted, StringComparison.Ordinal);
    }
}
