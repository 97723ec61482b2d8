using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Subsidy.Core.Payments;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

/// <summary>Pay runs approved by a program: the same address, and JSON.</summary>
public sealed class PayApprovalTests
{
    [Fact]
    public async Task A_run_is_approved_once_and_the_second_is_told_who_and_when()
    {
        await using var site = await TestSite.StartAsync();
        var token = await site.PreparedAsync();
        var approve = Decision("approve", (await site.RunAsync()).Prepared!.Digest);
        using var first = await PostAsync(site, token, approve);
        using var second = await PostAsync(site, token, approve);

        var answer = await first.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(("rural-revitalisation-2026-0001", "committing"), (answer["run"]!.GetValue<string>(), answer["state"]!.GetValue<string>()));
        var told = await second.JsonAsync(HttpStatusCode.Conflict);
        Assert.EndsWith("already-done", told["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("鲍清田", told["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(PayRunState.Sent, (await site.CarryOnAsync())!.State);
    }

    [Fact]
    public async Task What_was_not_shown_is_neither_approved_nor_discarded()
    {
        await using var site = await TestSite.StartAsync();
        var token = await site.PreparedAsync();
        foreach (var decision in new[] { Decision("approve", "other"), Decision("discard", "other", "wrong") })
        {
            using var answer = await PostAsync(site, token, decision);
            Assert.EndsWith("moved-on", (await answer.JsonAsync(HttpStatusCode.Conflict))["type"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        Assert.Equal(PayRunState.Prepared, (await site.RunAsync()).State);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var token = await site.PreparedAsync();
        using var answer = await PostAsync(site, token, new JsonObject { ["decision"] = "discard", ["more"] = 1 });
        Assert.Equal(
            ["/digest", "/more", "/reason"],
            (await answer.JsonAsync(HttpStatusCode.UnprocessableEntity))["errors"]!.AsArray().Select(error => error!["pointer"]!.GetValue<string>()).Order());
        using var form = await PostAsync(site, token, null, new FormUrlEncodedContent([new("decision", "discard"), new("digest", (await site.RunAsync()).Prepared!.Digest), new("reason", "日期错了")]));
        await form.JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_to_decide_on_an_application_opens_no_run_and_the_other_way_round()
    {
        await using var site = await TestSite.StartAsync();
        var token = await site.PreparedAsync();
        using var decided = await site.DecideAsync(token, Reviewing.VillageApproves);
        await decided.JsonAsync(HttpStatusCode.NotFound);
        using var approved = await PostAsync(site, site.Tokens()[0], Decision("approve", "digest"));
        await approved.JsonAsync(HttpStatusCode.NotFound);
    }

    private static JsonObject Decision(string decision, string digest, string? reason = null) =>
        new() { ["decision"] = decision, ["digest"] = digest, ["reason"] = reason };

    private static async Task<HttpResponseMessage> PostAsync(TestSite site, string token, JsonObject? json, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/pay-approvals/{token}") { Content = content ?? Calls.Json(json!) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
