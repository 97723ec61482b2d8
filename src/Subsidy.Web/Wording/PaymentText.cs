using System.Globalization;
using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Wording;

/// <summary>Payments in plain words.</summary>
public static class PaymentText
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="period"><c>once</c>, <c>2026-11</c>, <c>2026-spring</c>, <c>2026-autumn</c>; anything else is told as it stands.</param>
    public static Text Period(string period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return period switch
        {
            "once" => new("一次性", "Once"),
            _ when period.EndsWith("-spring", StringComparison.Ordinal) => new($"{period[..4]}年春季学期", $"Spring term {period[..4]}"),
            _ when period.EndsWith("-autumn", StringComparison.Ordinal) => new($"{period[..4]}年秋季学期", $"Autumn term {period[..4]}"),
            _ when DateOnly.TryParseExact(period, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) =>
                new(month.ToString("yyyy'年'M'月'", CultureInfo.InvariantCulture), month.ToString("MMMM yyyy", English)),
            _ => new(period, period),
        };
    }

    /// <param name="entitlement"><c>{application}-{period}</c>.</param>
    public static Text PeriodOf(string entitlement)
    {
        ArgumentNullException.ThrowIfNull(entitlement);
        return Period(entitlement[(entitlement.IndexOf('-', StringComparison.Ordinal) + 1)..]);
    }

    public static Text Reason(StopReason reason) => reason switch
    {
        StopReason.Ended => new("期数已满", "all periods are paid"),
        StopReason.Died => new("领取人去世", "the recipient has died"),
        StopReason.Ineligible => new("不再符合条件", "no longer eligible"),
        StopReason.MovedAway => new("户口迁出", "moved away"),
        _ => new("本人要求", "at the recipient's wish"),
    };

    public static Text State(EntitlementState state) => state switch
    {
        EntitlementState.Granted => new("已批准", "approved"),
        EntitlementState.Waiting => new("等待资金", "waiting for the fund"),
        EntitlementState.Reserved => new("资金已预留，待发放", "set aside, to be paid with the next run"),
        EntitlementState.Ordered => new("银行正在处理", "being carried out by the bank"),
        EntitlementState.Paid => new("已发放", "paid"),
        EntitlementState.Failed => new("没有发放成功", "the payment failed"),
        EntitlementState.Cancelled => new("不再发放", "will not be paid"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
