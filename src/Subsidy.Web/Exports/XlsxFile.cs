using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

namespace Subsidy.Web.Exports;

/// <summary>
/// A table as a workbook of ECMA-376 (Office Open XML), no more of it than a table needs. It goes out row by row, through a response
/// that cannot seek and takes no synchronous writes; libraries build the file in memory first, or (MiniExcel 1.46) put an element where
/// the schema has none. What this writes is checked in the tests by the validator of the Open XML SDK.
/// </summary>
internal static class XlsxFile
{
    /// <summary>Rows that Excel takes on one worksheet; what goes beyond begins another.</summary>
    public const int MostRows = 1_048_576;

    private const string Prolog = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The headings stay in sight; columns are wide enough for a date with its time.</summary>
    private const string SheetStart =
        $"""{Prolog}<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="20" defaultRowHeight="15"/><sheetData>""";
    private const string SheetEnd = "</sheetData></worksheet>";

    /// <param name="mostRows">On one worksheet, its headings among them.</param>
    public static async Task WriteAsync(PipeWriter target, Sheet sheet, int mostRows, CancellationToken cancel)
    {
        await using (var zip = await ZipArchive.CreateAsync(new PipeStream(target), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
            await WriteAsync(zip, sheet, mostRows, cancel);
        await target.FlushAsync(cancel);
    }

    private static async Task WriteAsync(ZipArchive zip, Sheet sheet, int mostRows, CancellationToken cancel)
    {
        await using var rows = sheet.Rows.GetAsyncEnumerator(cancel);
        var more = await rows.MoveNextAsync();
        var sheets = 0;
        do
        {
            sheets++;
            more = await WriteSheetAsync(zip, $"xl/worksheets/sheet{sheets}.xml", sheet.Headings, rows, more, mostRows, cancel);
        }
        while (more);
        foreach (var (name, content) in Around(sheets))
        {
            await using var part = await zip.CreateEntry(name).OpenAsync(cancel);
            await part.WriteAsync(Encoding.UTF8.GetBytes(content), cancel);
        }
    }

    /// <param name="more">Whether the enumerator stands on a row that is still to be written.</param>
    /// <returns>Whether it does now, where this sheet is full.</returns>
    private static async Task<bool> WriteSheetAsync(
        ZipArchive zip, string name, IReadOnlyList<string> headings, IAsyncEnumerator<IReadOnlyList<object?>> rows, bool more, int mostRows, CancellationToken cancel)
    {
        await using var part = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancel);
        // Left open: a writer closes what it writes to without awaiting.
        await using var text = new StreamWriter(part, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await text.WriteAsync(SheetStart.AsMemory(), cancel);
        await text.WriteAsync(XlsxRow.Headings(headings).AsMemory(), cancel);
        for (var written = 1; more && written < mostRows; written++)
        {
            await text.WriteAsync(XlsxRow.Of(rows.Current).AsMemory(), cancel);
            more = await rows.MoveNextAsync();
        }
        await text.WriteAsync(SheetEnd.AsMemory(), cancel);
        return more;
    }

    /// <summary>The parts that say what the worksheets are.</summary>
    private static IEnumerable<(string Name, string Content)> Around(int sheets)
    {
        var numbers = Enumerable.Range(1, sheets).ToList();
        yield return ("xl/styles.xml", $"{Prolog}{XlsxStyle.Sheet}");
        yield return ("xl/workbook.xml",
            $"""{Prolog}<workbook xmlns="{Main}" xmlns:r="{Relationships}"><sheets>{Each(n => $"""<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>""")}</sheets></workbook>""");
        yield return ("xl/_rels/workbook.xml.rels",
            $"""{Prolog}<Relationships xmlns="{PackageRelationships}">{Each(n => $"""<Relationship Id="s{n}" Type="{Relationships}/worksheet" Target="worksheets/sheet{n}.xml"/>""")}<Relationship Id="styles" Type="{Relationships}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("_rels/.rels",
            $"""{Prolog}<Relationships xmlns="{PackageRelationships}"><Relationship Id="workbook" Type="{Relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        yield return ("[Content_Types].xml",
            $"""{Prolog}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/>{Each(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Types}.worksheet+xml"/>""")}</Types>""");

        string Each(Func<int, FormattableString> part) => string.Concat(numbers.Select(n => FormattableString.Invariant(part(n))));
    }
}
