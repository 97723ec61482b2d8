using System.Globalization;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Pages;

/// <summary>Moments in the reader's language and in Beijing time.</summary>
internal static class Dates
{
    public static string Say(DateOnly date) => DateText.Day(date).In(CultureInfo.CurrentUICulture);

    public static string Say(DateTimeOffset at) => DateText.Moment(at).In(CultureInfo.CurrentUICulture);

    public static string SayDeadline(DateTimeOffset due, bool estimate = false) => DateText.Deadline(due, estimate).In(CultureInfo.CurrentUICulture);
}
