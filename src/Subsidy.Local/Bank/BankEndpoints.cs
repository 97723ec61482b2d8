using System.Xml;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Subsidy.Core;
using Subsidy.Local.Running;

namespace Subsidy.Local.Bank;

/// <summary>The simulated bank for people (<c>/bank</c>) and for tests (<c>POST /bank/answers</c>). Each is answered once everything that follows is done.</summary>
internal static class BankEndpoints
{
    public static IEndpointRouteBuilder MapBank(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/bank", ShowAsync).ExcludeFromDescription();
        endpoints.MapPost("/bank", TakeFormAsync).DisableRateLimiting().ExcludeFromDescription();
        // JSON: a page of another site cannot send it.
        endpoints.MapPost("/bank/answers", TakeAsync).DisableRateLimiting().ExcludeFromDescription();
        return endpoints;
    }

    private static async Task<ContentHttpResult> ShowAsync(HttpContext http, SimulatedBank bank, IAntiforgery antiforgery, CancellationToken cancel) =>
        TypedResults.Content(BankPage.Render(await bank.FilesAsync(cancel), antiforgery.GetAndStoreTokens(http), null), "text/html; charset=utf-8");

    private static async Task<IResult> TakeFormAsync(HttpContext http, SimulatedBank bank, Rest rest, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.Redirect("/bank");
        var form = await http.Request.ReadFormAsync(cancel);
        if (!Enum.TryParse<BankDeed>(form["do"], ignoreCase: true, out var deed) || !IsDuration(form["after"]))
            return TypedResults.BadRequest();
        var order = new BankAnswerOrder(form["run"].ToString(), deed, [.. form["payment"].OfType<string>()], form["code"], form["after"]);
        if (await bank.AnswerAsync(order, cancel) is { } why)
            return TypedResults.Content(BankPage.Render(await bank.FilesAsync(cancel), antiforgery.GetAndStoreTokens(http), why), "text/html; charset=utf-8", statusCode: 409);
        await rest.CatchUpAsync(cancel);
        return TypedResults.Redirect("/bank");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeAsync(BankAnswerOrder order, SimulatedBank bank, Rest rest, CancellationToken cancel)
    {
        if (!IsDuration(order.After))
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The duration is not one, such as P2D.");
        if (await bank.AnswerAsync(order, cancel) is { } why)
            return TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: why.En);
        await rest.CatchUpAsync(cancel);
        return TypedResults.NoContent();
    }

    private static bool IsDuration(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) || XmlConvert.ToTimeSpan(text) > TimeSpan.Zero;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return false;
        }
    }
}
