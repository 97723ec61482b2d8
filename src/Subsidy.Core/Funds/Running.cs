using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>What pay runs and the bank do. Whatever is not as the run left it is left as it is: the run finds out by looking.</summary>
internal static class Running
{
    public static void Gather(Ledger ledger, Position? position, string run)
    {
        if (position is { State: PositionState.Reserved })
            ledger.Move(position, position with { State = PositionState.Gathered, Run = run }, tell: false);
    }

    public static void Scatter(Ledger ledger, Position? position, string run)
    {
        if (position is { State: PositionState.Gathered } && position.Run == run)
            ledger.Move(position, position with { State = PositionState.Reserved, Run = null }, tell: false);
    }

    /// <param name="attempt">The one that was approved; null for whichever it is.</param>
    public static void Commit(Ledger ledger, Position? position, string run, int? attempt, int payeeAt)
    {
        if (position is not { State: PositionState.Gathered } || position.Run != run || (attempt ?? position.Attempt) != position.Attempt)
            return;
        ledger.Post(EntryKind.Committed, position.Entitlement, position.Amount, Account.Reserved, Account.Committed, run);
        ledger.Move(position, position with { State = PositionState.Committed, Code = null, PayeeAt = payeeAt }, tell: true);
    }

    public static void Hear(Ledger ledger, Position? position, string run, BankAnswer answer)
    {
        if (position is null || position.Run != run || position.Attempt != answer.Attempt)
            return;
        switch (position.State, answer.Code)
        {
            case (PositionState.Committed, null):
                ledger.Post(EntryKind.Settled, position.Entitlement, position.Amount, Account.Committed, Account.Paid, run);
                ledger.Move(position, position with { State = PositionState.Paid }, tell: true);
                break;
            case (PositionState.Committed, { } code):
                ledger.Post(EntryKind.Failed, position.Entitlement, position.Amount, Account.Committed, Account.Reserved, run, code);
                ledger.Move(position, position with { State = PositionState.Failed, Code = code }, tell: true);
                break;
            // The money is back, so nothing can be owed any more; but who has repaid some of it, by themselves or out of later
            // entitlements, is owed that, which a person must see to:
            // then the position stays paid, and the run says that the bank's answer did not fit.
            case (PositionState.Paid, { } code) when position.Claimed == position.Owed:
                var open = position.Owed;
                if (open > Money.Zero)
                    ledger.Post(EntryKind.ClaimDropped, position.Entitlement, open, Account.Receivable, Account.Paid, run, code, position.Recovery);
                ledger.Post(EntryKind.Returned, position.Entitlement, position.Amount, Account.Paid, Account.Reserved, run, code);
                ledger.Move(
                    position, position with { State = PositionState.Failed, Code = code, Claimed = Money.Zero, Owed = Money.Zero }, tell: true);
                break;
        }
    }

    /// <summary>Closed books pay nothing more: what came back to them is carried over first.</summary>
    public static Refusal? Retry(Ledger ledger, Position? position, int attempt)
    {
        if (position is not { State: PositionState.Failed } || position.Attempt != attempt)
            return null;
        if (ledger.Fund.Closed)
            return Reserving.Closed(ledger);
        ledger.Move(position, position with { State = PositionState.Reserved, Attempt = attempt + 1, Run = null, PayeeAt = 0 }, tell: false);
        return null;
    }
}
