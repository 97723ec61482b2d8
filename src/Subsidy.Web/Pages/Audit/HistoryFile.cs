using Subsidy.Storage.Streams;
using Subsidy.Web.Http;

namespace Subsidy.Web.Pages.Audit;

/// <summary>One line of JSON per event, exactly as stored: enough to verify the chain without this site. 404 where there is none.</summary>
internal sealed class HistoryFile(string name, IAsyncEnumerable<HistoryLine> lines) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var line = lines.GetAsyncEnumerator(httpContext.RequestAborted);
        if (!await line.MoveNextAsync())
        {
            await Failures.Of(StatusCodes.Status404NotFound).ExecuteAsync(httpContext);
            return;
        }
        httpContext.Response.ContentType = "application/jsonl; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.jsonl\"";
        do
            await httpContext.Response.WriteAsync(line.Current.ToJson() + "\n", httpContext.RequestAborted);
        while (await line.MoveNextAsync());
    }
}
