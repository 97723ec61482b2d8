using System.Runtime.CompilerServices;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Schemes;

/// <summary>The files that ship with the software.</summary>
internal static class Repository
{
    public static readonly DateOnly Today = new(2026, 3, 2);

    public static string SchemesFolder => Path.Combine(Source(), "schemes");

    public static TownshipReading Township { get; } =
        TownshipFile.Read("township.yaml", File.ReadAllBytes(Path.Combine(Source(), "township", "township.yaml")), KeyOf, Today);

    public static RegisterReading MonitoredHouseholds { get; } =
        RegisterFile.Read("monitored-households.csv", File.ReadAllBytes(Path.Combine(Source(), "township", "monitored-households.csv")), KeyOf, Today);

    public static PersonKey KeyOf(string idNumber) => new($"key-of-{idNumber}");

    public static Scheme Scheme(string id)
    {
        var reading = SchemeFile.Read($"{id}.yaml", File.ReadAllBytes(Path.Combine(SchemesFolder, $"{id}.yaml")), Township.Register);
        Assert.True(reading.Faults.Count == 0, string.Join('\n', reading.Faults));
        return reading.Scheme!;
    }

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");
}
