using Microsoft.AspNetCore.Diagnostics;
using Subsidy.Core;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Http;

/// <summary>What is answered when nobody else has: exceptions, unknown addresses, wrong methods. Nothing of the inside is told.</summary>
internal static class Failures
{
    public static IApplicationBuilder UseFailures(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Of(context.Features.Get<IExceptionHandlerFeature>()!.Error).ExecuteAsync(context),
            // What a client did wrong, or has to repeat, is not a fault of the software.
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException or BusyException or OperationCanceledException,
        });
        return app.UseStatusCodePages(context => Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }

    private static Problem Of(Exception exception) => exception switch
    {
        BusyException => new Problem(
            503, "busy", new Text("这份申请正在被他人处理，请稍后再试。", "The application is being changed by others; please try again in a moment."),
            null, [], TimeSpan.FromSeconds(1)),
        BadHttpRequestException bad => Of(bad.StatusCode),
        _ => Of(500),
    };

    public static Problem Of(int status) => status switch
    {
        400 => Problem.Of(400, "bad-request", new Text("请求的格式不正确。", "The request is malformed.")),
        401 => Problem.Of(401, "sign-in", new Text("请先登录。", "Please sign in.")),
        403 => Problem.Of(403, "not-allowed", new Text("不允许这样做。", "This is not allowed.")),
        404 => Problem.Of(404, "not-found", new Text("没有找到。", "Not found.")),
        405 => Problem.Of(405, "method", new Text("这个地址不支持这种请求方法。", "This address does not take that method.")),
        408 => Problem.Of(408, "timeout", new Text("等待内容的时间过长，请重试。", "The content took too long to arrive; please try again.")),
        413 => Problem.Of(413, "too-large", new Text("内容过大。", "This is too large.")),
        415 => Problem.Of(415, "media-type", new Text("不支持这种内容类型。", "This content type is not taken here.")),
        429 => Problem.Of(429, "too-many", new Text("请求过于频繁，请稍后再试。", "Too many requests; please try again later.")),
        >= 400 and < 500 => Problem.Of(status, "bad-request", new Text("请求无法处理。", "The request cannot be taken.")),
        _ => Problem.Of(status, "failure", new Text("系统出了问题，已经记录，请稍后再试。", "Something went wrong here. It has been recorded; please try again later.")),
    };
}
