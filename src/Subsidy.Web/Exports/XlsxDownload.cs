namespace Subsidy.Web.Exports;

/// <summary>A table as an Excel workbook, written as it is read.</summary>
internal sealed class XlsxDownload(Sheet sheet) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        response.Headers.ContentDisposition = $"attachment; filename=\"{sheet.Name}.xlsx\"";
        await XlsxFile.WriteAsync(response.BodyWriter, sheet, XlsxFile.MostRows, httpContext.RequestAborted);
    }
}
