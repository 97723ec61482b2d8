using Subsidy.Core.Funds;

namespace Subsidy.Core.Applications;

// What becomes of an entitlement. The closed list of all events stands at Event. Where the books have told it, Change is the number of the
// position's change there.

/// <summary>Periods follow one another from here on.</summary>
/// <param name="Next">When the next one is granted.</param>
public sealed record PaymentsBegun(string Step, string Fund, DateTimeOffset Next) : Event;

/// <param name="Last">The last period that is owed.</param>
/// <param name="Staff">Who has decided it; null where it follows by itself, or was the applicant's wish.</param>
/// <param name="Comment">The applicant reads it (Administrative Licensing Law art. 38: a refusal states its reasons and the remedies).</param>
/// <param name="AppealUntil">Null where it cannot be appealed.</param>
public sealed record PaymentsStopped(
    StopReason Reason, string Last, string? Staff, [property: Personal] string? Comment, DateTimeOffset? AppealUntil = null) : Event;

/// <summary>No appeal against the stop came, or none was upheld.</summary>
public sealed record StopFinal : Event;

/// <summary>An appeal against the stop was upheld: payments go on as if there had been none.</summary>
/// <param name="From">The first period that is owed after all.</param>
public sealed record PaymentsResumed(string From) : Event;

/// <summary>Circumstances are said to have changed: somebody looks again before it is time.</summary>
/// <param name="Staff">Null: the applicant has reported it.</param>
public sealed record RecheckCalled(string? Staff, [property: Personal] string? Comment) : Event;

/// <summary>Whether payments that follow one another are still right. Where they are not, they stop.</summary>
/// <param name="Remeasured">The step whose measurements those of the vote replace; null where nothing was measured anew.</param>
public sealed record RecheckDecided(string Assignment, bool GoesOn, string Staff, string? Remeasured = null) : Event;

public enum StopReason
{
    /// <summary>As many periods as the scheme allows.</summary>
    Ended,
    Died,
    Ineligible,
    MovedAway,
    Withdrawn,
}

/// <summary>The fund has not enough: the entitlement waits its turn.</summary>
public sealed record FundsQueued(string Entitlement, FundKey Fund, int Change) : Event;

/// <summary>The money is set aside.</summary>
public sealed record FundsReserved(string Entitlement, FundKey Fund, int Change) : Event;

/// <summary>At the year's end the promise went over into the next year's books (结转), as it was.</summary>
public sealed record FundsCarriedOver(string Entitlement, FundKey Fund, int Change) : Event;

/// <summary>At the year's end the money fell back to the fund: it is asked for again in the next year's books.</summary>
/// <param name="Attempt">The latest attempt at paying it: the bank may know of it, so the next is another.</param>
public sealed record FundsLapsed(string Entitlement, FundKey Fund, int Change, int Attempt = 0) : Event;

/// <summary>The books hold nothing for it any more: it was given up.</summary>
/// <param name="Attempt">The latest attempt at paying it: the bank may know of it, should it be owed again.</param>
public sealed record FundsReleased(string Entitlement, int Change, int Attempt = 0) : Event;

/// <summary>An approved pay run has it.</summary>
/// <param name="PayeeAt">Number of the event in which the payee stands that it was ordered for: another may have been named meanwhile. 0 where the books do not say.</param>
public sealed record PaymentOrdered(string Entitlement, string Run, int Attempt, int Change, int PayeeAt = 0) : Event;

/// <param name="Run">Null: handed over on the spot, out of the petty fund.</param>
/// <param name="PayeeAt">As in <see cref="PaymentOrdered"/>, of which nobody may have heard.</param>
public sealed record Paid(string Entitlement, Money Amount, string? Run, int Attempt, int Change, int PayeeAt = 0) : Event;

/// <summary>Less was paid than is granted by now: the bank had it when it was given up and granted again for more.</summary>
public sealed record PaidShort(string Entitlement, Money Missing, IReadOnlyList<string> Told) : Event;

/// <param name="Code">ISO 20022 external reason code.</param>
/// <param name="CallAt">When the applicant is reminded of the account; null when the fault is not the account's, and it is simply tried again.</param>
/// <param name="Amount">What the attempt was to pay.</param>
public sealed record PaymentFailed(
    string Entitlement, string Run, int Attempt, string Code, int Change, DateTimeOffset? CallAt, Money Amount) : Event;

