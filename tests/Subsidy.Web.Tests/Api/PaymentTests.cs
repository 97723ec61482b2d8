using System.Net;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class PaymentTests
{
    private const string Right = "6222020200112233438";

    [Fact]
    public async Task An_applicant_reads_amount_state_and_the_last_digits_of_the_account()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync();

        var payment = Assert.Single(await PaymentsAsync(site, filed))!.AsObject();

        Assert.Equal("""{"period":"once","amount":60000,"status":"paid","statusText":"paid","paidOn":"2026-03-22","account":"****3446"}""", payment.ToJsonString());
    }

    [Fact]
    public async Task A_payment_that_failed_says_why_and_is_made_again_once_the_account_is_right()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync("AC01");
        var failed = Assert.Single(await PaymentsAsync(site, filed))!;
        Assert.Equal(("failed", "****3446"), (failed["status"]!.GetValue<string>(), failed["account"]!.GetValue<string>()));
        Assert.Contains("account number is wrong", failed["reason"]!.GetValue<string>(), StringComparison.Ordinal);

        using var answer = await CorrectAsync(site, filed, "赵外出", Right);

        var corrected = Assert.Single((await answer.JsonAsync(HttpStatusCode.OK))["payments"]!.AsArray())!;
        Assert.Equal(("reserved", "****3438"), (corrected["status"]!.GetValue<string>(), corrected["account"]!.GetValue<string>()));
        await site.TurnAsync(filed.Id);
        await site.OrderAsync(Payday.Fund, Payday.EntitlementOf(filed));
        await site.AnswerAsync(Payday.Fund, Payday.EntitlementOf(filed), null);
        Assert.Equal("paid", Assert.Single(await PaymentsAsync(site, filed))!["status"]!.GetValue<string>());
        Assert.Equal(2, site.Books.Of(Payday.Fund).Positions[Payday.EntitlementOf(filed)].Attempt);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_the_new_account_is_told_by_its_place()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync("AC01");

        using var wrong = await CorrectAsync(site, filed, "", "6222020200112233439");
        Assert.Equal(["/payee/name", "/payee/account"], await wrong.PointersAsync());
        using var same = await CorrectAsync(site, filed, "赵外出", "6222020200112233446");
        Assert.Equal(["/payee/account"], await same.PointersAsync());
        using var none = await site.AsApplicantAsync(HttpMethod.Post, filed, "/payee", Calls.Json(new JsonObject { ["name"] = "赵外出" }));
        Assert.Equal(["/name"], await none.PointersAsync());
        using var stranger = await site.AsApplicantAsync(HttpMethod.Post, filed with { AccessKey = "AAAA-BBBB" }, "/payee", Calls.Json(new JsonObject()));
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(Status.AwaitingFunds, (await site.ApplicationAsync(filed)).Status);
    }

    [Fact]
    public async Task Money_that_is_on_its_way_goes_where_it_was_sent()
    {
        await using var site = await TestSite.StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        await site.OrderAsync(Payday.Fund, Payday.EntitlementOf(filed));

        using var answer = await CorrectAsync(site, filed, "赵外出", Right);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("ordered", Assert.Single(await PaymentsAsync(site, filed))!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_asked_back_is_told_with_what_is_outstanding()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.PaidAsync();
        await OrderAsync(site, filed, new ClaimBack("qian-duoduo", Payday.EntitlementOf(filed), new(20000), "多付了"));
        var recovery = (await site.ApplicationAsync(filed)).Recoveries.Single().Id;
        await OrderAsync(site, filed, new AgreeInstalments("qian-duoduo", recovery, [new(new(2026, 5, 1), new(5000)), new(new(2026, 6, 1), new(15000))]));
        await OrderAsync(site, filed, new RecordRepayment("qian-duoduo", recovery, new(5000), "收据1号"));

        using var response = await site.AsApplicantAsync(HttpMethod.Get, filed);

        var told = Assert.Single((await response.JsonAsync(HttpStatusCode.OK))["recoveries"]!.AsArray())!;
        Assert.Equal((20000, 15000, "多付了"), (told["amount"]!.GetValue<int>(), told["outstanding"]!.GetValue<int>(), told["reason"]!.GetValue<string>()));
        Assert.Equal("2026-05-01", told["instalments"]![0]!["due"]!.GetValue<string>());
    }

    private static async Task OrderAsync(TestSite site, Filed filed, Command command) =>
        Assert.Null((await site.Get<Core.Engine.Desk>().HandleAsync(filed.Id, command, null, TestContext.Current.CancellationToken)).Refusal);

    private static Task<HttpResponseMessage> CorrectAsync(TestSite site, Filed filed, string name, string account) => site.AsApplicantAsync(
        HttpMethod.Post, filed, "/payee",
        Calls.Json(new JsonObject { ["payee"] = new JsonObject { ["name"] = name, ["account"] = account, ["bank"] = "农村商业银行" } }), "en");

    private static async Task<JsonArray> PaymentsAsync(TestSite site, Filed filed)
    {
        using var response = await site.AsApplicantAsync(HttpMethod.Get, filed, language: "en");
        return (await response.JsonAsync(HttpStatusCode.OK))["payments"]!.AsArray();
    }
}
