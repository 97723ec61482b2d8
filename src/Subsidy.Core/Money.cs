using System.Globalization;
using System.Text.Json.Serialization;

namespace Subsidy.Core;

/// <summary>
/// An amount of renminbi in whole fen (分, 1 yuan = 100 fen), positive or negative. In JSON it is a plain integer of fen.
/// </summary>
/// <remarks>Every operation is checked: a sum that does not fit throws <see cref="OverflowException"/>, it never wraps.</remarks>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long Fen) : IComparable<Money>, IComparable
{
    public static Money Zero => default;

    /// <exception cref="OverflowException">The amount does not fit into a long of fen.</exception>
    public static Money FromYuan(long yuan) => new(checked(yuan * 100));

    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        Money other => CompareTo(other),
        _ => throw new ArgumentException("An amount of money compares only with another.", nameof(obj)),
    };

    /// <summary>Yuan with two decimals and thousands separators, the same in every culture: <c>1,234.50</c>.</summary>
    public override string ToString() => (Fen / 100m).ToString("N2", CultureInfo.InvariantCulture);
}
