using System.Globalization;

namespace Subsidy.Benchmarks;

/// <summary>Phases as a table for people. What should be linear has the same figures at every size, and ratios near 1.</summary>
internal static class Table
{
    private const double Mega = 1024 * 1024;

    /// <param name="first">The smallest size, which the times are compared with.</param>
    public static void Print(TextWriter output, IReadOnlyList<Phase> phases, IReadOnlyList<Phase> first)
    {
        ReadOnlySpan<string> heads = ["phase", "payments", "requests each", "lost races", "KB allocated each", "peak heap MB", "time each, µs", "to first size", "last to first 1000"];
        output.WriteLine(string.Join(" | ", heads!));
        foreach (var phase in phases)
        {
            var before = first.First(one => one.Name == phase.Name);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{phase.Name} | {phase.Payments} | {phase.RequestsEach:0.00} | {phase.Lost} | {phase.Allocated / 1024.0 / phase.Payments:0.0} | {phase.Peak / Mega:0} | {phase.MicrosecondsEach:0} | {phase.MicrosecondsEach / before.MicrosecondsEach:0.00} | {phase.LastToFirst:0.00}"));
        }
        output.WriteLine();
    }
}
