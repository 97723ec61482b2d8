using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Subsidy.Web.Telemetry;

/// <summary>
/// What is told about running: requests by route template, counts and durations, and the log with the names and properties of its
/// events. Where it goes is the head's to say. Calls to storage, vault and mail are not traced: their addresses name applications.
/// </summary>
public static class TelemetrySetup
{
    /// <summary>The source of ASP.NET Core's own request activities.</summary>
    internal const string Requests = "Microsoft.AspNetCore";

    /// <returns>Takes the exporter.</returns>
    public static IOpenTelemetryBuilder AddSubsidyTelemetry(this IServiceCollection services) => services.AddOpenTelemetry()
        .WithTracing(tracing => tracing.AddSource(Requests).AddProcessor(new AddressRemoval()))
        .WithMetrics(metrics => metrics.AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"))
        .WithLogging(null, logging =>
        {
            // Scopes of the platform name addresses.
            logging.IncludeScopes = false;
            logging.IncludeFormattedMessage = true;
        });
}
