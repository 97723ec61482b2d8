using System.Globalization;
using System.Text;
using Subsidy.Core;
using Subsidy.Core.Calendar;

namespace Subsidy.Web.Exports;

/// <summary>A table as CSV: UTF-8 with byte order mark so that Excel reads Chinese, CRLF, RFC 4180 quoting. Written as it is read.</summary>
internal sealed class CsvDownload(Sheet sheet) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{sheet.Name}.csv\"";
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(Line(sheet.Headings));
        await foreach (var row in sheet.Rows.WithCancellation(httpContext.RequestAborted))
            await text.WriteLineAsync(Line(row));
        await text.FlushAsync(httpContext.RequestAborted);
    }

    private static string Line(IReadOnlyList<object?> cells) => string.Join(',', cells.Select(Cell));

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quoted(text),
        Money money => (money.Fen / 100m).ToString("0.00", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"No cell for {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>A text that a spreadsheet would take for a formula gets an apostrophe before it; full-width signs begin one too in a Chinese Excel.</summary>
    private static string Quoted(string text)
    {
        var safe = text.AsSpan().TrimStart() is [var first, ..] && "=+-@＝＋－＠".Contains(first, StringComparison.Ordinal) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
