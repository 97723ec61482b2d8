using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Subsidy.Web.Http;

/// <summary>Chinese unless asked otherwise: by <c>?culture=</c> for one answer, by the cookie that a form sets, or by the browser.</summary>
internal static class Languages
{
    // "zh" stands beside "zh-CN" so that "zh-TW, en" finds Chinese by its parent before it comes to English.
    private static readonly string[] Cultures = ["zh-CN", "zh", "en"];

    public static IServiceCollection AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        return services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Cultures[0]).AddSupportedCultures(Cultures).AddSupportedUICultures(Cultures);
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
    }

    /// <summary>The language of an application's mails.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh";

    /// <summary><c>POST /language</c>: form fields <c>culture</c> and <c>returnTo</c>, a path of this site.</summary>
    public static void MapLanguages(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/language", ([FromForm] string? culture, [FromForm] string? returnTo, HttpContext context) =>
            {
                if (Cultures.Contains(culture, StringComparer.OrdinalIgnoreCase))
                {
                    context.Response.Cookies.Append(
                        CookieRequestCultureProvider.DefaultCookieName,
                        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture!)),
                        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = TimeSpan.FromDays(365) });
                }
                return SeeOther.To(LocalPath.Or(returnTo, "/"));
            })
            .ExcludeFromDescription();
}
