using Microsoft.Net.Http.Headers;

namespace Subsidy.Web.Http;

/// <summary>Whether a request wants a page or data.</summary>
internal static class Negotiation
{
    /// <summary>A browser's navigation: it names HTML, and does not prefer JSON to it. The API answers data whatever is asked.</summary>
    public static bool WantsHtml(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            return false;
        return Quality(request, "text", "html") is { } html && html > 0 && html >= (Quality(request, "application", "json") ?? 0);
    }

    /// <summary>Asks for JSON by name and does not prefer HTML: <c>*/*</c> is not enough, for people's tools send that too.</summary>
    public static bool WantsJson(HttpRequest request) =>
        Quality(request, "application", "json") is { } json && json > 0 && !WantsHtml(request);

    private static double? Quality(HttpRequest request, string type, string subtype)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return null;
        return accepted
            .Where(media => media.Type.Equals(type, StringComparison.OrdinalIgnoreCase) && media.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase))
            .Select(media => media.Quality ?? 1)
            .Cast<double?>()
            .Max();
    }
}
