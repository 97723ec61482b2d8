using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class ObjectionTests
{
    private static readonly JsonObject Objection = new() { ["name"] = "钱邻居", ["contact"] = "13900139000", ["reason"] = "此人没有外出务工" };

    [Fact]
    public async Task An_objection_stops_the_notice_and_a_repeated_click_objects_once()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await PostedAsync(site);
        using var first = await ObjectAsync(site, filed, Objection);
        using var again = await ObjectAsync(site, filed, Objection);

        Assert.Equal(
            (await first.JsonAsync(HttpStatusCode.Created)).ToJsonString(),
            (await again.JsonAsync(HttpStatusCode.Created)).ToJsonString());
        Assert.Single(site.Streams.EventsOf(filed.Id), recorded => recorded.Event is Objected);
        Assert.Contains(site.Streams.EventsOf(filed.Id), recorded => recorded.Event is NoticeStopped);
    }

    [Fact]
    public async Task The_applicant_learns_that_somebody_objected_and_neither_who_nor_why()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await PostedAsync(site);
        (await ObjectAsync(site, filed, Objection)).Dispose();
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, filed);

        var view = (await shown.JsonAsync(HttpStatusCode.OK)).ToJsonString(Readable.Json);
        Assert.Contains("有人提出异议", view, StringComparison.Ordinal);
        Assert.DoesNotContain("钱邻居", view, StringComparison.Ordinal);
        Assert.DoesNotContain("此人没有外出务工", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_it_is_a_lead_and_holds_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await PostedAsync(site);
        using var response = await ObjectAsync(site, filed, new JsonObject { ["reason"] = "听说不属实" });

        Assert.True((await response.JsonAsync(HttpStatusCode.Created))["anonymous"]!.GetValue<bool>());
        Assert.DoesNotContain(site.Streams.EventsOf(filed.Id), recorded => recorded.Event is NoticeStopped);
    }

    [Fact]
    public async Task After_the_notice_nobody_objects_here_any_more()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await PostedAsync(site);
        site.Time.Advance(TimeSpan.FromDays(8));
        using var late = await ObjectAsync(site, filed, Objection);
        using var unknown = await ObjectAsync(site, filed with { Id = "222222222222" }, Objection);
        using var empty = await ObjectAsync(site, filed, new JsonObject { ["name"] = "x" });

        await late.JsonAsync(HttpStatusCode.Gone);
        await unknown.JsonAsync(HttpStatusCode.NotFound);
        Assert.Equal(["/reason"], await empty.PointersAsync());
    }

    private static async Task<Filed> PostedAsync(TestSite site)
    {
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        using var response = await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed));
        Assert.Equal("onNotice", (await response.JsonAsync(HttpStatusCode.OK))["status"]!.GetValue<string>());
        return filed;
    }

    private static Task<HttpResponseMessage> ObjectAsync(TestSite site, Filed filed, JsonObject objection) =>
        site.Http.PostAsJsonAsync($"/api/notices/{filed.Id}/objections", objection, TestContext.Current.CancellationToken);
}
