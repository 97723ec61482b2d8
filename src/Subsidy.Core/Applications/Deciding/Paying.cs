using Subsidy.Core.Bank;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>
/// What the books of the fund tell. A report says where the money is, not what has just happened: reports may be repeated, come late or
/// leave something out, and only what is new becomes an event.
/// </summary>
internal static class Paying
{
    public static void Hear(Unfolding u, FundReport report)
    {
        if (report.State is PositionState.Leaving or PositionState.CarriedOver)
            return; // The next year's books tell where it has gone.
        var known = u.A.Entitlements.FirstOrDefault(x => x.Id == report.Entitlement);
        if (known is null)
        {
            if (Forgotten(u, report))
                ComeBack(u, report);
            return;
        }
        if (report.Grant < known.Number || report.Fund.Year < known.Books || report.Change <= known.Heard)
            return; // Of an earlier grant or year, or heard before.
        if (known.Year == 0 && report.State is (PositionState.Committed or PositionState.Paid or PositionState.Failed or PositionState.HandedOut))
        {
            u.Emit(new FundsReserved(known.Id, report.Fund, report.Change)); // Which nobody has told: its books are known from here on.
            known = u.A.Entitlements.First(x => x.Id == known.Id);
        }
        if (known.State is EntitlementState.Cancelled)
            HearGivenUp(u, known, report);
        else
            HearOwed(u, known, report);
    }

    private static void HearOwed(Unfolding u, Entitlement known, FundReport report)
    {
        Follow(u, known, report);
        switch (report.State)
        {
            case PositionState.Waiting when known.State is EntitlementState.Granted:
                u.Emit(new FundsQueued(known.Id, report.Fund, report.Change));
                break;
            case PositionState.Reserved or PositionState.Gathered or PositionState.HandedOut
                when known.State is EntitlementState.Granted or EntitlementState.Waiting:
                u.Emit(new FundsReserved(known.Id, report.Fund, report.Change));
                break;
            case PositionState.Committed when known.State is not EntitlementState.Ordered || known.Attempt != report.Attempt:
                u.Emit(new PaymentOrdered(known.Id, report.Run!, report.Attempt, report.Change, report.PayeeAt));
                break;
            case PositionState.Paid when known.State is not EntitlementState.Paid:
                u.Emit(new Paid(known.Id, report.Amount, report.Run, report.Attempt, report.Change, report.PayeeAt));
                if (IsAtRest(u)) // Otherwise at the end of the route.
                    Recovering.Square(u);
                break;
            case PositionState.Released:
                if (known.State is EntitlementState.Paid)
                    Returned(u, report); // It had come back, and nobody had heard.
                Lapse(u, report);
                break;
            case PositionState.Failed when report.Attempt < known.Attempt && IsRetried(u, known):
                break;
            case PositionState.Failed when known.State is EntitlementState.Paid:
                Return(u, report);
                break;
            case PositionState.Failed when known.State is not EntitlementState.Failed || known.Attempt != report.Attempt:
                u.Emit(new PaymentFailed(known.Id, report.Run!, report.Attempt, report.Code!, report.Change, CallFor(u, report), report.Amount));
                Again(u, report);
                break;
        }
    }

    /// <summary>The order to try it again is still on its way: it is not, where it went with what was given up and is granted again.</summary>
    public static bool IsRetried(Unfolding u, Entitlement owed) => u.A.Duties.OfType<RetryPayment>().Any(retry => retry.Entitlement == owed.Id);

    private static void Follow(Unfolding u, Entitlement known, FundReport report)
    {
        if (known.Year != 0 && report.Fund.Year > known.Year)
            u.Emit(new FundsCarriedOver(known.Id, report.Fund, report.Change));
    }

    /// <summary>What was given up too late goes its way: it is released once it has failed, and recovered once it was paid.</summary>
    private static void HearGivenUp(Unfolding u, Entitlement known, FundReport report)
    {
        if (report.State is PositionState.Paid or PositionState.Failed)
            Follow(u, known, report); // What is asked back is asked back out of the books that have paid it.
        switch (report.State)
        {
            // It was in somebody's hands when it was given up, and is back.
            case PositionState.Reserved or PositionState.Gathered
                when known.HandOver is not null && !u.A.Duties.Any(duty => duty is ReleaseFunds release && release.Entitlement == known.Id):
                u.Emit(new FundsReserved(known.Id, report.Fund, report.Change));
                break;
            case PositionState.Released:
                HandingOver.Lose(u, known);
                u.Emit(new FundsReleased(known.Id, report.Change, report.Attempt));
                Offsetting.Undo(u, known.Id);
                break;
            case PositionState.Paid:
                u.Emit(new Paid(known.Id, report.Amount, report.Run, report.Attempt, report.Change, report.PayeeAt));
                // While a rejection or a stop can still be appealed it is not; what is being recovered, or was, may have ended with a revocation.
                if (u.A.Stopped is { } stopped ? stopped.AppealUntil is null : GivenUp(u.A) || u.A.Status is Status.Recovering or Status.Closed)
                    Recovering.Open(u, u.A.Entitlements.First(x => x.Id == known.Id));
                break;
            case PositionState.Failed:
                u.Emit(new PaymentFailed(known.Id, report.Run!, report.Attempt, report.Code!, report.Change, null, report.Amount));
                break;
        }
    }

    /// <summary>The application has come to an end that leaves nothing owed.</summary>
    public static bool GivenUp(Application a) =>
        a.Status is Status.Withdrawn or Status.Lapsed or Status.Revoked || a is { Status: Status.Rejected, Rejected: { AppealUntil: null } };

