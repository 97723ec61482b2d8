using System.Net;
using System.Text;
using System.Text.Json;
using Subsidy.Core.Township;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Staff;

public sealed class SignInTests
{
    [Fact]
    public async Task An_auditor_reads_every_event_with_its_hash()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        var filed = await site.FileAsync();
        using var response = await GetAsync(site, $"/api/audit/applications/{filed.Reference}/history", Header("local", "yan-ming"));

        var history = await response.JsonAsync(HttpStatusCode.OK);
        var events = history["events"]!.AsArray();
        Assert.Equal(site.Streams.EventsOf(filed.Id).Count, events.Count);
        Assert.All(events, one => Assert.StartsWith("hash-", one!["hash"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal("submitted", events[0]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("li-dasheng")]
    [InlineData("wen-ruijie")]
    public async Task Nobody_else_does(string staff)
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        using var response = await GetAsync(site, "/api/audit/applications/222222222222/history", Header("local", staff));

        await response.JsonAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Where_the_platform_does_not_sign_people_in_its_header_is_anybodys_claim()
    {
        await using var site = await TestSite.StartAsync();
        using var response = await GetAsync(site, "/api/audit/applications/222222222222/history", Header("local", "yan-ming"));

        await response.JsonAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task On_ones_own_machine_the_header_counts_from_that_machine_only()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true, context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
            return Task.CompletedTask;
        });
        using var response = await GetAsync(site, "/api/audit/applications/222222222222/history", Header("local", "yan-ming"));

        await response.JsonAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_platform_knows_people_by_tenant_and_object_id()
    {
        await using var site = await TestSite.StartAsync(settings => settings.PlatformSignsIn = true);
        site.Get<ShippedTownship>().Edited = register => register with
        {
            Staff = [.. register.Staff.Select(person => person.Id == "yan-ming" ? person with { Principal = "tenant-1/object-1" } : person)],
        };
        using var known = await GetAsync(site, "/api/audit/applications/222222222222/history", Header("tenant-1", "object-1"));
        using var otherTenant = await GetAsync(site, "/api/audit/applications/222222222222/history", Header("tenant-2", "object-1"));
        using var local = await GetAsync(site, "/api/audit/applications/222222222222/history", Header("local", "yan-ming"));

        await known.JsonAsync(HttpStatusCode.NotFound);
        await otherTenant.JsonAsync(HttpStatusCode.Forbidden);
        await local.JsonAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("bm8ganNvbg==")]
    [InlineData("e30=")]
    [InlineData("eyJjbGFpbXMiOiJ4In0=")]
    public async Task A_header_that_says_nothing_signs_nobody_in(string header)
    {
        await using var site = await TestSite.StartAsync(settings => settings.PlatformSignsIn = true);
        using var response = await GetAsync(site, "/api/audit/applications/222222222222/history", header);

        await response.JsonAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_left_the_register_is_signed_out()
    {
        await using var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        site.Get<ShippedTownship>().Edited = register => register with { Staff = [.. register.Staff.Where(person => !person.Holds(Roles.Auditor))] };
        using var response = await GetAsync(site, "/api/audit/applications/222222222222/history", Header("local", "yan-ming"));

        await response.JsonAsync(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestSite site, string path, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-MS-CLIENT-PRINCIPAL", header);
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Header(string tenant, string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        auth_typ = "aad",
        claims = new[]
        {
            new { typ = "http://schemas.microsoft.com/identity/claims/tenantid", val = tenant },
            new { typ = "http://schemas.microsoft.com/identity/claims/objectidentifier", val = id },
        },
    })));
}