/// <summary>The money had arrived and came back.</summary>
/// <param name="Grant">Number of the event that granted it, for a period that the head has forgotten.</param>
/// <param name="Kept">What had been kept back from it, for such a period.</param>
public sealed record PaymentReturned(
    string Entitlement, FundKey Fund, Money Amount, string Run, int Attempt, string Code, int Grant, int Change, DateTimeOffset? CallAt, Money Kept = default) : Event;

/// <param name="Staff">Who is told that the account is still missing.</param>
public sealed record PayeeCalled(IReadOnlyList<string> Staff, DateTimeOffset Next) : Event;

/// <summary>Another account of the same payee.</summary>
public sealed record PayeeCorrected([property: Personal] Payee? Payee) : Event;

/// <summary>Another account under another name: a second person decides.</summary>
public sealed record PayeeProposed([property: Personal] Payee? Payee) : Event;

public sealed record PayeeDecided(bool Accepted, string Staff, DateTimeOffset? CallAt) : Event;

/// <summary>A payment that failed is due again.</summary>
public sealed record PaymentRetried(string Entitlement, int Attempt) : Event;

/// <summary>What was paid is asked back.</summary>
/// <param name="Staff">Null when it follows from how the application ended.</param>
public sealed record RecoveryOpened(
    string Recovery, string Entitlement, FundKey Fund, Money Amount, string? Staff, [property: Personal] string? Reason, DateTimeOffset CallAt) : Event;

/// <summary>More of the same payment is asked back.</summary>
/// <param name="Entry">Number within the recovery.</param>
/// <param name="Amount">By how much more.</param>
/// <param name="Staff">Null when it follows from how the application ended.</param>
public sealed record RecoveryRaised(
    string Recovery, int Entry, Money Amount, string? Staff, [property: Personal] string? Reason, DateTimeOffset CallAt) : Event;

/// <summary>Periods that the head has forgotten are asked back.</summary>
/// <param name="Recoveries">What was asked back of them, or kept back from them, before: the head remembers it again.</param>
/// <param name="More">Others are left, which come next.</param>
/// <param name="All">Of those that are left, all; otherwise what lies behind the last period that was owed.</param>
public sealed record EarlierPeriodsFound(IReadOnlyList<Recovery> Recoveries, bool More = false, bool All = false) : Event;

/// <summary>The bank brought the money back by itself: nothing is to be recovered any more.</summary>
public sealed record RecoveryDropped(string Recovery, IReadOnlyList<string> Told) : Event;

public sealed record InstalmentsAgreed(string Recovery, IReadOnlyList<Instalment> Instalments, string Staff) : Event;

/// <param name="Entry">Number of the payment within the recovery.</param>
/// <param name="Document">Number of the voucher.</param>
public sealed record RecoveryRepaid(string Recovery, int Entry, Money Amount, string Document, string Staff) : Event;

/// <summary>What was granted for a later period was kept back in part; what is asked back is less by that.</summary>
/// <param name="Entry">Number within the recovery.</param>
/// <param name="Entitlement">The later one.</param>
public sealed record RecoveryOffset(string Recovery, int Entry, string Entitlement, Money Amount) : Event;

/// <summary>The later period was not owed after all: what was kept back from it is outstanding again.</summary>
/// <param name="CallAt">When finance is reminded.</param>
public sealed record RecoveryOffsetUndone(string Recovery, int Entry, string Entitlement, Money Amount, DateTimeOffset CallAt) : Event;

/// <param name="Amount">What was outstanding: no more than that is decided on.</param>
public sealed record WriteOffProposed(string Recovery, string Staff, Money Amount, [property: Personal] string? Reason) : Event;

/// <param name="Amount">What was still outstanding.</param>
public sealed record WriteOffDecided(string Recovery, int Entry, bool Accepted, Money Amount, string Staff) : Event;

public sealed record RecoveryCalled(string Recovery, IReadOnlyList<string> Staff, DateTimeOffset Next) : Event;

/// <summary>Everything has come back, and payments go on.</summary>
public sealed record RecoveryClosed : Event;
