using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>Money that was paid and is asked back. An entitlement has one claim open at a time, which may be raised; instalments stand in the application.</summary>
internal static class Claiming
{
    public static Refusal? Raise(Ledger ledger, Position? position, RaiseClaim c)
    {
        if (position is not { State: PositionState.Paid } || c.Amount <= Money.Zero || c.Amount > position.Amount - position.Claimed)
            return Refusal.Of(RefusalCode.Invalid, "只能追回已经发放的金额。", "Only what was paid can be claimed back.");
        var another = position.Recovery != c.Recovery;
        if (another && position.Offset > Money.Zero)
        {
            return Refusal.Of(
                RefusalCode.MovedOn,
                $"这笔钱有{position.Offset}元已从以后的款项中抵扣，不能另行追回。",
                $"{position.Offset} yuan of this were kept back from later payments; there can be no other claim.");
        }
        if (another && position.Owed > Money.Zero)
        {
            return Refusal.Of(
                RefusalCode.MovedOn,
                $"这笔钱还有{position.Owed}元正在追回，了结后才能再次追回。",
                $"{position.Owed} yuan of this are being claimed back already; that claim must be settled first.");
        }
        ledger.Post(EntryKind.Claimed, c.Entitlement, c.Amount, Account.Paid, Account.Receivable, recovery: c.Recovery);
        ledger.Move(
            position, position with { Claimed = position.Claimed + c.Amount, Owed = position.Owed + c.Amount, Recovery = c.Recovery }, tell: false);
        return null;
    }

    public static Refusal? Settle(Ledger ledger, Position? position, SettleClaim c)
    {
        if (c.End is ClaimEnd.OffsetUndone)
            return UndoOffset(ledger, position, c);
        if (position is null || position.Recovery != c.Recovery || c.Amount <= Money.Zero || c.Amount > position.Owed)
            return Refusal.Of(RefusalCode.Invalid, "超过尚未追回的金额。", "That is more than is still to be recovered.");
        var (kind, to) = c.End switch
        {
            ClaimEnd.Repaid => (EntryKind.Repaid, Account.Available),
            ClaimEnd.WrittenOff => (EntryKind.WrittenOff, Account.WrittenOff),
            ClaimEnd.Offset => (EntryKind.Offset, Account.Paid),
            _ => (EntryKind.ClaimDropped, Account.Paid),
        };
        ledger.Post(kind, c.Entitlement, c.Amount, Account.Receivable, to, note: c.Document, recovery: c.Recovery);
        ledger.Move(
            position,
            position with
            {
                Owed = position.Owed - c.Amount,
                Claimed = c.End is ClaimEnd.Dropped ? position.Claimed - c.Amount : position.Claimed,
                Offset = c.End is ClaimEnd.Offset ? position.Offset + c.Amount : position.Offset,
                WrittenOff = c.End is ClaimEnd.WrittenOff ? position.WrittenOff + c.Amount : position.WrittenOff,
            },
            tell: false);
        return null;
    }

    private static Refusal? UndoOffset(Ledger ledger, Position? position, SettleClaim c)
    {
        if (position is null || position.Recovery != c.Recovery || c.Amount <= Money.Zero || c.Amount > position.Offset)
            return Refusal.Of(RefusalCode.Invalid, "超过已经抵扣的金额。", "That is more than was kept back.");
        ledger.Post(EntryKind.OffsetUndone, c.Entitlement, c.Amount, Account.Paid, Account.Receivable, note: c.Document, recovery: c.Recovery);
        ledger.Move(position, position with { Owed = position.Owed + c.Amount, Offset = position.Offset - c.Amount }, tell: false);
        return null;
    }
}
