using System.Globalization;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core;
using Subsidy.Storage.Clock;

namespace Subsidy.Web.Clock;

/// <summary>
/// <c>GET /clock</c> and <c>POST /clock/advance</c>; mapped by Local and, in Development, by Functions. They need a
/// <see cref="MovedClock"/> among the services and await every <see cref="IAfterAdvance"/> there is.
/// </summary>
public static class ClockEndpoints
{
    /// <summary>A century in all: far beyond every deadline and retention period, far from the end of the calendar.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(36_525);

    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(3_653);

    private static readonly Text Title = new("时钟无法这样调整。", "The clock cannot be moved like this.");

    private static readonly Text NotDuration = new(
        "请填写 ISO 8601 时长，须大于零且不超过十年，例如 P7D（七天）或 PT36H（三十六小时）。",
        "Must be an ISO 8601 duration above zero and of ten years at most, such as P7D (seven days) or PT36H (36 hours).");

    private static readonly Text TooFar = new(
        "时钟累计不能超前一百年以上。", "The clock cannot be moved more than a hundred years ahead in all.");

    /// <param name="endpoints">Where the two addresses are added.</param>
    public static IEndpointRouteBuilder MapClock(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/clock", async (MovedClock clock, CancellationToken cancellation) =>
        {
            await clock.RefreshAsync(cancellation);
            return Reading(clock);
        }).ExcludeFromDescription();
        endpoints.MapPost("/clock/advance", AdvanceAsync).ExcludeFromDescription();
        return endpoints;
    }

    private static async Task<Results<Ok<ClockReading>, ProblemHttpResult>> AdvanceAsync(
        AdvanceRequest request, MovedClock clock, IEnumerable<IAfterAdvance> followers, CancellationToken cancellation)
    {
        if (Duration(request.By) is not { } by)
            return Refusal(NotDuration);
        await clock.RefreshAsync(cancellation);
        if (clock.Offset + by > Furthest)
            return Refusal(TooFar);

        await clock.AdvanceAsync(by, cancellation);
        foreach (var follower in followers)
            await follower.CatchUpAsync(cancellation);
        return Reading(clock);
    }

    private static Ok<ClockReading> Reading(MovedClock clock) =>
        TypedResults.Ok(new ClockReading(clock.GetUtcNow(), XmlConvert.ToString(clock.Offset)));

    /// <summary>Years and months, whose length varies, count 365 and 30 days.</summary>
    private static TimeSpan? Duration(string? text)
    {
        try
        {
            var duration = XmlConvert.ToTimeSpan(text ?? "");
            return duration > TimeSpan.Zero && duration <= LongestStep ? duration : null;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static ProblemHttpResult Refusal(Text fault) => TypedResults.Problem(
        statusCode: StatusCodes.Status400BadRequest,
        type: "urn:subsidy:problem:invalid",
        title: Title.In(CultureInfo.CurrentUICulture),
        extensions: [new("errors", new[] { new { pointer = "/by", detail = fault.In(CultureInfo.CurrentUICulture) } })]);

    /// <param name="By">ISO 8601 duration.</param>
    internal sealed record AdvanceRequest(string? By);

    /// <param name="Now">What every deadline is compared with.</param>
    /// <param name="Offset">ISO 8601 duration by which that is ahead of the system's time.</param>
    internal sealed record ClockReading(DateTimeOffset Now, string Offset);
}
