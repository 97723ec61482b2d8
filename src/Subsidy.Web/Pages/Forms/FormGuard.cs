using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Core;
using Subsidy.Web.Http;

namespace Subsidy.Web.Pages.Forms;

/// <summary>Takes a form only from a page of ours, and no endless texts.</summary>
internal static class FormGuard
{
    private static readonly Problem Stale = Problem.Of(
        StatusCodes.Status400BadRequest, "stale-form", new Text("请再提交一次", "Please send it once more"));

    /// <summary>Of one input, in characters; the JSON API takes no longer texts either.</summary>
    private const int LongestText = 4000;

    public static RouteHandlerBuilder WithFormGuard(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        if (!await IsOursAsync(context.HttpContext))
            return Stale;
        var form = await context.HttpContext.Request.ReadFormAsync(context.HttpContext.RequestAborted);
        return form.Any(pair => pair.Value.Any(text => text?.Length > LongestText))
            ? Failures.Of(StatusCodes.Status413PayloadTooLarge)
            : await next(context);
    });

    /// <summary>For forms that people spend long on: the caller shows the page again with everything that was typed.</summary>
    public static Task<bool> IsOursAsync(HttpContext http) =>
        http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
}
