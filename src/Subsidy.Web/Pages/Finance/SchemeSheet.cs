using System.Globalization;
using Subsidy.Core;
using Subsidy.Web.Exports;

namespace Subsidy.Web.Pages.Finance;

/// <summary>What every fund-year has for each scheme, as a table to take away.</summary>
internal static class SchemeSheet
{
    private static readonly Text[] Headings =
    [
        new("资金", "Fund"), new("年度", "Year"), new("事项", "Scheme"),
        new("排队（笔）", "Waiting (count)"), new("排队（元）", "Waiting (yuan)"), new("待发放（笔）", "Due (count)"), new("待发放（元）", "Due (yuan)"),
        new("发放中（笔）", "Running (count)"), new("发放中（元）", "Running (yuan)"), new("失败（笔）", "Failed (count)"), new("失败（元）", "Failed (yuan)"),
        new("已发放（笔）", "Paid (count)"), new("已发放（元）", "Paid (yuan)"), new("待追回（元）", "To be recovered (yuan)"),
        new("已退回（元）", "Repaid (yuan)"), new("已抵扣（元）", "Kept back (yuan)"), new("已核销（元）", "Written off (yuan)"),
    ];

    public static Sheet Of(FinanceModel model)
    {
        var culture = CultureInfo.CurrentUICulture;
        return new Sheet("schemes", [.. Headings.Select(heading => heading.In(culture))], Rows().ToAsyncEnumerable());

        IEnumerable<IReadOnlyList<object?>> Rows() =>
            from named in model.Funds
            from one in named.Fund.Schemes.OrderBy(one => one.Key, StringComparer.Ordinal)
            let claims = one.Value.Claims
            select (IReadOnlyList<object?>)
            [
                named.Title.In(culture), named.Fund.Key.Year, model.TitleOf(one.Key).In(culture),
                .. SchemeFigures.Stages.Select(stage => one.Value.Of(stage.States)).SelectMany(tally => new object?[] { tally.Count, tally.Sum }),
                claims.Owed, claims.Repaid, claims.Offset, claims.WrittenOff,
            ];
    }
}
