using Subsidy.Core.Calendar;

namespace Subsidy.Core.Applications;

/// <summary>What has become of one entitlement.</summary>
/// <param name="Period"><c>once</c>, <c>2026-11</c>, <c>2026-autumn</c>.</param>
/// <param name="Amount">What is, or was, to be paid.</param>
/// <param name="Since">When it came into this state; for what is paid, the day of the payment.</param>
/// <param name="Account">Where the money goes or went, masked: <c>****1234</c>. Null for cash, and once the person is erased.</param>
/// <param name="Code">Why the latest attempt failed: ISO 20022 external reason code.</param>
public sealed record Payment(
    string Entitlement, string Period, string Fund, Money Amount, EntitlementState State, DateTimeOffset Since, string? Account, string? Code)
{
    /// <summary>Kept back on top of <see cref="Amount"/> for a recovery, and not undone since.</summary>
    public Money Kept { get; init; }

    /// <summary>Number of the event in which the payee stands that the money was sent to; 0 while it is sent to nobody.</summary>
    public int PayeeAt { get; init; }

    /// <summary>Of what stands paid: so much less than what is granted by now.</summary>
    public Money Missing { get; init; }

    /// <summary>What was due before anything was kept back.</summary>
    public Money Due => Amount + Kept;

    public bool Owed => State is not (EntitlementState.Paid or EntitlementState.Cancelled);

    /// <summary>It stands paid, on a day of that calendar year.</summary>
    public bool PaidIn(int year) => State is EntitlementState.Paid && ChinaTime.DateOf(Since).Year == year;
}
