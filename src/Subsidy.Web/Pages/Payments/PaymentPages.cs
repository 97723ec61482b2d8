using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Subsidy.Core;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Exports;
using Subsidy.Web.Http;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Pages.Payments;

/// <summary>What was paid, per village and month, for anyone to read, print and take away (阳光公示).</summary>
internal static class PaymentPages
{
    private static readonly Text[] Headings =
        [new("姓名", "Name"), new("事项", "Scheme"), new("期次", "For"), new("金额（元）", "Amount (yuan)"), new("发放日期", "Paid on")];

    public static void MapPaymentPages(this IEndpointRouteBuilder routes)
    {
        var payments = routes.MapGroup("/payments").RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
        payments.MapGet("", async (
                string? village, string? month, [FromServices] PaymentBoard board, ISchemes schemes, ITownship township, TimeProvider time, CancellationToken cancel) =>
            Page.Show<PaymentsPage>(await FindAsync(village, month, board, schemes, township, time, cancel)));
        payments.MapGet("/download" + SheetRoute.Ending, DownloadAsync);
    }

    private static async Task<IResult> DownloadAsync(
        string format, string? village, string? month, [FromServices] PaymentBoard board, ISchemes schemes, ITownship township, TimeProvider time, CancellationToken cancel)
    {
        var model = await FindAsync(village, month, board, schemes, township, time, cancel);
        if (model.Village is null)
            return Failures.Of(StatusCodes.Status404NotFound);
        var culture = CultureInfo.CurrentUICulture;
        var name = $"payments-{model.Village.Id}-{model.Month}";
        return new Sheet(name, [.. Headings.Select(heading => heading.In(culture))], Rows().ToAsyncEnumerable()).As(format);

        IEnumerable<IReadOnlyList<object?>> Rows() => model.Payments.Select(IReadOnlyList<object?> (payment) =>
            [payment.Name, payment.Scheme.In(culture), payment.Period.In(culture), payment.Amount, payment.PaidOn]);
    }

    /// <summary>Of a village that there is and a month that is one; otherwise of this month.</summary>
    private static async Task<PaymentsModel> FindAsync(
        string? village, string? month, PaymentBoard board, ISchemes schemes, ITownship township, TimeProvider time, CancellationToken cancel)
    {
        var now = DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var chosen)
            ? month!
            : ChinaTime.DateOf(time.GetUtcNow()).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var posted = new List<PostedPayment>();
        if (township.Register.FindVillage(village) is not { } place)
            return new PaymentsModel(township.Register.Villages, null, now, posted);
        foreach (var paid in await board.OfAsync(now, place.Id, cancel))
        {
            var scheme = await schemes.PinnedAsync(paid.Scheme, cancel);
            posted.Add(new PostedPayment(paid.Name, scheme.Title, PaymentText.Period(paid.Period), paid.Amount, ChinaTime.DateOf(paid.PaidAt)));
        }
        return new PaymentsModel(township.Register.Villages, place, now, posted);
    }
}
