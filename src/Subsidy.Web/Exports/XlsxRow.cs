using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;
using Subsidy.Core;
using Subsidy.Core.Calendar;

namespace Subsidy.Web.Exports;

/// <summary>
/// One <c>row</c> of a worksheet. Amounts are numbers of yuan, days and times are serial numbers that count days from 30 December 1899,
/// and a text is an inline string: never a formula, so it needs no apostrophe before it.
/// </summary>
internal static class XlsxRow
{
    public static string Headings(IReadOnlyList<string> headings) => Row(headings.Select(heading => Text(heading, XlsxStyle.Heading)));

    public static string Of(IReadOnlyList<object?> cells) => Row(cells.Select(Cell));

    private static string Row(IEnumerable<string> cells) => new StringBuilder("<row>").AppendJoin(null, cells).Append("</row>").ToString();

    private static string Cell(object? value) => value switch
    {
        null => "<c/>",
        string text => Text(text, XlsxStyle.Text),
        Money money => Number((money.Fen / 100m).ToString("0.00", CultureInfo.InvariantCulture), XlsxStyle.Yuan),
        DateOnly day => Number(Serial(day.ToDateTime(TimeOnly.MinValue)), XlsxStyle.Day),
        DateTimeOffset at => Number(Serial(at.ToOffset(ChinaTime.Offset).DateTime), XlsxStyle.Time),
        int or long => Number(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), XlsxStyle.Plain),
        _ => throw new ArgumentException($"No cell for {value.GetType().Name}.", nameof(value)),
    };

    private static string Serial(DateTime local) => local.ToOADate().ToString(CultureInfo.InvariantCulture);

    private static string Number(string value, int style) => FormattableString.Invariant($"""<c s="{style}"><v>{value}</v></c>""");

    private static string Text(string text, int style) =>
        FormattableString.Invariant($"""<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{Escaped(text)}</t></is></c>""");

    /// <summary>What XML has no place for becomes the replacement character; a spreadsheet's own escapes (<c>_x0041_</c>) are taken literally.</summary>
    private static string Escaped(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return SecurityElement.Escape(clean.Replace("_x", "_x005F_x").ToString());
    }
}
