using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>
/// What a command does to a fund-year: a pure function. Available money never goes below zero, and nobody is served past somebody who
/// waits (DESIGN: promise 3).
/// </summary>
public static class FundDecider
{
    public static FundDecided Decide(FundView view, FundCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(command);
        var ledger = new Ledger(view, command.Actor, now);
        var refusal = view switch
        {
            { OtherContent: true } => Refusal.Of(
                RefusalCode.AlreadyDone,
                "这张表单已经登记过，当时的金额或文号不同。要另记一笔，请重新打开页面。",
                "This form was recorded before, with another amount or document. For another entry please open the page anew."),
            { EntryExists: true } => null,
            _ => Decide(ledger, command, view.Positions),
        };
        return refusal is null ? ledger.Decided() : new FundDecided(view.Fund, [], [], [], refusal);
    }

    private static Refusal? Decide(Ledger ledger, FundCommand command, IReadOnlyList<Position> waiting)
    {
        switch (command)
        {
            case Appropriate c:
                return Budgeting.Appropriate(ledger, c);
            case Reserve c:
                return Reserving.Reserve(ledger, ledger.Find(c.Entitlement), c);
            case Release c:
                return Reserving.Release(ledger, ledger.Find(c.Entitlement), c);
            case ServeQueue:
                Reserving.Serve(ledger, waiting);
                return null;
            case Gather c:
                foreach (var entitlement in c.Taken)
                    Running.Gather(ledger, ledger.Find(entitlement), c.Run);
                return null;
            case Scatter c:
                foreach (var entitlement in c.GivenBack)
                    Running.Scatter(ledger, ledger.Find(entitlement), c.Run);
                return null;
            case Commit c:
                for (var i = 0; i < c.Ordered.Count; i++)
                    Running.Commit(ledger, ledger.Find(c.Ordered[i]), c.Run, c.Attempts?[i], c.Payees?[i] ?? 0);
                return null;
            case Answer c:
                foreach (var answer in c.Answers)
                    Running.Hear(ledger, ledger.Find(answer.Entitlement), c.Run, answer);
                return null;
            case Retry c:
                return Running.Retry(ledger, ledger.Find(c.Entitlement), c.Attempt);
            case AdvancePetty c:
                return Budgeting.Advance(ledger, c);
            case PayFromPetty c:
                return HandingOver.Pay(ledger, ledger.Find(c.Entitlement), c);
            case HandOut c:
                HandingOver.HandOut(ledger, ledger.Find(c.Entitlement), c);
                return null;
            case TakeBack c:
                HandingOver.TakeBack(ledger, ledger.Find(c.Entitlement), c);
                return null;
            case RaiseClaim c:
                return Claiming.Raise(ledger, ledger.Find(c.Entitlement), c);
            case SettleClaim c:
                return Claiming.Settle(ledger, ledger.Find(c.Entitlement), c);
            case CarryOver c:
                return YearClosing.CarryOver(ledger, ledger.Find(c.Entitlement));
            case CarryIn c:
                return YearClosing.CarryIn(ledger, ledger.Find(c.Old.Entitlement), c.Old);
            case ConfirmArrival c:
                YearClosing.Arrive(ledger, ledger.Find(c.Entitlement));
                return null;
            case CloseYear:
                return YearClosing.Close(ledger);
            default:
                throw new InvalidOperationException($"No one decides {command.GetType().Name}.");
        }
    }
}
