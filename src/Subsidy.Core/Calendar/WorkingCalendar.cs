using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Core.Calendar;

/// <summary>
/// Which days are worked in mainland China, and when a term ends. Years with a notice are exact; every other year is
/// provisional: weekends and the statutory days.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly FrozenDictionary<DateOnly, bool> _announced; // true where a weekend day is worked, false for a day off
    private readonly FrozenSet<int> _years;
    private readonly ConcurrentDictionary<int, FrozenSet<DateOnly>> _statutory = new();

    private WorkingCalendar(Dictionary<DateOnly, bool> announced, HashSet<int> years)
    {
        _announced = announced.ToFrozenDictionary();
        _years = years.ToFrozenSet();
        Version = VersionOf(announced, years);
    }

    /// <summary>
    /// SHA-256 in lower-case hexadecimal over what the calendar says (not how its files are written): a corrected or added day
    /// changes it, a comment does not.
    /// </summary>
    public string Version { get; }

    /// <exception cref="ArgumentException">A year or a day is given twice.</exception>
    public static WorkingCalendar From(IEnumerable<CalendarYear> years)
    {
        ArgumentNullException.ThrowIfNull(years);
        var announced = new Dictionary<DateOnly, bool>();
        var numbers = new HashSet<int>();
        foreach (var year in years)
        {
            if (!numbers.Add(year.Year))
                throw new ArgumentException($"The year {year.Year} is given twice.", nameof(years));
            foreach (var holiday in year.Holidays)
            {
                foreach (var day in holiday.DaysOff())
                    Announce(day, worked: false);
                foreach (var day in holiday.WorkedInstead)
                    Announce(day, worked: true);
            }
        }

        return new WorkingCalendar(announced, numbers);

        void Announce(DateOnly day, bool worked)
        {
            if (!announced.TryAdd(day, worked))
                throw new ArgumentException($"The day {day:yyyy-MM-dd} is named twice.", nameof(years));
        }
    }

    /// <summary>Whether no notice is known for the year, so that its working days are an estimate.</summary>
    public bool IsProvisional(int year) => !_years.Contains(year);

    public bool IsWorkingDay(DateOnly day)
    {
        if (_announced.TryGetValue(day, out var worked))
            return worked;
        return !StatutoryHolidays.IsWeekend(day)
            && !(IsProvisional(day.Year) && _statutory.GetOrAdd(day.Year, StatutoryHolidays.DaysOff).Contains(day));
    }

    /// <summary>The date in China at that instant.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Callers ask their calendar for the date, as for the rest.")]
    public DateOnly LocalDate(DateTimeOffset at) => ChinaTime.DateOf(at);

    /// <summary>
    /// When a term that begins at <paramref name="from"/> is over. Hours run exactly. Days and working days run from the day
    /// after the local date of the beginning (the day itself is not counted, Civil Code 民法典 art. 201) to the end, 24:00, of the
    /// last one.
    /// </summary>
    /// <remarks>
    /// Monotone in <paramref name="from"/> and in the term's amount. Only working days can be an estimate: hours and calendar
    /// days are the same whatever will be announced.
    /// </remarks>
    public Deadline After(DateTimeOffset from, Term term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.Unit switch
        {
            TermUnit.Hours => new(from.ToOffset(ChinaTime.Offset).AddHours(term.Amount), Estimate: false),
            TermUnit.Days => new(ChinaTime.EndOf(LocalDate(from).AddDays(term.Amount)), Estimate: false),
            _ => AfterWorkingDays(LocalDate(from), term.Amount),
        };
    }

    private Deadline AfterWorkingDays(DateOnly start, int amount)
    {
        var day = start;
        var estimate = false;
        while (amount > 0)
        {
            day = day.AddDays(1);
            estimate |= IsProvisional(day.Year);
            if (IsWorkingDay(day))
                amount--;
        }

        return new(ChinaTime.EndOf(day), estimate);
    }

    private static string VersionOf(Dictionary<DateOnly, bool> announced, HashSet<int> years)
    {
        var content = new StringBuilder().Append(StatutoryHolidays.Rule).Append('\n');
        foreach (var year in years.Order())
            content.Append(CultureInfo.InvariantCulture, $"{year} announced\n");
        foreach (var (day, worked) in announced.OrderBy(entry => entry.Key))
            content.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} {(worked ? "worked" : "off")}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())));
    }
}
