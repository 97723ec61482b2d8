using Subsidy.Core;
using Subsidy.Core.Township;

namespace Subsidy.Web.Pages.Payments;

/// <summary>One payment as anyone may read it.</summary>
public sealed record PostedPayment(string Name, Text Scheme, Text Period, Money Amount, DateOnly PaidOn);

/// <param name="Village">Null until one is chosen.</param>
/// <param name="Month"><c>2026-03</c>.</param>
public sealed record PaymentsModel(IReadOnlyList<Village> Villages, Village? Village, string Month, IReadOnlyList<PostedPayment> Payments)
{
    public Money Sum => Payments.Aggregate(Money.Zero, (sum, payment) => sum + payment.Amount);
}
