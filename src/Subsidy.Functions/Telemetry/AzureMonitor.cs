using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Web.Telemetry;

namespace Subsidy.Functions.Telemetry;

/// <summary>
/// Sends this process's telemetry to Application Insights itself. Through the Functions host, log events would arrive without the
/// properties that alerts look for; the host is told to leave them out, and goes on to report the invocations of functions.
/// </summary>
internal static class AzureMonitor
{
    /// <summary>What the host calls it when a worker reports its own logs.</summary>
    private const string OwnLogs = "WorkerApplicationInsightsLoggingEnabled";

    /// <summary>Does nothing where no <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> is set.</summary>
    public static void AddAzureMonitor(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is not { Length: > 0 } destination)
            return;
        services.Configure<WorkerOptions>(worker => worker.Capabilities[OwnLogs] = bool.TrueString);
        services.AddSubsidyTelemetry().UseAzureMonitorExporter(options =>
        {
            options.ConnectionString = destination;
            if (configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) == true)
                options.Credential = new DefaultAzureCredential();
            // All of it: a sampled-out request would take the events with it that somebody is to be woken by.
            options.SamplingRatio = 1;
            options.TracesPerSecond = null;
            options.EnableTraceBasedLogsSampler = false;
            options.EnableLiveMetrics = false;
        });
    }
}
