using Subsidy.Core.Calendar;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Calendars as they may look after the State Council's notice has come in or been corrected.</summary>
internal static class Corrected
{
    /// <summary>All of March and April off.</summary>
    public static WorkingCalendar LongBreak { get; } = Year(new Holiday(
        new Text("长假", "Long break"), new DateOnly(2026, 3, 3), new DateOnly(2026, 4, 30), []));

    /// <summary>No holiday at all, so that every term ends earlier than with the statutory days.</summary>
    public static WorkingCalendar NoBreak { get; } = Year();

    private static WorkingCalendar Year(params Holiday[] holidays) => WorkingCalendar.From([new CalendarYear(2026, "test", holidays)]);
}
