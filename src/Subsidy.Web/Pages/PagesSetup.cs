using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Assets;
using Subsidy.Web.Pages.Errors;
using Subsidy.Web.Pages.Home;

namespace Subsidy.Web.Pages;

/// <summary>
/// The pages: rendered on the server, usable without scripts. They expect localization (zh-CN and en), antiforgery and data
/// protection from the pipeline that they are mapped into.
/// </summary>
public static class PagesSetup
{
    public static IServiceCollection AddSubsidyPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<AssetStore>();
        services.AddSingleton<IProblemPage, ProblemPages>();
        return services;
    }

    public static void MapSubsidyPages(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapHome();
    }
}
