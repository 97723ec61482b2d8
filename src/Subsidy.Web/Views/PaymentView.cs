using System.Globalization;
using System.Text.Json.Serialization;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Views;

/// <param name="Period"><c>once</c>, <c>2026-11</c>, <c>2026-autumn</c>.</param>
/// <param name="Amount">Fen; what is to be paid, or was.</param>
/// <param name="Kept">Fen; kept back on top of it for what has to be paid back. Left out when nothing is.</param>
/// <param name="PaidOn">The local date; left out until it is paid.</param>
/// <param name="Account">The last four digits: <c>****1234</c>; left out for cash.</param>
/// <param name="Reason">Why the payment failed, in plain words; left out otherwise.</param>
public sealed record PaymentView(
    string Period,
    long Amount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Kept,
    EntitlementState Status,
    string StatusText,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? PaidOn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    internal static PaymentView Of(Payment payment, CultureInfo culture) => new(
        payment.Period,
        payment.Amount.Fen,
        payment.Kept > Money.Zero ? payment.Kept.Fen : null,
        payment.State,
        PaymentText.State(payment.State).In(culture),
        payment.State is EntitlementState.Paid ? ChinaTime.DateOf(payment.Since) : null,
        payment.Account,
        payment.Code is { } code ? ReasonCodes.Of(code).Meaning.In(culture) : null);
}

/// <summary>What is asked back.</summary>
/// <param name="Period">The period that it was paid for.</param>
/// <param name="Amount">Fen, as is <paramref name="Outstanding"/>.</param>
/// <param name="Instalments">What was agreed; empty: at once.</param>
/// <param name="Offsets">What was kept back from later periods.</param>
/// <param name="Reason">Left out where it follows from how the application ended, and once the person is erased.</param>
public sealed record RecoveryView(
    string Period,
    long Amount,
    long Outstanding,
    IReadOnlyList<InstalmentView> Instalments,
    IReadOnlyList<OffsetView> Offsets,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    internal static RecoveryView Of(Recovery recovery, IEnumerable<Recorded> events) => new(
        PeriodOf(recovery.Entitlement),
        recovery.Amount.Fen,
        recovery.Outstanding.Fen,
        [.. recovery.Instalments.Select(instalment => new InstalmentView(instalment.Due, instalment.Amount.Fen))],
        [.. recovery.Offsets.Select(offset => new OffsetView(PeriodOf(offset.Entitlement), offset.Amount.Fen))],
        ReasonOf(recovery, events));

    /// <summary>Why it, or the latest part of it, is asked back; null where that follows from how the application ended.</summary>
    internal static string? ReasonOf(Recovery recovery, IEnumerable<Recorded> events) => events.Select(recorded => recorded.Event switch
    {
        RecoveryOpened e when e.Recovery == recovery.Id => (Of: true, e.Reason),
        RecoveryRaised e when e.Recovery == recovery.Id => (Of: true, e.Reason),
        _ => default,
    }).LastOrDefault(asked => asked.Of).Reason;

    private static string PeriodOf(string entitlement) => entitlement[(entitlement.IndexOf('-', StringComparison.Ordinal) + 1)..];
}

/// <param name="Period">The later one.</param>
/// <param name="Amount">Fen.</param>
public sealed record OffsetView(string Period, long Amount);

/// <param name="Amount">Fen.</param>
public sealed record InstalmentView(DateOnly Due, long Amount);
