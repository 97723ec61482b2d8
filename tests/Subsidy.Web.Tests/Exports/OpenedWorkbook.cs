using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Subsidy.Web.Tests.Exports;

/// <summary>A workbook as the Open XML SDK reads it, once it has found it valid.</summary>
/// <param name="Sheets">Rows of each worksheet. Of a cell, its type, what stands in it, and the format in which it is shown.</param>
internal sealed record OpenedWorkbook(IReadOnlyList<IReadOnlyList<IReadOnlyList<OpenedCell>>> Sheets)
{
    public static OpenedWorkbook Of(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
        var workbook = document.WorkbookPart!;
        var styles = workbook.WorkbookStylesPart!.Stylesheet!;
        var own = styles.NumberingFormats!.Elements<NumberingFormat>().ToDictionary(format => format.NumberFormatId!.Value, format => format.FormatCode!.Value!);
        var formats = styles.CellFormats!.Elements<CellFormat>().ToList();
        var sheets = workbook.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>()
            .Select(sheet => ((WorksheetPart)workbook.GetPartById(sheet.Id!)).Worksheet!.GetFirstChild<SheetData>()!)
            .Select(data => (IReadOnlyList<IReadOnlyList<OpenedCell>>)[.. data.Elements<Row>().Select(row => row.Elements<Cell>().Select(Read).ToList())]);
        return new OpenedWorkbook([.. sheets]);

        OpenedCell Read(Cell cell)
        {
            Assert.Null(cell.CellFormula);
            var format = formats[(int)(cell.StyleIndex?.Value ?? 0)].NumberFormatId!.Value;
            var type = cell.DataType?.Value ?? CellValues.Number;
            var value = type == CellValues.InlineString ? cell.InlineString!.InnerText : cell.CellValue?.Text;
            return new OpenedCell(type == CellValues.InlineString, value, own.GetValueOrDefault(format) ?? $"{format}");
        }
    }
}

/// <param name="IsText">Otherwise a number, or nothing.</param>
/// <param name="Format">The format's own code, or the number of a built-in one.</param>
internal sealed record OpenedCell(bool IsText, string? Value, string Format);
