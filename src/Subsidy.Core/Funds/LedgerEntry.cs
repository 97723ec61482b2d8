using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>One line of a fund-year's ledger: an amount moves from one account to another, or takes or leaves its place in the queue.</summary>
/// <param name="Number">1 for the first; without gaps.</param>
/// <param name="Subject">The entitlement, the appropriation or the petty cash movement that the entry is about; the fund-year itself when it is closed.</param>
/// <param name="From">Credited. Null, like <paramref name="To"/>, for an entry of the queue, or of a year that is closed, which moves no money.</param>
/// <param name="To">Debited.</param>
/// <param name="Run">The pay run, for what a run has done.</param>
/// <param name="Note">Reason code of the bank, number of the document, reason of a cut. Nothing personal.</param>
/// <param name="Recovery">The claim, for what is claimed back and what becomes of it.</param>
public sealed record LedgerEntry(
    int Number, DateTimeOffset At, Actor Actor, EntryKind Kind, string Subject, Money Amount, Account? From, Account? To, string? Run, string? Note,
    string? Recovery = null);

/// <summary>What an entry records. The list is closed; names are for ever.</summary>
public enum EntryKind
{
    Appropriated, Cut,
    Queued, Unqueued, Reserved, Released,
    Committed, Settled, Failed, Returned,
    PettyAdvanced, PettyRepaid, PettyPaid,
    Claimed, ClaimDropped, Repaid, WrittenOff, Offset, OffsetUndone,
    CarriedOver, CarriedIn, YearClosed,
}
