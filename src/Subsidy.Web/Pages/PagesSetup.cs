using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Apply;
using Subsidy.Web.Pages.Assets;
using Subsidy.Web.Pages.Audit;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Decisions;
using Subsidy.Web.Pages.Errors;
using Subsidy.Web.Pages.Finance;
using Subsidy.Web.Pages.Finance.Cases;
using Subsidy.Web.Pages.Finance.Runs;
using Subsidy.Web.Pages.Finance.Statements;
using Subsidy.Web.Pages.Home;
using Subsidy.Web.Pages.My;
using Subsidy.Web.Pages.Notices;
using Subsidy.Web.Pages.Payments;
using Subsidy.Web.Pages.Permits;
using Subsidy.Web.Pages.Staff;

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
        // Chinese stays Chinese in the markup; the default encoder would write eight characters for each.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<ApplyForm>();
        services.AddSingleton<PageIntake>();
        services.AddSingleton<ReceiptCookie>();
        services.AddSingleton<KeyCookie>();
        services.AddSingleton<Rehearsal>();
        services.AddSingleton<DecisionDesk>();
        services.AddSingleton<MyApplication>();
        services.AddSingleton<MyStatement>();
        services.AddSingleton<PageAmendments>();
        services.AddSingleton<FundShelf>();
        services.AddSingleton<CaseMoney>();
        services.AddSingleton<StatementDesk>();
        services.AddSingleton<StatementTicket>();
        return services;
    }

    public static void MapSubsidyPages(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapHome();
        routes.MapApply();
        routes.MapMine();
        routes.MapDecisions();
        routes.MapNoticePages();
        routes.MapPaymentPages();
        routes.MapPermitPages();
        routes.MapStaff();
        routes.MapIndexes();
        routes.MapAuditPages();
        routes.MapFinance();
        routes.MapCaseMoney();
        routes.MapRuns();
        routes.MapRunHistories();
        routes.MapPayApprovals();
        routes.MapBankAnswers();
        routes.MapProposedAnswers();
        routes.MapHolds();
        routes.MapStatements();
    }
}
