namespace Subsidy.Local;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Urls">Where to listen; several are separated by semicolons.</param>
/// <param name="Data">The data folder, relative to the current directory.</param>
/// <param name="Fresh">Begin with an empty data folder.</param>
/// <param name="Demo">Fill an empty store with sample applications.</param>
public sealed record LocalOptions(string Urls, string Data, bool Fresh, bool Demo);
