namespace Subsidy.Local;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Urls">Where to listen; several are separated by semicolons.</param>
/// <param name="Data">The data folder, relative to the current directory.</param>
/// <param name="Fresh">Begin with an empty data folder.</param>
/// <param name="Demo">Fill an empty store with sample applications.</param>
public sealed record LocalOptions(string Urls, string Data, bool Fresh, bool Demo)
{
    /// <summary>Where people and the mails' links reach this head: the first address, by a name that a browser understands.</summary>
    public string Address => Urls.Split(';')[0].TrimEnd('/')
        .Replace("//[::]:", "//localhost:", StringComparison.Ordinal)
        .Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal)
        .Replace("//*:", "//localhost:", StringComparison.Ordinal)
        .Replace("//+:", "//localhost:", StringComparison.Ordinal);
}
