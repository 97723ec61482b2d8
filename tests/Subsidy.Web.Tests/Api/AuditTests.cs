using System.Net;
using System.Text;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class AuditTests
{
    [Fact]
    public async Task An_auditor_finds_applications_and_nothing_personal_with_them()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        var filed = await site.FileAsync();
        using var response = await GetAsync(site, "?scheme=transport-subsidy&status=inReview&village=xishan&from=2026-03-01&to=2026-03-02");

        var body = await response.JsonAsync(HttpStatusCode.OK);
        var row = Assert.Single(body["applications"]!.AsArray())!;
        Assert.Equal(filed.Reference, row["reference"]!.GetValue<string>());
        Assert.Equal("inReview", row["status"]!.GetValue<string>());
        Assert.Equal(60000, row["amount"]!.GetValue<long>());
        Assert.DoesNotContain("赵外出", body.ToJsonString(Readable.Json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_are_local_and_both_ends_belong_to_the_search()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        (await GetAsync(site, "?from=2026-03-01&to=2026-03-02")).Dispose();
        (await GetAsync(site, "?from=2026-02-28T16:00:00Z&to=2026-03-02T16:00:00Z")).Dispose();

        var filters = site.Get<MemoryTables>().Filters;
        Assert.Equal(2, filters.Count);
        Assert.Equal(filters[0], filters[1]);
    }

    [Fact]
    public async Task Every_faulty_parameter_is_named()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        using var response = await GetAsync(site, "?status=lost&from=yesterday&to=02.03.2026");

        Assert.Equal(["/status", "/from", "/to"], await response.PointersAsync());
    }

    private static async Task<HttpResponseMessage> GetAsync(TestSite site, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/audit/applications" + query);
        var principal = """{"claims":[{"typ":"tid","val":"local"},{"typ":"oid","val":"yan-ming"}]}""";
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)));
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
