using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Subsidy.Core.Engine;
using Subsidy.Web.Http;

namespace Subsidy.Web.Staff;

/// <summary><c>POST /sign-in</c> and <c>POST /sign-out</c>: choosing whom to be, on a machine that allows it.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in", SignIn).ExcludeFromDescription();
        endpoints.MapPost("/sign-out", SignOut).ExcludeFromDescription();
    }

    private static IResult SignIn(
        [FromForm] string? staff, [FromForm] string? returnTo, HttpContext http, ITownship township, StaffCookie cookie, IOptions<WebSettings> settings)
    {
        if (!settings.Value.AllowLocalSignIn || township.Register.Find(staff) is not { } person)
            return Failures.Of(StatusCodes.Status404NotFound);
        cookie.Write(http, person.Id);
        return SeeOther.To(LocalPath.Or(returnTo, "/"));
    }

    private static SeeOther SignOut([FromForm] string? returnTo, HttpContext http)
    {
        StaffCookie.Clear(http);
        return SeeOther.To(LocalPath.Or(returnTo, "/"));
    }
}
