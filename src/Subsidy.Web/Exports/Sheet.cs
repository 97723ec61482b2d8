namespace Subsidy.Web.Exports;

/// <summary>A table that somebody takes away.</summary>
/// <param name="Name">Of the file, without its ending; letters, digits and hyphens.</param>
/// <param name="Rows">Cells are texts, whole numbers, <see cref="Core.Money"/>, <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> or null.</param>
internal sealed record Sheet(string Name, IReadOnlyList<string> Headings, IAsyncEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <param name="format">As <see cref="SheetRoute.Ending"/> has let it through.</param>
    public IResult As(string format) => format is "xlsx" ? new XlsxDownload(this) : new CsvDownload(this);
}
