using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Subsidy.Web.Pages;

/// <summary>Answers a request with a component that takes one <c>Model</c>.</summary>
internal static class Page
{
    public static IResult Show<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new RazorComponentResult<TPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
