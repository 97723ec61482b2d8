using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;

namespace Subsidy.Storage.Indexes;

/// <summary>Payments as they are made public (阳光公示): who, masked, received what under which scheme. Never why.</summary>
public sealed class PaymentBoard
{
    private readonly IndexReader reader;

    internal PaymentBoard(IndexReader reader) => this.reader = reader;

    /// <param name="month">Local month of the payment: <c>2026-03</c>.</param>
    /// <returns>In order of their days. Of who is erased nothing is shown any more.</returns>
    public async Task<IReadOnlyList<PublishedPayment>> OfAsync(string month, string village, CancellationToken cancel)
    {
        var applications = await reader.ApplicationsAsync(IndexRows.Payments(month, village), cancel);
        return
        [
            .. from application in applications
               let payee = application.Payee
               where payee is not null
               from paid in application.Entitlements
               where paid.State is EntitlementState.Paid
               let at = paid.PaidAt
               where at is not null && IndexRows.MonthOf(at.Value) == month
               orderby at, paid.Id
               select new PublishedPayment(Masking.Name(payee.Name), application.Scheme, paid.Period, paid.Amount, at.Value),
        ];
    }
}

/// <param name="Name">Masked, of whom the money went to.</param>
/// <param name="Period"><c>once</c>, <c>2026-03</c>, <c>2026-spring</c>.</param>
public sealed record PublishedPayment(string Name, SchemePin Scheme, string Period, Money Amount, DateTimeOffset PaidAt);
