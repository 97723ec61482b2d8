using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.My;

/// <summary>What was paid to a household under one application in a calendar year.</summary>
public sealed record StatementModel(MyModel Mine, int Year)
{
    /// <summary>In the order in which they were paid.</summary>
    public IReadOnlyList<Payment> Payments { get; } =
    [
        .. Mine.Payments.Where(one => one.PaidIn(Year)).OrderBy(one => one.Since),
    ];

    public Money Sum => Payments.Aggregate(Money.Zero, (sum, payment) => sum + payment.Amount);
}
