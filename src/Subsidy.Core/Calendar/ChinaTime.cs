using System.Globalization;

namespace Subsidy.Core.Calendar;

/// <summary>
/// Beijing time as a fixed UTC+8, in force without summer time since 1991. Time-zone data is not asked: the machine's zone and
/// the age of its tables must not move a deadline.
/// </summary>
public static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The date on a Chinese wall calendar at that instant.</summary>
    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>As people are told of an instant: date, hour and minute on a Chinese wall.</summary>
    public static string Say(DateTimeOffset at) => at.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Midnight at which that date begins.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>24:00 of that date, which is the start of the next one.</summary>
    public static DateTimeOffset EndOf(DateOnly date) => StartOf(date.AddDays(1));
}
