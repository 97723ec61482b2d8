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
        var ledger = new Ledger(view.Fund, command.Actor, now);
        var refusal = view.EntryExists ? null : Decide(ledger, view, command);
        return refusal is null ? ledger.Decided() : new FundDecided(view.Fund, [], [], [], refusal);
    }

    private static Refusal? Decide(Ledger ledger, FundView view, FundCommand command)
    {
        switch (command)
        {
            case Appropriate c:
                return Budgeting.Appropriate(ledger, c);
            case Reserve c:
                return Reserving.Reserve(ledger, Find(view, c.Entitlement), c);
            case Release c:
                Reserving.Release(ledger, Find(view, c.Entitlement), c);
                return null;
            case ServeQueue:
                Reserving.Serve(ledger, view.Positions);
                return null;
            case Gather c:
                foreach (var position in view.Positions)
                    Running.Gather(ledger, position, c.Run);
                return null;
            case Scatter c:
                foreach (var position in view.Positions)
                    Running.Scatter(ledger, position, c.Run);
                return null;
            case Commit c:
                foreach (var position in view.Positions)
                    Running.Commit(ledger, position, c.Run);
                return null;
            case Answer c:
                foreach (var answer in c.Answers)
                    Running.Hear(ledger, Find(view, answer.Entitlement), c.Run, answer);
                return null;
            case Retry c:
                Running.Retry(ledger, Find(view, c.Entitlement), c.Attempt);
                return null;
            case AdvancePetty c:
                return Budgeting.Advance(ledger, c);
            case PayFromPetty c:
                return Budgeting.PayFromPetty(ledger, Find(view, c.Entitlement), c);
            case RaiseClaim c:
                return Claiming.Raise(ledger, Find(view, c.Entitlement), c);
            case SettleClaim c:
                return Claiming.Settle(ledger, c);
            case CarryOver c:
                return YearEnd.CarryOver(ledger, Find(view, c.Entitlement));
            case CarryIn c:
                YearEnd.CarryIn(ledger, Find(view, c.Old.Entitlement), c);
                return null;
            case CloseYear:
                return YearEnd.Close(ledger);
            default:
                throw new InvalidOperationException($"No one decides {command.GetType().Name}.");
        }
    }

    private static Position? Find(FundView view, string entitlement) =>
        view.Positions.FirstOrDefault(position => position.Entitlement == entitlement);
}
