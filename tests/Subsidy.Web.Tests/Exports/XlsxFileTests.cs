using System.IO.Pipelines;
using Subsidy.Core;
using Subsidy.Web.Exports;

namespace Subsidy.Web.Tests.Exports;

public sealed class XlsxFileTests
{
    private static readonly string[] Headings = ["姓名", "金额（元）"];

    [Fact]
    public async Task Amounts_days_and_times_are_numbers_that_are_shown_as_what_they_are()
    {
        var at = new DateTimeOffset(2026, 3, 21, 18, 30, 15, TimeSpan.Zero);
        var cells = await CellsAsync(new Money(123_456_05), new Money(-1), new DateOnly(2026, 3, 22), at, 7, long.MaxValue, null);

        Assert.Equal(
            [
                new(false, "123456.05", "4"), new(false, "-0.01", "4"), new(false, "46103", "yyyy\\-mm\\-dd"), new(false, cells[3].Value, "yyyy\\-mm\\-dd\\ hh:mm:ss"),
                new(false, "7", "0"), new(false, "9223372036854775807", "0"), new(false, null, "0"),
            ],
            cells);
        Assert.Equal(
            new DateTime(2026, 3, 22, 2, 30, 15, DateTimeKind.Unspecified),
            DateTime.FromOADate(double.Parse(cells[3].Value!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2")]
    [InlineData("＋3")]
    [InlineData(" <赵&\"守'家> \n 𠮷")]
    [InlineData("00012")]
    public async Task A_text_stays_the_text_it_is(string text) =>
        Assert.Equal([new(true, text, "49")], await CellsAsync(text));

    [Theory]
    [InlineData("a\u0001b", "a\uFFFDb")]
    [InlineData("a\uFFFFb", "a\uFFFDb")]
    [InlineData("_x0041_", "_x005F_x0041_")]
    public async Task What_a_workbook_cannot_hold_does_not_break_it(string text, string held) =>
        Assert.Equal(held, Assert.Single(await CellsAsync(text)).Value);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(7, 3)]
    public async Task What_does_not_fit_on_one_sheet_goes_on_the_next_under_the_same_headings(int rows, int sheets)
    {
        var opened = OpenedWorkbook.Of(await WriteAsync([.. Enumerable.Range(1, rows).Select(IReadOnlyList<object?> (n) => [n])], mostRows: 4));

        Assert.Equal(sheets, opened.Sheets.Count);
        Assert.All(opened.Sheets, sheet => Assert.Equal(Headings, sheet[0].Select(cell => cell.Value)));
        Assert.Equal(Enumerable.Range(1, rows).Select(n => $"{n}"), opened.Sheets.SelectMany(sheet => sheet.Skip(1)).Select(row => row[0].Value));
    }

    private static async Task<IReadOnlyList<OpenedCell>> CellsAsync(params object?[] cells) =>
        OpenedWorkbook.Of(await WriteAsync([cells], XlsxFile.MostRows)).Sheets[0][1];

    private static async Task<byte[]> WriteAsync(IReadOnlyList<IReadOnlyList<object?>> rows, int mostRows)
    {
        using var file = new MemoryStream();
        await using var response = new ResponseBody(file);
        var pipe = PipeWriter.Create(response, new StreamPipeWriterOptions(leaveOpen: true));
        await XlsxFile.WriteAsync(pipe, new Sheet("test", Headings, rows.ToAsyncEnumerable()), mostRows, TestContext.Current.CancellationToken);
        return file.ToArray();
    }
}
