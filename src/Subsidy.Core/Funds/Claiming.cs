using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>Money that was paid and is asked back. How much of each claim is open stands in the application; here are the sums.</summary>
internal static class Claiming
{
    public static Refusal? Raise(Ledger ledger, Position? position, RaiseClaim c)
    {
        if (position is not { State: PositionState.Paid } || c.Amount <= Money.Zero || c.Amount > position.Amount
            || c.Amount > ledger.Fund.BalanceOf(Account.Paid))
        {
            return Refusal.Of(RefusalCode.Invalid, "只能追回已经发放的金额。", "Only what was paid can be claimed back.");
        }
        ledger.Post(EntryKind.Claimed, c.Entitlement, c.Amount, Account.Paid, Account.Receivable, note: c.Recovery);
        return null;
    }

    public static Refusal? Settle(Ledger ledger, SettleClaim c)
    {
        if (c.Amount <= Money.Zero || c.Amount > ledger.Fund.BalanceOf(Account.Receivable))
            return Refusal.Of(RefusalCode.Invalid, "超过尚未追回的金额。", "That is more than is still to be recovered.");
        var (kind, to) = c.End switch
        {
            ClaimEnd.Repaid => (EntryKind.Repaid, Account.Available),
            ClaimEnd.WrittenOff => (EntryKind.WrittenOff, Account.WrittenOff),
            _ => (EntryKind.ClaimDropped, Account.Paid),
        };
        ledger.Post(kind, c.Recovery, c.Amount, Account.Receivable, to, note: c.Document);
        return null;
    }
}
