using System.Globalization;

namespace Subsidy.Core.Schemes;

/// <summary>One thing that is wrong in a file that the township writes.</summary>
/// <param name="File">As it was named to the reader.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="Right">What would be right.</param>
public sealed record SchemeFault(string File, int Line, int Column, Text Wrong, Text Right)
{
    /// <summary><c>relief-fund.yaml:12:5: what is wrong. What would be right.</c></summary>
    public string In(CultureInfo culture) =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Wrong.In(culture)} {Right.In(culture)}");

    public override string ToString() => In(CultureInfo.InvariantCulture);
}
