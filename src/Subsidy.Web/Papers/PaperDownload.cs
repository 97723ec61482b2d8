using Microsoft.Net.Http.Headers;
using Subsidy.Storage.Papers;
using Subsidy.Web.Http;

namespace Subsidy.Web.Papers;

/// <summary>Gives a paper out as a download: a browser never opens on this site what somebody has handed in.</summary>
internal sealed class PaperDownload(IPaperStore store, string applicationId, PaperFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancel = httpContext.RequestAborted;
        Stream content;
        try
        {
            content = await store.OpenAsync(applicationId, file.Paper, cancel);
        }
        catch (FileNotFoundException)
        {
            await Failures.Of(StatusCodes.Status410Gone).ExecuteAsync(httpContext);
            return;
        }
        await using (content)
        {
            var response = httpContext.Response;
            response.ContentType = file.Paper.ContentType;
            response.ContentLength = file.Paper.Size;
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(file.DownloadName);
            response.Headers.ContentDisposition = disposition.ToString();
            response.Headers.ContentSecurityPolicy = SecurityHeaders.PaperPolicy;
            await content.CopyToAsync(response.Body, cancel);
        }
    }
}
