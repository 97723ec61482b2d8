using System.Globalization;
using Subsidy.Core.Calendar;

namespace Subsidy.Web.Pages;

/// <summary>Dates as people here read them: Beijing time, whatever the machine's zone.</summary>
internal static class Dates
{
    public static string Say(DateOnly date) => date.ToString(Chinese ? "yyyy年M月d日" : "d MMMM yyyy", CultureInfo.CurrentUICulture);

    public static string Say(DateTimeOffset at) =>
        $"{Say(ChinaTime.DateOf(at))} {at.ToOffset(ChinaTime.Offset).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>A deadline is the first instant that is too late; people are told the last day, and the hour only when it is not midnight.</summary>
    public static string SayDeadline(DateTimeOffset due) =>
        due.ToOffset(ChinaTime.Offset).TimeOfDay == TimeSpan.Zero ? Say(ChinaTime.DateOf(due.AddTicks(-1))) : Say(due);

    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
}
