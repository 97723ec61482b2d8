using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class PublicTests
{
    [Fact]
    public async Task A_notice_in_force_is_read_by_anyone_and_names_are_masked()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        (await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed))).Dispose();

        var notice = Assert.Single(JsonNode.Parse(await GetAsync(site, "/notices"))!.AsArray())!;

        Assert.Equal(filed.Id, notice["id"]!.GetValue<string>());
        Assert.Equal("西山村", notice["village"]!.GetValue<string>());
        Assert.Contains("赵*出", notice["lines"]!.ToJsonString(Readable.Json), StringComparison.Ordinal);
        Assert.DoesNotContain("赵外出", notice.ToJsonString(Readable.Json), StringComparison.Ordinal);

        site.Time.Advance(TimeSpan.FromDays(8));
        Assert.Empty(JsonNode.Parse(await GetAsync(site, "/notices"))!.AsArray());
    }

    [Fact]
    public async Task A_permit_is_checked_by_its_number_and_its_holder_is_masked()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        await IssueAsync(site, filed, "360-2026-1");

        var permit = JsonNode.Parse(await GetAsync(site, "/permits/360-2026-1"))!;
        using var unknown = await site.Http.SendAsync(Json("/permits/360-2026-2"), TestContext.Current.CancellationToken);

        Assert.True(permit["valid"]!.GetValue<bool>());
        Assert.Equal("赵*出", permit["holder"]!.GetValue<string>());
        await unknown.JsonAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_address_serves_people_a_page_and_programs_data()
    {
        await using var site = await TestSite.StartAsync();
        using var page = new HttpRequestMessage(HttpMethod.Get, "/notices");
        page.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8");
        using var data = await site.Http.SendAsync(Json("/notices"), TestContext.Current.CancellationToken);
        using var shown = await site.Http.SendAsync(page, TestContext.Current.CancellationToken);

        Assert.Equal("application/json", data.Content.Headers.ContentType!.MediaType);
        Assert.NotEqual("application/json", shown.Content.Headers.ContentType!.MediaType);
    }

    /// <summary>Writes the issue into the stream: which scheme issues what, and after which steps, is not the point here.</summary>
    private static async Task IssueAsync(TestSite site, Filed filed, string number)
    {
        var head = (await site.Streams.LoadAsync(filed.Id, TestContext.Current.CancellationToken))!;
        var issued = new Recorded(
            head.Application.Version + 1, site.Time.GetUtcNow(), Actor.Engine,
            new PermitsIssued("issue", [new NumberedPermit("homestead", number)], new Dictionary<string, IReadOnlyList<PostedLine>>()));
        await site.Streams.AppendAsync(
            head, Evolver.Evolve(filed.Id, head.Application, issued), [issued], null, TestContext.Current.CancellationToken);
    }

    private static async Task<string> GetAsync(TestSite site, string path)
    {
        using var response = await site.Http.SendAsync(Json(path), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static HttpRequestMessage Json(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}
