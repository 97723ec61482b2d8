using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Subsidy.Storage.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests;

/// <summary>Keeps of each alarm what telemetry would: its name and its properties.</summary>
internal sealed class CapturedAlarms : ILoggerProvider, ILogger
{
    public List<string> Names { get; } = [];

    public List<string> Lines { get; } = [];

    /// <summary>Whether the alert's query asks for this event and for each of these properties.</summary>
    public static bool IsLookedFor(string alert, string name, params string[] properties)
    {
        var query = File.ReadAllText(Path.Combine(Root(), "infra", "alerts", $"{alert}.kql"));
        return query.Contains($"tostring(Properties.EventName) == \"{name}\"", StringComparison.Ordinal)
            && properties.All(property => query.Contains($"tostring(Properties.{property})", StringComparison.Ordinal));
    }

    public ILogger CreateLogger(string categoryName) =>
        categoryName == typeof(AlarmLog).FullName || categoryName == typeof(PayRunAlarms).FullName ? this : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var properties = ((IEnumerable<KeyValuePair<string, object?>>)state!).Where(property => property.Key != "{OriginalFormat}")
            .OrderByDescending(property => property.Key == "Id").Select(property => $"{property.Key}={property.Value}");
        Names.Add(eventId.Name!);
        Lines.Add($"{eventId.Name} {string.Join(' ', properties)}");
    }

    public void Dispose()
    {
    }

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
}
