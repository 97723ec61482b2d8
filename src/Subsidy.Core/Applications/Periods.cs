using System.Globalization;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>What recurring payments are counted by.</summary>
/// <param name="Name"><c>2026-11</c>; <c>2026-spring</c>, <c>2026-autumn</c>.</param>
/// <param name="Start">When it is granted: 0:00 of its first day.</param>
public readonly record struct Period(string Name, DateTimeOffset Start)
{
    private const int Spring = 2;
    private const int Autumn = 9;

    /// <summary>
    /// The first that is owed. Monthly: the month after the decision (民发〔2021〕57号: 自作出确认同意决定之日下月起). Per semester: the one
    /// that runs at the decision; the spring semester is counted from February, the autumn semester from September.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">What is paid once has no periods.</exception>
    public static Period First(Schedule schedule, DateOnly decided) => schedule switch
    {
        Schedule.Monthly => Month(decided.AddMonths(1)),
        Schedule.Semester => Semester(decided),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "What is paid once has no periods."),
    };

    /// <summary>The one that begins at this moment, or is running then.</summary>
    public static Period At(Schedule schedule, DateTimeOffset moment) =>
        schedule is Schedule.Monthly ? Month(ChinaTime.DateOf(moment)) : Semester(ChinaTime.DateOf(moment));

    public Period Next(Schedule schedule)
    {
        var start = ChinaTime.DateOf(Start);
        return schedule is Schedule.Monthly ? Month(start.AddMonths(1)) : Semester(start.AddMonths(start.Month == Spring ? Autumn - Spring : 5));
    }

    /// <returns>Null when it is no period of that schedule.</returns>
    public static Period? Parse(Schedule schedule, string? name)
    {
        var parts = name?.Split('-');
        if (parts is not [{ Length: 4 } yearText, var part] || !int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year == 0)
            return null;
        var month = (schedule, part) switch
        {
            (Schedule.Monthly, { Length: 2 }) when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            (Schedule.Semester, "spring") => Spring,
            (Schedule.Semester, "autumn") => Autumn,
            _ => 0,
        };
        return month is >= 1 and <= 12 ? At(schedule, ChinaTime.StartOf(new DateOnly(year, month, 1))) : null;
    }

    private static Period Month(DateOnly day) =>
        Of(day.ToString("yyyy-MM", CultureInfo.InvariantCulture), new DateOnly(day.Year, day.Month, 1));

    private static Period Semester(DateOnly day) => day.Month switch
    {
        >= Autumn => Of($"{day.Year:D4}-autumn", new DateOnly(day.Year, Autumn, 1)),
        >= Spring => Of($"{day.Year:D4}-spring", new DateOnly(day.Year, Spring, 1)),
        _ => Of($"{day.Year - 1:D4}-autumn", new DateOnly(day.Year - 1, Autumn, 1)),
    };

    private static Period Of(string name, DateOnly start) => new(name, ChinaTime.StartOf(start));
}
