using Microsoft.AspNetCore.Antiforgery;

namespace Subsidy.Web.Http;

/// <summary>A form that comes from another site is a fault of whoever sent it, and is told so before anything of it is read.</summary>
internal static class FormOrigin
{
    public static IApplicationBuilder UseFormOrigin(this IApplicationBuilder app) => app.UseAntiforgery().Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? Failures.Of(StatusCodes.Status400BadRequest).ExecuteAsync(context)
            : next(context));
}
