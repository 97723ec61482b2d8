namespace Subsidy.Core.Funds;

/// <summary>From which account to which an entry of each kind moves money. Written out once more, so that a wrong posting is found.</summary>
internal static class EntryShape
{
    public static bool Fits(LedgerEntry entry) => (entry.From, entry.To) == Of(entry);

    private static (Account? From, Account? To) Of(LedgerEntry entry) => entry.Kind switch
    {
        EntryKind.Appropriated => (Account.Budget, Account.Available),
        EntryKind.Cut => (Account.Available, Account.Budget),
        EntryKind.Reserved => (Account.Available, Account.Reserved),
        EntryKind.Released => (Account.Reserved, Account.Available),
        EntryKind.Committed => (Account.Reserved, Account.Committed),
        EntryKind.Settled => (Account.Committed, Account.Paid),
        EntryKind.Failed => (Account.Committed, Account.Reserved),
        EntryKind.Returned => (Account.Paid, Account.Reserved),
        EntryKind.PettyAdvanced => (Account.Available, Account.Petty),
        EntryKind.PettyRepaid => (Account.Petty, Account.Available),
        EntryKind.PettyPaid => (Account.Petty, Account.Paid),
        EntryKind.Claimed => (Account.Paid, Account.Receivable),
        EntryKind.ClaimDropped => (Account.Receivable, Account.Paid),
        EntryKind.Repaid => (Account.Receivable, Account.Available),
        EntryKind.WrittenOff => (Account.Receivable, Account.WrittenOff),
        // What was claimed stays with the payee, and counts as what they are due for a later period.
        EntryKind.Offset => (Account.Receivable, Account.Paid),
        EntryKind.OffsetUndone => (Account.Paid, Account.Receivable),
        // Who waits has no money to take along.
        EntryKind.CarriedOver when entry.From is null => (null, null),
        EntryKind.CarriedOver => (Account.Reserved, Account.CarriedOver),
        EntryKind.CarriedIn => (Account.Budget, Account.Reserved),
        EntryKind.Queued or EntryKind.Unqueued or EntryKind.YearClosed => (null, null),
        _ => throw new InvalidOperationException($"No one knows the shape of {entry.Kind}."),
    };
}
