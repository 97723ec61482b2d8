using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;

namespace Subsidy.Web.Pages.Forms;

/// <summary>An entered value as it is read: options by their titles, money in yuan, dates as dates.</summary>
internal static class ValueText
{
    public static string Of(Field field, JsonNode? value, IStringLocalizer<SiteWords> words) => (field, value) switch
    {
        (_, null) => "—",
        (BooleanField, JsonValue flag) when flag.TryGetValue<bool>(out var yes) => words[yes ? "Yes" : "No"],
        (ChoiceField choice, JsonArray many) => string.Join(words["ListSeparator"], many.Select(one => TitleOf(choice, one))),
        (ChoiceField choice, _) => TitleOf(choice, value),
        (DateField, _) when DateOnly.TryParseExact(value.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => Dates.Say(date),
        _ => value.ToString(),
    };

    private static string TitleOf(ChoiceField choice, JsonNode? value) =>
        choice.Options.FirstOrDefault(option => option.Value == value?.ToString())?.Title ?? value?.ToString() ?? "—";
}
