using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Apply;
using Subsidy.Web.Pages.Assets;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Decisions;
using Subsidy.Web.Pages.Errors;
using Subsidy.Web.Pages.Home;
using Subsidy.Web.Pages.My;

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
        services.AddSingleton<ApplyForm>();
        services.AddSingleton<ReceiptCookie>();
        services.AddSingleton<KeyCookie>();
        services.AddSingleton<Rehearsal>();
        services.AddSingleton<DecisionDesk>();
        services.AddSingleton<MyApplication>();
        return services;
    }

    public static void MapSubsidyPages(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapHome();
        routes.MapApply();
        routes.MapMine();
        routes.MapDecisions();
    }
}
