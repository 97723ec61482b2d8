using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Storage.Clock;
using Subsidy.Web.Clock;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Clock;

/// <summary>The movable clock for people: <c>/clock/page</c>. Mapped beside <see cref="ClockEndpoints"/>, where there is such a clock.</summary>
public static class ClockPages
{
    internal static readonly string[] Steps = ["PT1H", "P1D", "P7D", "P30D"];

    public static IEndpointRouteBuilder MapClockPage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/clock/page", async (MovedClock clock, CancellationToken cancel) =>
        {
            await clock.RefreshAsync(cancel);
            return Page.Show<ClockPage>(clock.GetUtcNow());
        }).ExcludeFromDescription();
        endpoints.MapPost("/clock/page", AdvanceAsync).WithFormGuard().ExcludeFromDescription();
        return endpoints;
    }

    private static async Task<IResult> AdvanceAsync(HttpContext http, MovedClock clock, IEnumerable<IAfterAdvance> followers, CancellationToken cancel)
    {
        var by = Typed.From(await http.Request.ReadFormAsync(cancel))["by"];
        if (!Steps.Contains(by, StringComparer.Ordinal))
            return Failures.Of(StatusCodes.Status400BadRequest);
        await clock.AdvanceAsync(XmlConvert.ToTimeSpan(by), cancel);
        foreach (var follower in followers)
            await follower.CatchUpAsync(cancel);
        return SeeOther.To("/clock/page");
    }
}
