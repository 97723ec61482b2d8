using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Subsidy.Core.People;

/// <summary>
/// A citizen's identity number (公民身份号码, GB 11643): six digits of region, eight of birth date, three of sequence and an
/// ISO 7064 MOD 11-2 check character. Also held by residents of Hong Kong, Macao and Taiwan with a residence permit.
/// </summary>
/// <remarks>Personal data: <see cref="ToString"/> masks, so that a stray interpolation does not put a number into a log.</remarks>
public sealed record IdNumber
{
    // No living person is older; the standard's own example was born in 1880.
    private const int OldestYears = 150;

    private IdNumber(string value, DateOnly birthDate) => (Value, BirthDate) = (value, birthDate);

    /// <summary>The 18 characters in full, the last one <c>0</c> to <c>9</c> or <c>X</c>.</summary>
    public string Value { get; }

    public DateOnly BirthDate { get; }

    /// <summary>First and last four characters: <c>3601**********123X</c>.</summary>
    public string Masked => $"{Value[..4]}**********{Value[14..]}";

    public override string ToString() => Masked;

    /// <summary>
    /// Completed years (周岁) on <paramref name="date"/>, negative before birth. Who was born on 29 February completes a
    /// year on 1 March where there is no such day.
    /// </summary>
    public int AgeOn(DateOnly date) =>
        date.Year - BirthDate.Year - ((date.Month, date.Day).CompareTo((BirthDate.Month, BirthDate.Day)) < 0 ? 1 : 0);

    /// <param name="text">As typed or pasted: full-width digits, inner spaces and a small x are accepted.</param>
    /// <param name="today">The local date, against which a birth date in the future is noticed.</param>
    /// <param name="value">The number when it is sound.</param>
    /// <param name="fault">What is wrong and what would be right; never repeats the number.</param>
    public static bool TryParse(
        string? text,
        DateOnly today,
        [NotNullWhen(true)] out IdNumber? value,
        [NotNullWhen(false)] out Text? fault)
    {
        var number = Pasted.Number(text).ToUpperInvariant();
        var birthDate = default(DateOnly);
        fault = FormFault(number) ?? RegionFault(number) ?? BirthFault(number, today, out birthDate) ?? CheckFault(number);
        value = fault is null ? new IdNumber(number, birthDate) : null;
        return value is not null;
    }

    private static Text? FormFault(string number) => number switch
    {
        "" => new("请填写18位居民身份证号码。", "Enter the resident ID number: 18 characters."),
        { Length: not 18 } => new(
            $"居民身份证号码应为18位，现在是{number.Length}位。",
            $"A resident ID number has 18 characters; this one has {number.Length}."),
        _ when !Pasted.IsDigits(number.AsSpan(0, 17)) || !(char.IsAsciiDigit(number[17]) || number[17] == 'X') => new(
            "居民身份证号码前17位应为数字，最后一位应为数字或X。",
            "A resident ID number has 17 digits and then a digit or X; this one has other characters."),
        _ => null,
    };

    // Only the province is checked: counties were renumbered many times, and people keep the number of their birth.
    private static Text? RegionFault(string number) =>
        int.Parse(number.AsSpan(0, 2), CultureInfo.InvariantCulture) is (>= 11 and <= 15) or (>= 21 and <= 23)
            or (>= 31 and <= 37) or (>= 41 and <= 46) or (>= 50 and <= 54) or (>= 61 and <= 65) or 71 or (>= 81 and <= 83)
            ? null
            : new(
                $"居民身份证号码前两位“{number[..2]}”不是省级行政区代码（例如江西为36）。",
                $"The first two digits, {number[..2]}, are not a province's code (Jiangxi, for example, is 36).");

    private static Text? BirthFault(string number, DateOnly today, out DateOnly birthDate)
    {
        if (!DateOnly.TryParseExact(
                number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out birthDate)
            || birthDate.Year < today.Year - OldestYears)
        {
            return new(
                "居民身份证号码第7至14位应为真实的出生日期（年月日，例如19850312）。",
                "Characters 7 to 14 are a real birth date, year month day (19850312, for example); these are not.");
        }

        return birthDate <= today
            ? null
            : new(
                "居民身份证号码第7至14位的出生日期晚于今天，请核对。",
                "The birth date in characters 7 to 14 lies in the future; please compare them with the card.");
    }

    // The expected character is not told: with it, a wrong digit elsewhere would be "repaired" at the wrong place.
    private static Text? CheckFault(string number) =>
        number[17] == Iso7064.Mod11Minus2(number.AsSpan(0, 17))
            ? null
            : new(
                "居民身份证号码的校验码（最后一位）与前17位不符，请对照证件逐位核对。",
                "The check character (the last one) does not fit the 17 digits before it; please compare every digit with the card.");
}
