using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>Setting money aside, and the queue of those for whom there is none yet.</summary>
internal static class Reserving
{
    public static Refusal? Reserve(Ledger ledger, Position? before, Reserve c)
    {
        if (before is not null && before.Grant >= c.Grant)
            return null;
        // An entitlement that was given up and is owed after all (an appeal was upheld) keeps its id and begins anew. The order to give it
        // up may still be on its way, or have come too late: then what is there goes over to the new grant, and is not taken twice.
        if (before is { State: not PositionState.Released })
        {
            if (before.Amount == c.Amount || !Giveable(before))
            {
                ledger.Move(before, before with { Grant = c.Grant }, tell: false);
                return null;
            }
            before = GiveUp(ledger, before, before.Grant, tell: false);
        }
        if (ledger.Fund.Closed)
            return Closed(ledger);
        // Nothing, at the head of the queue, would hold up all behind it.
        if (c.Amount.Fen is <= 0 or > Budgeting.MostFen)
            return Refusal.Of(RefusalCode.Invalid, $"不能预留{c.Amount}元。", $"{c.Amount} yuan cannot be set aside.");
        var next = new Position(
            c.Entitlement, c.Scheme, c.Village, c.Amount, PositionState.Reserved, c.Due, before?.Ticket ?? 0, Math.Max(before?.Attempt ?? 0, c.Attempt) + 1, null, null,
            c.Grant)
        {
            HandOver = before?.HandOver ?? 0,
        };
        if (ledger.Fund.Waiting == 0 && c.Amount <= ledger.Fund.Available)
            Post(ledger, before, next, tell: false);
        else
            Queue(ledger, before, next, tell: false);
        return null;
    }

    public static Refusal Closed(Ledger ledger) =>
        Refusal.Of(RefusalCode.MovedOn, $"{ledger.Fund.Key} 年度已结账。", $"The books of {ledger.Fund.Key} are closed.");

    public static void Queue(Ledger ledger, Position? before, Position next, bool tell)
    {
        ledger.Note(EntryKind.Queued, next.Entitlement, next.Amount);
        ledger.Move(before, next with { State = PositionState.Waiting, Ticket = ledger.Fund.NextTicket }, tell);
        ledger.Fund = ledger.Fund with { NextTicket = ledger.Fund.NextTicket + 1 };
    }

    public static Refusal? Release(Ledger ledger, Position? before, Release c)
    {
        if (before is null)
        {
            // What closed books do not know was reserved in the next year's, or is about to be.
            if (ledger.Fund.Closed)
                return Closed(ledger);
            ledger.Move(null, new Position(c.Entitlement, c.Scheme, c.Village, c.Amount, PositionState.Released, c.Due, 0, 0, null, null, c.Grant), tell: false);
            return null;
        }
        if (before.Grant > c.Grant)
            return null; // It was granted again meanwhile.
        if (Giveable(before))
            GiveUp(ledger, before, c.Grant, c.Tell);
        else if (before.Grant < c.Grant)
            // Released: an order to reserve the newer grant may still be on its way. At the bank or paid: what comes of it belongs to the newer
            // grant, of which the books would not have heard otherwise.
            ledger.Move(before, before with { Grant = c.Grant }, c.Tell);
        return null;
    }

    private static bool Giveable(Position position) =>
        position.State is PositionState.Waiting or PositionState.Reserved or PositionState.Gathered or PositionState.Failed;

    private static Position GiveUp(Ledger ledger, Position before, int grant, bool tell)
    {
        if (before.State is PositionState.Waiting)
            ledger.Note(EntryKind.Unqueued, before.Entitlement, before.Amount);
        else
            ledger.Post(EntryKind.Released, before.Entitlement, before.Amount, Account.Reserved, Account.Available);
        var after = before with { State = PositionState.Released, Grant = grant };
        ledger.Move(before, after, tell);
        return after;
    }

    /// <param name="waiting">The lowest tickets, in order. The first that the money does not reach holds up all behind it.</param>
    public static void Serve(Ledger ledger, IReadOnlyList<Position> waiting)
    {
        foreach (var position in waiting)
        {
            if (position.State is not PositionState.Waiting || position.Amount > ledger.Fund.Available)
                return;
            Post(ledger, position, position with { State = PositionState.Reserved }, tell: true);
        }
    }

    private static void Post(Ledger ledger, Position? before, Position after, bool tell)
    {
        ledger.Post(EntryKind.Reserved, after.Entitlement, after.Amount, Account.Available, Account.Reserved);
        ledger.Move(before, after, tell);
    }
}
