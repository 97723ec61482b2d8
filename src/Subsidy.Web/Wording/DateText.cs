using System.Globalization;
using Subsidy.Core;
using Subsidy.Core.Calendar;

namespace Subsidy.Web.Wording;

/// <summary>Moments as people read them, in Beijing time.</summary>
public static class DateText
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static Text Day(DateOnly date) =>
        new(date.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture), date.ToString("d MMMM yyyy", English));

    public static Text Moment(DateTimeOffset at)
    {
        var local = at.ToOffset(ChinaTime.Offset);
        var day = Day(DateOnly.FromDateTime(local.DateTime));
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return new Text($"{day.Zh} {clock}", $"{day.En}, {clock}");
    }

    /// <summary>A deadline: the end, 24:00, of its last day, or a moment where it is counted in hours.</summary>
    /// <param name="due">The first instant that is too late.</param>
    /// <param name="estimate">Counted over days of a year whose holidays are not announced yet.</param>
    public static Text Deadline(DateTimeOffset due, bool estimate = false)
    {
        var local = due.ToOffset(ChinaTime.Offset);
        var text = local.TimeOfDay == TimeSpan.Zero ? Day(DateOnly.FromDateTime(local.DateTime).AddDays(-1)) : Moment(due);
        return estimate ? new Text($"{text.Zh}（预计）", $"{text.En} (estimate)") : text;
    }
}
