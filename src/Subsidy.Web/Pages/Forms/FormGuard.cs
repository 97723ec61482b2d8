using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Core;
using Subsidy.Web.Http;

namespace Subsidy.Web.Pages.Forms;

/// <summary>Takes a form only from a page of ours.</summary>
internal static class FormGuard
{
    private static readonly Problem Stale = Problem.Of(
        StatusCodes.Status400BadRequest, "stale-form", new Text("请再提交一次", "Please send it once more"));

    public static RouteHandlerBuilder WithFormGuard(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
        await IsOursAsync(context.HttpContext) ? await next(context) : Stale);

    /// <summary>For forms that people spend long on: the caller shows the page again with everything that was typed.</summary>
    public static Task<bool> IsOursAsync(HttpContext http) =>
        http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
}
