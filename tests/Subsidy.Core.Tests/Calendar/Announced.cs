using Subsidy.Core.Calendar;

namespace Subsidy.Core.Tests.Calendar;

/// <summary>The calendar as it is shipped.</summary>
internal static class Announced
{
    public static readonly IReadOnlyList<CalendarYear> Years =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "calendar"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(file => CalendarFile.Read(file, File.ReadAllText(file))),
    ];

    public static readonly WorkingCalendar Calendar = WorkingCalendar.From(Years);
}
