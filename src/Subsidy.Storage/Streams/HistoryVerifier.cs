using System.Text;
using System.Text.Json;

namespace Subsidy.Storage.Streams;

/// <param name="Events">How many were read.</param>
/// <param name="LastHash">Computed, not copied: compare it with a published anchor.</param>
/// <param name="Faults">What does not fit, with the number of the event; empty when the history is as it was written.</param>
public sealed record HistoryVerdict(int Events, string LastHash, IReadOnlyList<string> Faults)
{
    public bool Sound => Faults.Count == 0;
}

/// <summary>
/// Proves an exported history with nothing but the export and a hash that was published (or written down) before: no key, no network.
/// </summary>
public static class HistoryVerifier
{
    /// <param name="lines">JSON lines as exported; empty lines are passed over.</param>
    /// <param name="anchor">Hash that the history must end with, in hexadecimal. Without it, events cut off the end go unnoticed.</param>
    public static HistoryVerdict Verify(IEnumerable<string> lines, string? anchor = null)
    {
        var faults = new List<string>();
        var hash = HashChain.Genesis;
        string? application = null;
        var count = 0;
        foreach (var json in lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var number = ++count;
            if (Read(json, faults, number) is not { } line)
                continue;
            application ??= line.Application;
            if (line.Application != application)
                faults.Add($"Event {number} belongs to application {line.Application}, not to {application}.");
            if (line.Number != number)
                faults.Add($"Event {number} is missing: {line.Number} stands in its place.");
            if (line.PreviousHash != Hex(hash))
                faults.Add($"Event {number} does not follow the one before it.");
            hash = HashChain.Next(hash, application, number, Encoding.UTF8.GetBytes(line.Text));
            if (line.Hash != Hex(hash))
                faults.Add($"Event {number} is not as it was written.");
            if (NumberIn(line.Text) != number)
                faults.Add($"The text of event {number} is that of another event.");
        }
        if (anchor is not null && !string.Equals(anchor, Hex(hash), StringComparison.OrdinalIgnoreCase))
            faults.Add($"The history ends with {Hex(hash)}, not with the published {anchor}: it was cut, prolonged or rewritten.");
        return new HistoryVerdict(count, Hex(hash), faults);
    }

    private static HistoryLine? Read(string json, List<string> faults, int number)
    {
        try
        {
            return HistoryLine.Parse(json);
        }
        catch (JsonException)
        {
            faults.Add($"Line {number} is no event.");
            return null;
        }
    }

    private static int? NumberIn(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("number").GetInt32();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
