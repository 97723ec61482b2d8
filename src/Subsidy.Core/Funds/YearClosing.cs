using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>The end of a fiscal year: what is promised is carried over (结转), then the books are closed.</summary>
internal static class YearClosing
{
    /// <summary>What is in the bank's hands stays in the old year's books until the bank has answered.</summary>
    public static Refusal? CarryOver(Ledger ledger, Position? position)
    {
        switch (position?.State)
        {
            case PositionState.Waiting:
                ledger.Note(EntryKind.CarriedOver, position.Entitlement, position.Amount);
                break;
            case PositionState.Reserved or PositionState.Failed:
                ledger.Post(EntryKind.CarriedOver, position.Entitlement, position.Amount, Account.Reserved, Account.CarriedOver);
                break;
            case PositionState.Leaving or PositionState.CarriedOver:
                return null;
            case PositionState.HandedOut:
                return Unwitnessed();
            default:
                return Refusal.Of(RefusalCode.MovedOn, "这笔钱不在待发状态，不能结转。", "This is not waiting to be paid; it cannot be carried over.");
        }
        ledger.Move(position, position with { State = PositionState.Leaving, LeftAs = position.State }, tell: false);
        return null;
    }

    /// <summary>The application hears of it from these books, and looks for its money here from now on.</summary>
    public static Refusal? CarryIn(Ledger ledger, Position? there, Position old)
    {
        if (old is not { State: PositionState.Leaving, LeftAs: { } leftAs })
            throw new ArgumentException($"{old.Entitlement} does not leave the old year's books: it is {old.State}.", nameof(old));
        if (ledger.Fund.Closed)
            return Reserving.Closed(ledger);
        if (there is { State: not PositionState.Released })
        {
            return Refusal.Of(
                RefusalCode.MovedOn,
                $"{old.Entitlement} 在 {ledger.Fund.Key} 年度账上已有记录。",
                $"{old.Entitlement} stands in the books of {ledger.Fund.Key} already.");
        }
        var next = old with
        {
            State = leftAs, LeftAs = null, Run = null, Ticket = 0, Attempt = Math.Max(old.Attempt, (there?.Attempt ?? 0) + 1),
            HandOver = Math.Max(old.HandOver, there?.HandOver ?? 0),
        };
        if (leftAs is PositionState.Waiting)
        {
            Reserving.Queue(ledger, there, next, tell: true);
            return null;
        }
        ledger.Post(EntryKind.CarriedIn, old.Entitlement, old.Amount, Account.Budget, Account.Reserved);
        ledger.Move(there, next, tell: true);
        return null;
    }

    public static Refusal Unwitnessed() => Refusal.Of(
        RefusalCode.MovedOn, "这笔钱已当面给付，还差见证人签字。", "This was handed over on the spot; the witness has yet to sign.");

    public static void Arrive(Ledger ledger, Position? position)
    {
        if (position is { State: PositionState.Leaving })
            ledger.Move(position, position with { State = PositionState.CarriedOver }, tell: false);
    }

    public static Refusal? Close(Ledger ledger)
    {
        if (ledger.Fund.Closed)
            return null;
        if (ledger.Fund.BalanceOf(Account.Petty) is var petty && petty > Money.Zero)
        {
            return Refusal.Of(
                RefusalCode.MovedOn, $"备用金还有{petty}元没有交回，不能结账。", $"{petty} yuan of the petty fund are not handed back; the year cannot be closed.");
        }
        if (ledger.Fund.Open > 0)
        {
            return Refusal.Of(
                RefusalCode.MovedOn,
                $"还有{ledger.Fund.Open}笔没有发放或结转，不能结账。",
                $"{ledger.Fund.Open} entitlements are neither paid nor carried over; the year cannot be closed.");
        }
        ledger.Note(EntryKind.YearClosed, ledger.Fund.Key.ToString(), ledger.Fund.Available);
        ledger.Fund = ledger.Fund with { Closed = true };
        return null;
    }
}
