using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;

namespace Subsidy.Storage.Indexes;

/// <summary>Payments as they are made public (阳光公示): who, masked, received what under which scheme. Never why.</summary>
public sealed class PaymentBoard
{
    private const int Window = 16;

    private readonly IndexReader reader;
    private readonly IStreams streams;

    internal PaymentBoard(IndexReader reader, IStreams streams) => (this.reader, this.streams) = (reader, streams);

    /// <param name="month">Local month of the payment: <c>2026-03</c>.</param>
    /// <returns>In order of their days. Of who is erased nothing is shown any more.</returns>
    public async Task<IReadOnlyList<PublishedPayment>> OfAsync(string month, string village, CancellationToken cancel)
    {
        var filter = IndexReader.Beginning(IndexRows.Payments(month, village));
        var rows = await reader.Table.QueryAsync<TableEntity>(filter, cancellationToken: cancel).ToListAsync(cancel);
        var shown = new List<PublishedPayment>();
        foreach (var some in rows.Chunk(Window))
            shown.AddRange((await Task.WhenAll(some.Select(row => ShowAsync(row, cancel)))).OfType<PublishedPayment>());
        return [.. shown.OrderBy(payment => payment.PaidAt)];
    }

    /// <summary>The name is that of whom this money went to, whoever is paid today.</summary>
    private async Task<PublishedPayment?> ShowAsync(TableEntity row, CancellationToken cancel)
    {
        var payment = IndexRows.PaymentOf(row);
        if (await streams.LoadAsync(row.GetString(IndexRow.Application), cancel) is not { } head || CameBack(head.Application, payment))
            return null;
        return PayeeOf(await streams.FindAsync(head, payment.PayeeAt, cancel)) is { } payee
            ? new PublishedPayment(Masking.Name(payee.Name), head.Application.Scheme, payment.Period, payment.Amount, payment.PaidAt)
            : null;
    }

    /// <summary>The head knows before the row does; where it has forgotten the period, the row is right.</summary>
    private static bool CameBack(Application application, PublicPayment payment) =>
        application.Entitlements.Any(one => one.Id == payment.Entitlement && one.PaidAt != payment.PaidAt);

    private static Payee? PayeeOf(Recorded? recorded) => recorded?.Event switch
    {
        Submitted e => e.Form?.Payee,
        Amended e => e.Form?.Payee,
        PayeeCorrected e => e.Payee,
        PayeeProposed e => e.Payee,
        _ => null,
    };
}

/// <param name="Name">Masked, of whom the money went to.</param>
/// <param name="Period"><c>once</c>, <c>2026-03</c>, <c>2026-spring</c>.</param>
public sealed record PublishedPayment(string Name, SchemePin Scheme, string Period, Money Amount, DateTimeOffset PaidAt);