    /// <summary>A period that the head no longer remembers, whose payment came back. What has been recovered of it is a person's business.</summary>
    private static bool Forgotten(Unfolding u, FundReport report) =>
        report is { State: PositionState.Failed } or { State: PositionState.Released, Code: not null }
        && report.Grant <= u.A.Forgotten && !u.A.Attempts.ContainsKey(report.Entitlement)
        && u.A.Recoveries.All(x => x.Open || x.Entitlement != report.Entitlement);

    private static void ComeBack(Unfolding u, FundReport report)
    {
        if (Earlier(u, report) is { } paid)
            Recovering.Recall(u, paid);
        if (report.State is PositionState.Failed)
        {
            Return(u, report);
            return;
        }
        // Its year has ended since, before anybody heard.
        Returned(u, report);
        Lapse(u, report);
    }

    private static void Return(Unfolding u, FundReport report)
    {
        Returned(u, report);
        Again(u, report);
        DropClaims(u, report.Entitlement);
    }

    private static void Returned(Unfolding u, FundReport report) => u.Emit(new PaymentReturned(
        report.Entitlement, report.Fund, report.Amount, report.Run!, report.Attempt, report.Code!, report.Grant, report.Change,
        CallFor(u, report), Earlier(u, report) is { } paid ? paid.Kept + paid.Undone : Money.Zero));

    private static Entitlement? Earlier(Unfolding u, FundReport report) => u.Earlier.Paid.FirstOrDefault(x => x.Id == report.Entitlement);

    /// <summary>The year has ended: it is asked for again in the next year's books. What had been paid, and come back, is not claimed any more.</summary>
    private static void Lapse(Unfolding u, FundReport report)
    {
        u.Emit(new FundsLapsed(report.Entitlement, report.Fund, report.Change, report.Attempt));
        Await(u, report);
        DropClaims(u, report.Entitlement);
    }

    /// <summary>
    /// The bank has brought the money back by itself. Where it is owed again, finance is told: some of it may have been asked back for good
    /// reason. Where it is not, it is not asked for anew either, should what was kept back for it fall away.
    /// </summary>
    private static void DropClaims(Unfolding u, string entitlement)
    {
        var told = u.A.Entitlements.Any(x => x.Id == entitlement && x.Owed) ? Recovering.Finance(u) : [];
        var over = u.A.Entitlements.Any(x => x.Id == entitlement && x.State is EntitlementState.Cancelled);
        foreach (var recovery in u.A.Recoveries.Where(x => x.Entitlement == entitlement && (x.Open || (over && x.Offsets.Count > 0))).ToList())
            Recovering.Drop(u, recovery, told);
    }

    private static void Again(Unfolding u, FundReport report)
    {
        if (Await(u, report) && !PayeeCanMend(u, report))
            Payees.Retry(u, report.Entitlement);
    }

    /// <summary>An application that had been paid waits for the money again; one that has ended otherwise is owed nothing.</summary>
    /// <returns>Whether it is still owed.</returns>
    private static bool Await(Unfolding u, FundReport report)
    {
        if (!Owes(u, report))
        {
            u.Emit(new EntitlementCancelled(report.Entitlement));
            return false;
        }
        if (u.A is { Waiting: null, Recurring: null } && IsAtRest(u))
            Walking.AwaitFunds(u, u.A.Step!);
        return true;
    }

    /// <summary>No step of the route is under way.</summary>
    public static bool IsAtRest(Unfolding u) => u.A is { Waiting: null or { Kind: WaitingKind.Funds }, Notice: null, Return: null }
        && u.A.Assignments.All(x => x.Kind is AssignmentKind.Payee or AssignmentKind.Appeal);

    /// <summary>
    /// What was asked back whole is not owed; where only a part was, the decision stands. Where periods follow one another, or did, what is
    /// asked back of one takes nothing from the others, and one of which something was repaid by hand is paid again: it can be asked back again.
    /// </summary>
    private static bool Owes(Unfolding u, FundReport report)
    {
        if (u.A.Status is Status.Rejected || GivenUp(u.A) || Stopping.IsLater(u, report.Entitlement[(u.A.Id.Length + 1)..]))
            return false;
        var asked = u.A.Recoveries.LastOrDefault(x => x.Entitlement == report.Entitlement);
        if (u.A is not { Recurring: null, Stopped: null })
            return asked is null || asked.Amount < report.Amount || asked.Outstanding < asked.Amount;
        return u.A.Status switch
        {
            Status.Recovering or Status.Closed when asked is not null => asked.Amount < report.Amount && !NothingIsOwed(u.A), // Closed, it does not know that it was revoked.
            Status.Recovering => false,
            _ => true,
        };
    }

    /// <summary>It has lapsed, was rejected or revoked: then a part that a person has asked back says nothing of the rest, which may yet have to be looked up.</summary>
    private static bool NothingIsOwed(Application a) => a.Return is not null || a.Rejected is not null || a.Duties.Any(duty => duty is AskBack);

    /// <summary>Not where another account was named before the bank had spoken of the old one: that is tried next.</summary>
    private static bool PayeeCanMend(Unfolding u, FundReport report) =>
        ReasonCodes.Of(report.Code!).Mender is Mender.Payee && (report.PayeeAt == 0 || report.PayeeAt == u.A.PayeeAt);

    private static DateTimeOffset? CallFor(Unfolding u, FundReport report) =>
        Owes(u, report) && PayeeCanMend(u, report) ? Payees.NextCall(u) : null;
}
