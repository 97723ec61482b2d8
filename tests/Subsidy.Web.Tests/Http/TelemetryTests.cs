using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Subsidy.Web.Links;
using Subsidy.Web.Telemetry;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Http;

public sealed class TelemetryTests
{
    private readonly ActivityTraceId asked = ActivityTraceId.CreateRandom();
    private readonly TaskCompletionSource<Activity> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Metric> metrics = [];
    private readonly List<LogRecord> logs = [];

    [Theory]
    [InlineData("decisions")]
    [InlineData("pay-approvals")]
    public async Task A_link_that_decides_leaves_its_route_template_in_the_telemetry_and_nothing_else(string route)
    {
        string token, culture = "culture=en";
        Activity trace;
        await using (var site = await StartAsync())
        {
            var expires = site.Time.GetUtcNow().AddDays(1);
            token = route == "decisions"
                ? site.Get<DecisionLinks>().Make(new DecisionLink("k7qm3wxtpb9c", "check", 1, "li-dasheng", 3, expires))
                : site.Get<ApprovalLinks>().Make(new ApprovalLink(PayRunWalk.Run, "digest", PayRunWalk.Approver, expires));
            trace = await AskAsync(site, $"/{route}/{token}?{culture}");
            site.Get<MeterProvider>().ForceFlush();
        }

        Assert.Equal($"GET /{route}/{{token}}", trace.DisplayName);
        Assert.Equal($"/{route}/{{token}}", trace.GetTagItem("http.route"));
        Assert.NotEmpty(metrics);
        Assert.Contains(logs, log => Told(log).Contains($"/{route}/{{token}}", StringComparison.Ordinal));
        Assert.All(metrics.SelectMany(Told).Concat(logs.Select(Told)).Append(Told(trace)), told =>
        {
            Assert.DoesNotContain(token, told, StringComparison.Ordinal);
            Assert.DoesNotContain(culture, told, StringComparison.Ordinal);
            Assert.DoesNotContain("192.0.2.7", told, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_address_that_there_is_not_is_not_told()
    {
        Activity trace;
        await using (var site = await StartAsync())
            trace = await AskAsync(site, "/decision/eyJhIjoxfQ-mistyped");

        Assert.Equal("GET (none)", trace.DisplayName);
        Assert.DoesNotContain("mistyped", Told(trace), StringComparison.Ordinal);
        Assert.All(logs, log => Assert.DoesNotContain("mistyped", Told(log), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_event_keeps_its_name_and_its_properties()
    {
        await using (var site = await StartAsync())
            await AskAsync(site, "/healthz");

        var answered = Assert.Single(logs, log => log.EventId.Name == "Answered");
        Assert.Contains(answered.Attributes!, property => property is { Key: "Template", Value: "/healthz" });
    }

    /// <summary>The request's trace: it ends a moment after the answer has come, and comes last of all that is told.</summary>
    private async Task<Activity> AskAsync(TestSite site, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{asked}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task<TestSite> StartAsync() => TestSite.StartAsync(
        before: context =>
        {
            // As a collector would that knows nothing of secrets in addresses.
            var activity = context.Features.Get<IHttpActivityFeature>()!.Activity;
            var address = $"http://localhost{context.Request.Path}{context.Request.QueryString}";
            foreach (var tag in (string[])["url.full", "http.url", "http.target", "some.new.tag"])
                activity.SetTag(tag, address);
            activity.SetTag("url.path", context.Request.Path.Value).SetTag("url.query", context.Request.QueryString.Value).SetTag("client.address", "192.0.2.7");
            return Task.CompletedTask;
        },
        services: all => all.AddSubsidyTelemetry()
            .WithTracing(tracing => tracing.AddProcessor(new Ended(asked, ended)))
            .WithMetrics(measuring => measuring.AddInMemoryExporter(metrics))
            .WithLogging(logging => logging.AddInMemoryExporter(logs)));

    private static string Told(Activity trace) => $"{trace.DisplayName} {trace.OperationName} {string.Join(' ', trace.TagObjects)} {string.Join(' ', trace.Events)} {string.Join(' ', trace.Baggage)}";

    private static string Told(LogRecord log) => $"{log.FormattedMessage} {log.Body} {string.Join(' ', log.Attributes ?? [])} {log.Exception}";

    private static IEnumerable<string> Told(Metric metric)
    {
        foreach (var point in metric.GetMetricPoints())
        {
            var tags = new List<string>();
            foreach (var tag in point.Tags)
                tags.Add($"{tag.Key}={tag.Value}");
            yield return string.Join(' ', tags);
        }
    }

    /// <summary>Activities are the whole process's; this one looks for the request that the test made.</summary>
    private sealed class Ended(ActivityTraceId asked, TaskCompletionSource<Activity> ended) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.TraceId == asked)
                ended.TrySetResult(data);
        }
    }
}
