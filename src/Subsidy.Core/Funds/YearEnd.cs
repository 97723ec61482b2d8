using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>The end of a fiscal year: what is promised is carried over (结转), then the books are closed.</summary>
internal static class YearEnd
{
    /// <summary>What is in the bank's hands stays in the old year's books until the bank has answered.</summary>
    public static Refusal? CarryOver(Ledger ledger, Position? position)
    {
        switch (position?.State)
        {
            case PositionState.Waiting:
                ledger.Note(EntryKind.Unqueued, position.Entitlement, position.Amount);
                break;
            case PositionState.Reserved or PositionState.Failed:
                ledger.Post(EntryKind.CarriedOver, position.Entitlement, position.Amount, Account.Reserved, Account.CarriedOver);
                break;
            case PositionState.CarriedOver:
                return null;
            default:
                return Refusal.Of(RefusalCode.MovedOn, "这笔钱不在待发状态，不能结转。", "This is not waiting to be paid; it cannot be carried over.");
        }
        ledger.Move(position, position with { State = PositionState.CarriedOver }, tell: false);
        return null;
    }

    public static void CarryIn(Ledger ledger, Position? there, CarryIn c)
    {
        if (there is not null)
            return;
        if (!c.Funded)
        {
            Reserving.Queue(ledger, null, c.Old with { Run = null });
            return;
        }
        ledger.Post(EntryKind.CarriedIn, c.Old.Entitlement, c.Old.Amount, Account.Budget, Account.Reserved);
        ledger.Move(null, c.Old with { Run = null }, tell: true);
    }

    public static Refusal? Close(Ledger ledger)
    {
        if (ledger.Fund.Open > 0)
        {
            return Refusal.Of(
                RefusalCode.MovedOn,
                $"还有{ledger.Fund.Open}笔没有发放或结转，不能结账。",
                $"{ledger.Fund.Open} entitlements are neither paid nor carried over; the year cannot be closed.");
        }
        if (ledger.Fund.Closed)
            return null;
        ledger.Note(EntryKind.YearClosed, ledger.Fund.Key.ToString(), ledger.Fund.Available);
        ledger.Fund = ledger.Fund with { Closed = true };
        return null;
    }
}
