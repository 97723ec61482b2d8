using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Subsidy.Core.Engine;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Clock;
using Subsidy.Web.Api;
using Subsidy.Web.Clock;
using Subsidy.Web.Decisions;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Keys;
using Subsidy.Web.Links;
using Subsidy.Web.Mail;
using Subsidy.Web.Pages;
using Subsidy.Web.Papers;
using Subsidy.Web.Payments;
using Subsidy.Web.Staff;
using Subsidy.Web.Views;

namespace Subsidy.Web;

/// <summary>
/// The whole of what is served over HTTP, once for every head: on Kestrel's application, or on a <see cref="RequestDelegate"/> that is
/// built from <c>new ApplicationBuilder(services)</c>. Ports of the core, and of <see cref="IPaperStore"/>, come from elsewhere.
/// </summary>
public static class SubsidyWeb
{
    public static IServiceCollection AddSubsidyWeb(this IServiceCollection services, Action<WebSettings>? configure = null)
    {
        services.AddOptions<WebSettings>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebSettings>, WebSettingsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Desk>();
        services.TryAddSingleton<Turns>();
        services.TryAddSingleton<FundDesk>();
        services.TryAddSingleton<YearEnd>();
        services.TryAddSingleton<MoneyDuties>();
        services.TryAddSingleton<FundNewsDelivery>();
        services.TryAddSingleton<PayRuns>();

        services.AddPipeline();
        services.AddIntake();
        services.AddSingleton<DecisionLinks>();
        services.AddSingleton<ApprovalLinks>();
        services.AddSingleton<ApprovalTaking>();
        services.AddSingleton<Photos>();
        services.AddSingleton<DecisionTaking>();
        services.AddSingleton<ApplicationViews>();
        services.AddMail();
        services.AddSubsidyPages();
        return services.AddStaff();
    }

    public static IApplicationBuilder UseSubsidyWeb(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<IOptions<WebSettings>>().Value;
        if (settings is { TrustedProxies: > 0, PlatformReadsForwarded: false })
            app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseRequestLog();
        // Errors are told in the reader's language, so the language stands around whatever may fail.
        app.UseRequestLocalization();
        app.UseFailures();
        app.UseFrontDoor();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseFormOrigin();
        return app.UseEndpoints(Map);
    }

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        // A clock that can be moved is there on Local and in Development only.
        if (endpoints.ServiceProvider.GetService<MovedClock>() is not null)
            endpoints.MapClock();
        endpoints.MapHealthChecks("/healthz");
        endpoints.MapOpenApi("/openapi.json");
        endpoints.MapSchemes();
        endpoints.MapApplications();
        endpoints.MapDrafts();
        endpoints.MapApplicants();
        endpoints.MapDecisionsApi();
        endpoints.MapPayApprovalsApi();
        endpoints.MapNotices();
        endpoints.MapPermits();
        endpoints.MapMailEvents();
        endpoints.MapAudit();
        endpoints.MapLanguages();
        endpoints.MapSignIn();
        endpoints.MapSubsidyPages();
    }

    private static void AddPipeline(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddHealthChecks();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "subsidy-form";
            options.Cookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddLanguages();
        services.AddRateLimits();
        services.AddRequestLog();
        services.AddOpenApi(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, AnswersJsonPolicy>());
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            // Chinese stays readable; what means something in HTML is still escaped.
            options.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        // After what a platform configures: the Functions worker believes every forwarded header, host names included.
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<WebSettings>>((forwarded, settings) =>
        {
            forwarded.ForwardedHeaders = settings.Value.TrustedProxies > 0
                ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                : ForwardedHeaders.None;
            forwarded.ForwardLimit = settings.Value.TrustedProxies;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
        });
    }

    private static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<Applicants>();
        services.AddSingleton<Fingerprints>();
        services.AddSingleton<FormRules>();
        services.AddSingleton<PaperIntake>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<Submissions>();
        services.AddSingleton<Drafts>();
        services.AddSingleton<Amendments>();
    }

    private static void AddMail(this IServiceCollection services)
    {
        services.AddSingleton<SendGridTransport>();
        services.AddSingleton<SmtpTransport>();
        services.TryAddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<WebSettings>>().Value.Mail.Provider is MailProvider.Smtp
            ? provider.GetRequiredService<SmtpTransport>()
            : provider.GetRequiredService<SendGridTransport>());
        services.TryAddSingleton<IMailer, Mailer>();
        services.TryAddSingleton<IApproverMailer, ApproverMailer>();
    }
}
