namespace Subsidy.Web.Http;

/// <summary>303: after a POST, look there with GET (RFC 9110, 15.4.4), so that reloading a page does not post again.</summary>
internal sealed class SeeOther : IResult
{
    private readonly string _location;

    private SeeOther(string location) => _location = location;

    public static SeeOther To(string location) => new(location);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = _location;
        return Task.CompletedTask;
    }
}
