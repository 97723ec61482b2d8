using System.Text.Json;
using System.Text.Json.Nodes;

namespace Subsidy.Infra.Tests;

/// <summary>What <c>host.json</c> must say for the promises about telemetry to hold: no address in it, no event of an alert missing.</summary>
public sealed class HostTests
{
    private static readonly JsonNode Host = JsonNode.Parse(
        Repository.Read("host.json"), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;

    [Fact]
    public void The_host_tells_nobody_which_address_was_asked_for()
    {
        Assert.Null(Host["telemetryMode"]);
        Assert.False(Host.Truth("logging.applicationInsights.enableDependencyTracking"));
        Assert.False(Host.Truth("logging.applicationInsights.httpAutoCollectionOptions.enableHttpTriggerExtendedInfoCollection"));
        Assert.All(
            (string[])["Microsoft.Azure.WebJobs.Script.WebHost.Middleware", "Microsoft.AspNetCore", "Yarp", "Azure.Core"],
            category => Assert.Equal("Warning", Host["logging"]!["logLevel"]![category]!.GetValue<string>()));
    }

    [Fact]
    public void What_alerts_look_for_is_not_sampled() =>
        Assert.Equal("Request;Trace;Exception", Host.Text("logging.applicationInsights.samplingSettings.excludedTypes"));
}
