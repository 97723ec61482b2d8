using System.Collections.Frozen;
using System.Globalization;

namespace Subsidy.Core.Calendar;

/// <summary>
/// The holidays of all citizens by the Regulation on Public Holidays 全国年节及纪念日放假办法 as revised in 2024 (State Council
/// decree 795), 13 days a year: what can be said of a year before its notice, which may still join and move days.
/// </summary>
internal static class StatutoryHolidays
{
    /// <summary>Names the rule, so that a calendar counted by another rule has another version.</summary>
    public const string Rule = "decree 795 of 2024";

    // Table-driven, independent of the machine's culture data.
    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <summary>
    /// The weekdays and weekend days off in a year, with the working day that replaces (补假, art. 6) a statutory day that falls
    /// on a weekend or on another statutory day; which day replaces it is the notice's choice, here the next one. Before 2000
    /// and after 2099 only the days of the solar calendar are known.
    /// </summary>
    public static FrozenSet<DateOnly> DaysOff(int year)
    {
        var statutory = Days(year).Order().ToList();
        var off = statutory.ToHashSet();
        var seen = new HashSet<DateOnly>();
        foreach (var day in statutory)
        {
            if (seen.Add(day) && !IsWeekend(day))
                continue;
            var replacement = day;
            while (IsWeekend(replacement) || off.Contains(replacement))
                replacement = replacement.AddDays(1);
            off.Add(replacement);
        }

        return off.ToFrozenSet();
    }

    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static IEnumerable<DateOnly> Days(int year)
    {
        yield return new(year, 1, 1);
        yield return new(year, 5, 1);
        yield return new(year, 5, 2);
        yield return new(year, 10, 1);
        yield return new(year, 10, 2);
        yield return new(year, 10, 3);
        if (year is < 2000 or > 2099)
            yield break;

        var springFestival = LunarDay(year, 1, 1);
        for (var offset = -1; offset <= 2; offset++) // the eve and the first three days
            yield return springFestival.AddDays(offset);
        yield return Qingming(year);
        yield return LunarDay(year, 5, 5); // Dragon Boat
        yield return LunarDay(year, 8, 15); // Mid-Autumn
    }

    private static DateOnly LunarDay(int year, int month, int day)
    {
        // A leap month takes the number after the month that it repeats, and moves the later ones up by one.
        var leapMonth = Lunar.GetLeapMonth(year);
        var place = leapMonth > 0 && month >= leapMonth ? month + 1 : month;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, place, day, 0, 0, 0, 0));
    }

    // The usual interpolation for the years 2000 to 2099 of the day on which the sun reaches 15 degrees.
    private static DateOnly Qingming(int year)
    {
        var ofCentury = year % 100;
        return new(year, 4, (int)(ofCentury * 0.2422m + 4.81m) - ofCentury / 4);
    }
}
