using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Subsidy.Core.Calendar;

/// <summary>A length of time as a scheme states it: <c>24 hours</c>, <c>7 days</c>, <c>5 working days</c>; 1 to 9999 of them.</summary>
[JsonConverter(typeof(TermJsonConverter))]
/// <exception cref="ArgumentOutOfRangeException">The amount is not 1 to 9999, or the unit is unknown.</exception>
public sealed partial record Term(int Amount, TermUnit Unit)
{
    private const int Longest = 9999;

    public int Amount { get; } = Amount is >= 1 and <= Longest
        ? Amount
        : throw new ArgumentOutOfRangeException(nameof(Amount), Amount, $"A term has 1 to {Longest} units.");

    public TermUnit Unit { get; } = Enum.IsDefined(Unit)
        ? Unit
        : throw new ArgumentOutOfRangeException(nameof(Unit), Unit, "A term is of hours, days or working days.");

    /// <summary>ISO 8601 duration (<c>PT24H</c>, <c>P7D</c>); null for working days, which that standard does not know.</summary>
    public string? Iso8601 => Unit switch
    {
        TermUnit.Hours => string.Create(CultureInfo.InvariantCulture, $"PT{Amount}H"),
        TermUnit.Days => string.Create(CultureInfo.InvariantCulture, $"P{Amount}D"),
        _ => null,
    };

    /// <exception cref="FormatException">The text has another form; the message names the forms that are accepted.</exception>
    public static Term Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new FormatException(
                $"\"{text}\" is not a term. Write a whole number from 1 to {Longest} and a unit: \"24 hours\", \"7 days\" or \"5 working days\".");
        }

        var unit = match.Groups["unit"].Value switch
        {
            "hour" => TermUnit.Hours,
            "day" => TermUnit.Days,
            _ => TermUnit.WorkingDays,
        };
        return new Term(int.Parse(match.Groups["amount"].ValueSpan, CultureInfo.InvariantCulture), unit);
    }

    /// <summary>The text that <see cref="Parse"/> reads, with the unit in the singular after 1.</summary>
    public override string ToString()
    {
        var unit = Unit switch
        {
            TermUnit.Hours => "hour",
            TermUnit.Days => "day",
            _ => "working day",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Amount} {unit}{(Amount == 1 ? "" : "s")}");
    }

    [GeneratedRegex(@"^(?<amount>[1-9][0-9]{0,3}) (?<unit>hour|day|working day)s?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
