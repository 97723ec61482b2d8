using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>
/// Paid on the spot, in cash or kind, out of the petty fund (备用金). The first signature takes the entitlement away from the pay runs, so
/// that what a person holds in their hands is not paid by the bank as well; the second one pays it.
/// </summary>
internal static class HandingOver
{
    /// <summary>
    /// Also out of a run that nobody has approved: the cash is gone, the run is only a proposal. What is past that, or more than there
    /// is in the cash box, is left as it is; whoever asked finds out by looking.
    /// </summary>
    public static void HandOut(Ledger ledger, Position? position, HandOut c)
    {
        if (position is { State: PositionState.Reserved or PositionState.Gathered } && c.HandOver > position.HandOver && position.Amount <= ledger.Fund.CashBox)
            ledger.Move(position, position with { State = PositionState.HandedOut, Run = null, HandOver = c.HandOver }, tell: false);
    }

    /// <summary>
    /// Nothing was handed over after all: it is due again. One that has not begun here is written down as over, so that an order for it
    /// that was held up on its way comes too late.
    /// </summary>
    public static void TakeBack(Ledger ledger, Position? position, TakeBack c)
    {
        // A later handover is signed only once the one before is dropped: its order may overtake that one's.
        if (position is { State: PositionState.HandedOut } && c.HandOver >= position.HandOver)
            ledger.Move(position, position with { State = PositionState.Reserved, HandOver = c.HandOver }, tell: false);
        else if (position is { State: not (PositionState.Leaving or PositionState.CarriedOver) } && c.HandOver > position.HandOver)
            ledger.Move(position, position with { HandOver = c.HandOver }, tell: false);
    }

    /// <summary>The cash had left the fund when it was advanced, so what was set aside for the entitlement is free again.</summary>
    public static Refusal? Pay(Ledger ledger, Position? position, PayFromPetty c)
    {
        if (position is { State: PositionState.Paid, Run: null } && position.HandOver == c.HandOver)
            return null;
        if (position is not { State: PositionState.HandedOut } || position.HandOver != c.HandOver)
            return Refusal.Of(RefusalCode.MovedOn, "账上没有这次当面给付。", "The books know of no such handover.");
        if (Budgeting.Faulty(position.Amount, c.Document) is { } refusal)
            return refusal;
        ledger.Post(EntryKind.PettyPaid, position.Entitlement, position.Amount, Account.Petty, Account.Paid, note: c.Document);
        ledger.Post(EntryKind.Released, position.Entitlement, position.Amount, Account.Reserved, Account.Available, note: c.Document);
        ledger.Move(position, position with { State = PositionState.Paid }, tell: true);
        return null;
    }
}
