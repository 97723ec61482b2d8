using System.Buffers;
using System.Globalization;

namespace Subsidy.Core.Funds;

/// <summary>One fund in one fiscal year (1 January to 31 December, 预算法 art. 18): the books are kept by it.</summary>
/// <param name="Code">As scheme files and <c>funds.yaml</c> name the fund.</param>
public readonly record struct FundKey(string Code, int Year)
{
    /// <summary>Of which ids of funds are made. What comes from outside may have others, of which storage makes no name.</summary>
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary><c>relief-2026</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code}-{Year:D4}");

    /// <returns>Null for anything that <see cref="ToString"/> does not write.</returns>
    public static FundKey? Parse(string? text)
    {
        if (text is null || text.LastIndexOf('-') is not (> 0 and var bar) || text.Length - bar != 5
            || !int.TryParse(text.AsSpan(bar + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year == 0
            || text.AsSpan(0, bar).ContainsAnyExcept(Letters))
        {
            return null;
        }
        return new FundKey(text[..bar], year);
    }
}
