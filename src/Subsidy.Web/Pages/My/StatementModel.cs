using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.My;

/// <summary>What was paid to a household in a calendar year: under this application and, where it is sure whose they are, under others.</summary>
/// <param name="Others">In the order of their days.</param>
public sealed record StatementModel(MyModel Mine, int Year, IReadOnlyList<OtherPayment> Others)
{
    /// <summary>In the order in which they were paid.</summary>
    public IReadOnlyList<Payment> Payments { get; } = [.. Mine.Payments.Where(one => one.PaidIn(Year)).OrderBy(one => one.Since)];

    public Money Sum => Payments.Aggregate(Money.Zero, (sum, payment) => sum + payment.Amount);

    public Money SumOfAll => Others.Aggregate(Sum, (sum, payment) => sum + payment.Amount);
}

/// <summary>A payment under another application, without account, names and reference.</summary>
/// <param name="Applies">The applicant of this application is that one's too, and not one of its household.</param>
public sealed record OtherPayment(Text Scheme, bool Applies, string Period, DateOnly PaidOn, Money Amount);
