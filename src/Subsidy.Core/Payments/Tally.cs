using System.Runtime.InteropServices;

namespace Subsidy.Core.Payments;

/// <summary>So many payments, so much money.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tally(int Count, Money Sum)
{
    public static Tally operator +(Tally left, Tally right) => new(checked(left.Count + right.Count), left.Sum + right.Sum);

    /// <summary>Counted by what the key says of each line.</summary>
    public static SortedDictionary<TKey, Tally> By<TKey>(IEnumerable<PayLine> lines, Func<PayLine, TKey> key)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(key);
        var tallies = new SortedDictionary<TKey, Tally>();
        foreach (var line in lines)
            tallies[key(line)] = tallies.GetValueOrDefault(key(line)) + new Tally(1, line.Amount);
        return tallies;
    }

    public static SortedDictionary<TKey, Tally> Merge<TKey>(IEnumerable<IReadOnlyDictionary<TKey, Tally>> parts)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(parts);
        var merged = new SortedDictionary<TKey, Tally>();
        foreach (var (key, tally) in parts.SelectMany(part => part))
            merged[key] = merged.GetValueOrDefault(key) + tally;
        return merged;
    }
}
