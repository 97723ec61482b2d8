using System.Runtime.InteropServices;

namespace Subsidy.Core.Payments;

/// <summary>So many payments, so much money.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Total(int Count, Money Sum)
{
    public static Total operator +(Total left, Total right) => new(checked(left.Count + right.Count), left.Sum + right.Sum);

    /// <summary>Counted by what the key says of each line.</summary>
    public static SortedDictionary<TKey, Total> By<TKey>(IEnumerable<PayLine> lines, Func<PayLine, TKey> key)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(key);
        var tallies = new SortedDictionary<TKey, Total>();
        foreach (var line in lines)
            tallies[key(line)] = tallies.GetValueOrDefault(key(line)) + new Total(1, line.Amount);
        return tallies;
    }

    public static SortedDictionary<TKey, Total> Merge<TKey>(IEnumerable<IReadOnlyDictionary<TKey, Total>> parts)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(parts);
        var merged = new SortedDictionary<TKey, Total>();
        foreach (var (key, tally) in parts.SelectMany(part => part))
            merged[key] = merged.GetValueOrDefault(key) + tally;
        return merged;
    }
}
