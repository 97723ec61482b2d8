using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Subsidy.Core.Engine;
using Subsidy.Web.Links;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Http;

public sealed class PipelineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/no-such-thing", 404, "not-found")]
    [InlineData("DELETE", "/api/schemes", 405, "method")]
    [InlineData("POST", "/api/drafts", 415, "media-type")]
    [InlineData("GET", "/api/audit/applications/222222222222/history", 401, "sign-in")]
    public async Task Whatever_is_wrong_with_a_request_is_a_problem_of_RFC_9457(string method, string path, int status, string kind)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method == "POST" ? new StringContent("x", Encoding.UTF8, "text/plain") : null,
        };
        using var response = await site.Http.SendAsync(request, Cancel);

        var problem = await response.JsonAsync((HttpStatusCode)status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"urn:subsidy:problem:{kind}", problem["type"]!.GetValue<string>());
        Assert.Equal(status, problem["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_failure_tells_nothing_of_the_inside()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        site.Streams.Failure = new InvalidOperationException("secret-detail");
        using var response = await site.AsApplicantAsync(HttpMethod.Get, filed);

        var problem = await response.JsonAsync(HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret-detail", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(site.Log.Lines, line => line.Contains("secret-detail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_meets_others_on_the_same_application_is_told_to_come_again()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        site.Streams.Failure = new BusyException(filed.Id);
        using var response = await site.AsApplicantAsync(HttpMethod.Get, filed);

        await response.JsonAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("/api/schemes")]
    [InlineData("/api/nothing")]
    [InlineData("/nothing")]
    [InlineData("/healthz")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.Http.GetAsync(path, Cancel);

        string Header(string name) => string.Join(',', response.Headers.GetValues(name));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("no-store", Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "没有找到。")]
    [InlineData(null, "en-GB,en;q=0.8", "Not found.")]
    [InlineData(null, "zh-TW,en;q=0.5", "没有找到。")]
    [InlineData("?culture=en", "zh-CN", "Not found.")]
    [InlineData("?culture=fr", null, "没有找到。")]
    public async Task Errors_are_told_in_the_language_that_was_asked_for(string? query, string? accept, string title)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/nothing" + query);
        if (accept is not null)
            request.Headers.Add("Accept-Language", accept);
        using var response = await site.Http.SendAsync(request, Cancel);

        Assert.Equal(title, (await response.JsonAsync(HttpStatusCode.NotFound))["title"]!.GetValue<string>());
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_language_is_not_kept_for_a_form_of_another_site()
    {
        await using var site = await TestSite.StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["culture"] = "en", ["returnTo"] = "/" });
        using var response = await site.Http.PostAsync("/language", form, Cancel);

        await response.JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_again()
    {
        await using var site = await TestSite.StartAsync(settings => settings.RateLimits = new() { All = 0, Intake = 0, Keyed = 3 });
        for (var i = 0; i < 3; i++)
            (await site.Http.GetAsync("/api/applications/222222222222", Cancel)).Dispose();
        using var response = await site.Http.GetAsync("/api/applications/222222222222", Cancel);
        using var schemes = await site.Http.GetAsync("/api/schemes", Cancel);

        await response.JsonAsync(HttpStatusCode.TooManyRequests);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, schemes.StatusCode);
    }

    [Fact]
    public async Task One_clients_haste_is_not_another_ones()
    {
        var address = IPAddress.Parse("2001:db8:1:1::1");
        await using var site = await TestSite.StartAsync(
            settings => settings.RateLimits = new() { All = 1, Intake = 0, Keyed = 0 },
            context =>
            {
                context.Connection.RemoteIpAddress = address;
                return Task.CompletedTask;
            });
        (await site.Http.GetAsync("/healthz", Cancel)).Dispose();
        address = IPAddress.Parse("2001:db8:1:1::2");
        using var neighbour = await site.Http.GetAsync("/healthz", Cancel);
        address = IPAddress.Parse("2001:db8:1:2::1");
        using var other = await site.Http.GetAsync("/healthz", Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, neighbour.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task No_token_reference_or_key_is_ever_logged()
    {
        await using var site = await TestSite.StartAsync();
        var token = site.Get<DecisionLinks>().Make(new DecisionLink("k7qm3wxtpb9c", "check", 1, "li-dasheng", 3, site.Time.GetUtcNow().AddDays(1)));
        (await site.Http.GetAsync($"/decisions/{token}/papers/x", Cancel)).Dispose();
        var filed = await site.FileAsync();
        (await site.AsApplicantAsync(HttpMethod.Get, filed)).Dispose();

        Assert.Contains(site.Log.Lines, line => line.Contains("/decisions/{token}/papers/{paper}", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(filed.AccessKey, StringComparison.Ordinal));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains($"/api/applications/{filed.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pipeline_needs_no_WebApplication()
    {
        await using var site = await TestSite.StartAsync();
        var builder = new ApplicationBuilder(site.Get<IServiceProvider>());
        builder.UseSubsidyWeb();
        var pipeline = builder.Build();
        var context = new DefaultHttpContext { RequestServices = site.Get<IServiceProvider>() };
        context.Request.Method = "GET";
        context.Request.Path = "/api/schemes/transport-subsidy";
        using var body = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));

        await pipeline(context);
        await context.Response.CompleteAsync();

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Contains("proofOfWork", Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_told_without_a_secret()
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.Http.GetAsync("/healthz", Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Only_proxies_that_are_trusted_say_who_the_client_is()
    {
        await using var site = await TestSite.StartAsync(settings =>
        {
            settings.TrustedProxies = 1;
            settings.RateLimits = new() { All = 1, Intake = 0, Keyed = 0 };
        });
        var statuses = new List<HttpStatusCode>();
        foreach (var client in new[] { "198.51.100.7", "198.51.100.8", "198.51.100.8" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
            request.Headers.Add("X-Forwarded-For", client);
            using var response = await site.Http.SendAsync(request, Cancel);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public void Settings_that_cannot_be_right_are_named()
    {
        var result = new WebSettingsRules().Validate(null, new WebSettings { PublicBaseUrl = "subsidy.example/", AllowLocalSignIn = true, PlatformSignsIn = true });

        Assert.Contains("PublicBaseUrl", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("AllowLocalSignIn", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("ApiKey", result.FailureMessage, StringComparison.Ordinal);
    }
}
