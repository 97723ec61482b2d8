using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Http;

public sealed class EdgeTests
{
    private const string Door = "0b6f1f5e-7d4c-4a52-9c1e-6d2a8f1c3b47";

    private TestSite site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_client_writes_into_X_Forwarded_For_is_not_believed(bool platformReadsForwarded)
    {
        await using (site = await TestSite.StartAsync(
            settings => (settings.TrustedProxies, settings.PlatformReadsForwarded, settings.RateLimits) =
                (1, platformReadsForwarded, new() { All = 1, Intake = 0, Keyed = 0 }),
            before: context => platformReadsForwarded ? ReadForwardedAsync(context) : Task.CompletedTask))
        {
            // The proxy appends where the request really came from.
            Assert.Equal(HttpStatusCode.OK, await GetAsync("/healthz", "X-Forwarded-For", "198.51.100.1, 203.0.113.5"));
            Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync("/healthz", "X-Forwarded-For", "198.51.100.2, 203.0.113.5"));
            Assert.Equal(HttpStatusCode.OK, await GetAsync("/healthz", "X-Forwarded-For", "198.51.100.2, 203.0.113.6"));
        }
    }

    [Fact]
    public async Task Where_no_proxy_is_trusted_not_even_the_platforms_reading_is()
    {
        await using (site = await TestSite.StartAsync(
            settings => (settings.PlatformReadsForwarded, settings.RateLimits) = (true, new() { All = 1, Intake = 0, Keyed = 0 }),
            before: ReadForwardedAsync,
            services: all => all.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.All)))
        {
            Assert.Equal(HttpStatusCode.OK, await GetAsync("/healthz", "X-Forwarded-For", "198.51.100.1"));
            Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync("/healthz", "X-Forwarded-For", "198.51.100.2"));
        }
    }

    [Theory]
    [InlineData("/api/schemes", Door, HttpStatusCode.OK)]
    [InlineData("/api/schemes", "0B6F1F5E-7D4C-4A52-9C1E-6D2A8F1C3B47", HttpStatusCode.OK)]
    [InlineData("/api/schemes", "another-door", HttpStatusCode.Forbidden)]
    [InlineData("/api/schemes", "", HttpStatusCode.Forbidden)]
    [InlineData("/sign-in", "", HttpStatusCode.Forbidden)]
    [InlineData("/healthz", "", HttpStatusCode.OK)]
    [InlineData("/healthz/more", "", HttpStatusCode.Forbidden)]
    public async Task Only_what_comes_through_the_front_door_is_served_and_health_is_told_inside(string path, string door, HttpStatusCode status)
    {
        await using (site = await TestSite.StartAsync(settings => settings.FrontDoorId = Door))
            Assert.Equal(status, await GetAsync(path, "X-Azure-FDID", door));
    }

    [Fact]
    public async Task The_front_door_says_who_the_client_is_and_nobody_else_does()
    {
        await using (site = await TestSite.StartAsync(settings =>
            (settings.FrontDoorId, settings.RateLimits) = (Door, new() { All = 1, Intake = 0, Keyed = 0 })))
        {
            Assert.Equal(HttpStatusCode.OK, await GetAsync("/healthz", ("X-Azure-FDID", Door), ("X-Azure-SocketIP", "203.0.113.5")));
            Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync("/healthz", ("X-Azure-FDID", Door), ("X-Azure-SocketIP", "203.0.113.5")));
            Assert.Equal(HttpStatusCode.OK, await GetAsync("/healthz", ("X-Azure-FDID", Door), ("X-Azure-SocketIP", "203.0.113.6")));

            Assert.Equal(HttpStatusCode.OK, await GetAsync("/healthz", ("X-Azure-SocketIP", "203.0.113.7")));
            Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync("/healthz", ("X-Azure-SocketIP", "203.0.113.8")));
        }
    }

    [Fact]
    public async Task Who_comes_another_way_is_told_so_in_a_problem()
    {
        await using var guarded = await TestSite.StartAsync(settings => settings.FrontDoorId = Door);
        using var response = await guarded.Http.GetAsync("/api/schemes", Cancel);

        var problem = await response.JsonAsync(HttpStatusCode.Forbidden);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("urn:subsidy:problem:front-door", problem["type"]!.GetValue<string>());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    /// <summary>What the Functions worker does before it calls a function.</summary>
    private Task ReadForwardedAsync(HttpContext context) => new ForwardedHeadersMiddleware(
        _ => Task.CompletedTask, site.Get<ILoggerFactory>(), site.Get<IOptions<ForwardedHeadersOptions>>()).Invoke(context);

    private Task<HttpStatusCode> GetAsync(string path, string header, string value) => GetAsync(path, (header, value));

    private async Task<HttpStatusCode> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await site.Http.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
