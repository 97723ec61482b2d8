using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Subsidy.Web.Http;

/// <summary>
/// One line per request with the route's template. Addresses themselves are never recorded: a decision link is a secret, and a
/// reference leads to a person.
/// </summary>
internal static partial class RequestLog
{
    public static IServiceCollection AddRequestLog(this IServiceCollection services) => services.AddLogging(logging => logging
        // The host's own lines and scopes carry the path of every request.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.StaticAssets", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning));

    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Subsidy.Web.Requests");
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        return app.Use(async (context, next) =>
        {
            var activity = context.Features.Get<IHttpActivityFeature>()?.Activity;
            Cloak(activity);
            var begun = time.GetTimestamp();
            await next(context);
            var template = Template(context);
            // Not only for the traces: where a function hands the request on, the platform's own route says nothing.
            activity?.SetTag("http.route", template);
            activity?.SetTag("http.request.method", context.Request.Method);
            Answered(logger, context.Request.Method, template, context.Response.StatusCode, time.GetElapsedTime(begun).TotalMilliseconds);
        });
    }

    private static string Template(HttpContext context)
    {
        // An exception has cleared the endpoint by now; the handler's feature still knows it.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
    }

    /// <summary>A trace that the host has begun names the address too; whoever collects it is told that there is a path, not which.</summary>
    private static void Cloak(Activity? activity)
    {
        activity?.SetTag("url.path", "(withheld)");
        activity?.SetTag("url.query", null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Template} {Status} in {Milliseconds:F0} ms")]
    private static partial void Answered(ILogger logger, string method, string template, int status, double milliseconds);
}
