using System.Globalization;
using Subsidy.Core;
using Subsidy.Core.Calendar;
using Subsidy.Web.Exports;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Pages.Finance.Statements;

/// <summary>A statement as a table to take away. The file's name says the year and not whose it is.</summary>
internal static class StatementSheet
{
    private static readonly Text[] Headings =
    [
        new("事项", "Scheme"), new("编号", "Reference"), new("身份", "As"), new("期次", "For"), new("发放日期", "Paid on"), new("金额（元）", "Amount (yuan)"),
        new("抵扣（元）", "Kept back (yuan)"), new("要求退回（元）", "Asked back (yuan)"), new("收款账户", "Account"), new("同户人员", "Others of the household"),
    ];

    public static Sheet Of(int year, IReadOnlyList<SchemeStatement> schemes)
    {
        var culture = CultureInfo.CurrentUICulture;
        var name = $"statement-{year.ToString("D4", CultureInfo.InvariantCulture)}";
        return new Sheet(name, [.. Headings.Select(heading => heading.In(culture))], Rows().ToAsyncEnumerable());

        IEnumerable<IReadOnlyList<object?>> Rows() =>
            from scheme in schemes
            from one in scheme.Cases
            from payment in one.Payments
            select (IReadOnlyList<object?>)
            [
                scheme.Title.In(culture), one.Application.Reference, StatementText.Role(one).In(culture), PaymentText.Period(payment.Period).In(culture),
                ChinaTime.DateOf(payment.Since), payment.Amount, payment.Kept, one.RecoveryOf(payment)?.Amount ?? Money.Zero,
                payment.Account ?? StatementText.Cash.In(culture), StatementText.People(one.Others).In(culture),
            ];
    }
}
