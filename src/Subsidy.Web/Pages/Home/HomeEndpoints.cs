using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Pages.Home;

internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", (ISchemes schemes) => Page.Show<HomePage>(schemes.Current)).ExcludeFromDescription();
}
