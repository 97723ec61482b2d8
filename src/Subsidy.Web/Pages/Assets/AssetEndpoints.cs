using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Subsidy.Web.Pages.Assets;

internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var asset in routes.ServiceProvider.GetRequiredService<AssetStore>().All)
            routes.MapGet(asset.Path, (HttpContext http) => Serve(http, asset)).ExcludeFromDescription();
    }

    private static IResult Serve(HttpContext http, Asset asset)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        var accepted = http.Request.GetTypedHeaders().AcceptEncoding;
        if (accepted is null || !accepted.Any(encoding => encoding.Value == "br" && encoding.Quality is not 0))
            return Results.Bytes(asset.Bytes, asset.ContentType);
        headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli, asset.ContentType);
    }
}
