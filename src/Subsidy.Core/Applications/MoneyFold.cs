using Subsidy.Core.Calendar;

namespace Subsidy.Core.Applications;

/// <summary>Folds the events of <c>MoneyEvents.cs</c> into the application.</summary>
internal static class MoneyFold
{
    /// <summary>Paid periods that the head remembers; the others are in the stream.</summary>
    private const int KeptPeriods = 3;

    /// <returns>Null when it is no event of money.</returns>
    public static Application? Apply(Application a, Recorded recorded) => Fold(a, recorded) is { } after ? Uncalled(after) : null;

    /// <summary>Nobody is asked for an account that nothing is paid to any more.</summary>
    private static Application Uncalled(Application a) =>
        a.PayeeCall is not null && a.Recurring is null && a.Entitlements.All(x => !x.Owed) ? a with { PayeeCall = null } : a;

    private static Application? Fold(Application a, Recorded recorded) => recorded.Event switch
    {
        EntitlementGranted e => Grant(a, e, recorded) with { Step = e.Step },
        FundsAwaited e => a with
        {
            Status = StatusOf(a),
            Waiting = new Waiting(WaitingKind.Funds, e.Step, recorded.Number, recorded.At, null, false, e.CallAt, []),
        },
        EntitlementCancelled e => Change(a, e.Entitlement, x => x with { State = EntitlementState.Cancelled }),
        PaymentsBegun e => a with
        {
            Step = e.Step,
            Status = Status.Paying,
            Recurring = new Recurring(e.Step, e.Fund, e.Next, Granted: 0),
        },
        PaymentsStopped => Refresh(a with { Recurring = null, Assignments = [.. a.Assignments.Where(x => x.Kind is not AssignmentKind.Recheck)] }),
        RecheckDecided e => a with { Assignments = [.. a.Assignments.Where(x => x.Key != e.Assignment)] },
        FundsQueued e => Change(a, e.Entitlement, x => x with { State = EntitlementState.Waiting, Year = e.Fund.Year, Heard = e.Change }),
        FundsReserved e => Change(a, e.Entitlement, x => x with
        {
            State = x.State is EntitlementState.Cancelled ? EntitlementState.Cancelled : EntitlementState.Reserved,
            Year = e.Fund.Year,
            Heard = e.Change,
        }),
        FundsCarriedOver e => Change(a, e.Entitlement, x => x with { Year = e.Fund.Year, Heard = e.Change }),
        FundsLapsed e => Change(a, e.Entitlement, x => x with
        {
            State = EntitlementState.Granted, Books = e.Fund.Year + 1, Year = 0, Heard = 0, Run = null, Code = null, PaidAt = null, PayeeAt = 0,
            Attempt = Math.Max(x.Attempt, e.Attempt),
        }),
        FundsReleased e => a with { Entitlements = [.. a.Entitlements.Where(x => x.Id != e.Entitlement)] },
        PaymentOrdered e => Refresh(
            Change(a, e.Entitlement, x => x with
            {
                State = EntitlementState.Ordered, Run = e.Run, Attempt = e.Attempt, Code = null, Heard = e.Change, PayeeAt = a.PayeeAt,
            })),
        Paid e => Refresh(Settle(Change(a, e.Entitlement, x => x with
        {
            State = EntitlementState.Paid, Amount = e.Amount, Run = e.Run, Attempt = e.Attempt, Code = null, Heard = e.Change, PaidAt = recorded.At,
            PayeeAt = x.PayeeAt != 0 ? x.PayeeAt : a.PayeeAt,
        }))),
        PaymentFailed e => Refresh(Fail(a, e.Entitlement, e.Run, e.Attempt, e.Code, e.Change, e.CallAt)),
        PaymentReturned e => Refresh(Fail(Remember(a, e, recorded.At), e.Entitlement, e.Run, e.Attempt, e.Code, e.Change, e.CallAt)),
        PayeeCalled e => a with { PayeeCall = e.Next },
        PayeeCorrected e => a with { Payee = e.Payee, PayeeAt = recorded.Number, PayeeCall = null },
        PayeeProposed e => a with { ProposedPayee = e.Payee, ProposedPayeeAt = recorded.Number, PayeeProposals = a.PayeeProposals + 1, PayeeCall = null },
        PayeeDecided e => a with
        {
            Payee = e.Accepted ? a.ProposedPayee : a.Payee,
            PayeeAt = e.Accepted ? a.ProposedPayeeAt : a.PayeeAt,
            ProposedPayee = null,
            ProposedPayeeAt = 0,
            PayeeCall = e.CallAt,
            Assignments = [.. a.Assignments.Where(x => x.Kind is not AssignmentKind.Payee)],
        },
        PaymentRetried e => Refresh(Change(a, e.Entitlement, x => x with { State = EntitlementState.Reserved, Attempt = e.Attempt })),
        RecoveryOpened => Recover(a, recorded) with { Status = Status.Recovering, Waiting = null },
        // An application that had come to its end has money to be asked back again.
        RecoveryOffsetUndone => Recover(a, recorded) with { Status = a.Final ? Status.Recovering : a.Status },
        RecoveryDropped or InstalmentsAgreed or RecoveryRepaid or RecoveryOffset or WriteOffProposed or WriteOffDecided or RecoveryCalled => Recover(a, recorded),
        RecoveryClosed => a with { Status = StatusOf(a) },
        HandOverSigned e => Change(a, e.Entitlement, x => x with
        {
            HandOver = new HandOver(recorded.Number, e.Kind, e.Receipt, e.Amount, e.Payer, e.Witness, recorded.At, HandOverState.Signed, e.CallAt, 0),
        }),
        HandOverHeld e => Change(a, e.Entitlement, x => x with { HandOver = x.HandOver! with { State = HandOverState.Held }, Heard = e.Change }),
        HandOverCalled e => Change(a, e.Entitlement, x => x with { HandOver = x.HandOver! with { Call = e.Next, Calls = x.HandOver.Calls + 1 } }),
        HandOverWitnessed e => Change(a, e.Entitlement, x => x with
        {
            HandOver = x.HandOver! with { State = HandOverState.Witnessed, EndedAt = recorded.At, EndedBy = e.Witness },
        }),
        HandOverRefused e => Change(a, e.Entitlement, x => x with { HandOver = x.HandOver! with { Refusers = [.. x.HandOver.Refusers, e.Witness], Call = e.CallAt } }),
        HandOverWitnessNamed e => Change(a, e.Entitlement, x => x with { HandOver = x.HandOver! with { Witness = e.Witness, Call = e.CallAt, Calls = 0 } }),
        HandOverDropped e => Change(a, e.Entitlement, x => x with
        {
            HandOver = x.HandOver! with { State = HandOverState.Dropped, EndedAt = recorded.At, EndedBy = e.Staff },
        }),
        _ => null,
    };

    /// <summary>Where the money stands, for an application whose route leaves nothing else to say.</summary>
    public static Status StatusOf(Application a)
    {
        if (a.Entitlements.Any(x => x.State is EntitlementState.Ordered))
            return Status.Paying;
        if (a.Entitlements.Any(x => x.Owed))
            return Status.AwaitingFunds;
        return a.Recurring is not null ? Status.Paying : Status.Paid;
    }

    private static Application Grant(Application a, EntitlementGranted e, Recorded recorded)
    {
        var before = a.Entitlements.FirstOrDefault(x => x.Id == e.Entitlement);
        var books = before?.Books ?? ChinaTime.DateOf(recorded.At).Year;
        var others = a.Entitlements.Where(x => x != before).ToList();
        var forgotten = others.Where(x => x.State is EntitlementState.Paid).SkipLast(KeptPeriods).ToList();
        var kept = others.Except(forgotten).ToList();
        return a with
        {
            Status = Status.AwaitingFunds,
            Recoveries = [.. a.Recoveries.Where(x => IsNeeded(a, x, kept))],
            Entitlements =
            [
                .. kept,
                new Entitlement(e.Entitlement, e.Period, e.Fund, e.Amount, recorded.At, recorded.Number, EntitlementState.Granted, books, 0, null, 0, null)
                {
                    HandOver = before?.HandOver, // It is in somebody's hands all the same.
                },
            ],
            Forgotten = Math.Max(a.Forgotten, forgotten.Select(x => x.Number).DefaultIfEmpty().Max()),
            Recurring = a.Recurring is { } recurring ? recurring with { Granted = recurring.Granted + 1, Next = e.Next ?? recurring.Next } : null,
        };
    }

    /// <summary>Not once it is settled, in the books too, and neither what was asked back nor what was kept back for it is remembered.</summary>
    private static bool IsNeeded(Application a, Recovery recovery, List<Entitlement> kept) =>
        recovery.Open
        || kept.Any(x => x.Id == recovery.Entitlement || recovery.Offsets.Any(offset => offset.Entitlement == x.Id))
        || a.Duties.Any(duty => duty is PostRecovery post && post.Recovery == recovery.Id);

    /// <summary>Once everything is paid there is nothing to wait for.</summary>
    private static Application Settle(Application a) =>
        a.Waiting is { Kind: WaitingKind.Funds } && a.Entitlements.All(x => !x.Owed) ? a with { Waiting = null } : a;

    private static Application Fail(Application a, string entitlement, string run, int attempt, string code, int change, DateTimeOffset? call) =>
        Change(a, entitlement, x => x with
        {
            State = x.State is EntitlementState.Cancelled ? EntitlementState.Cancelled : EntitlementState.Failed,
            Run = run,
            Attempt = attempt,
            Code = code,
            Heard = change,
            PaidAt = null,
            PayeeAt = 0,
        }) with { PayeeCall = call ?? a.PayeeCall };

    private static Application Remember(Application a, PaymentReturned e, DateTimeOffset at)
    {
        if (a.Entitlements.Any(x => x.Id == e.Entitlement))
            return a;
        var period = e.Entitlement[(a.Id.Length + 1)..];
        var forgotten = new Entitlement(
            e.Entitlement, period, e.Fund.Code, e.Amount, at, e.Grant, EntitlementState.Paid, e.Fund.Year, e.Fund.Year, e.Run, e.Attempt, null);
        return a with { Entitlements = [forgotten, .. a.Entitlements] };
    }

    /// <summary>A step of the route that goes on beside the money, and an end that came before it, keep their own status.</summary>
    private static Application Refresh(Application a) =>
        a.Status is Status.AwaitingFunds or Status.Paying or Status.Paid ? a with { Status = StatusOf(a) } : a;

    private static Application Change(Application a, string entitlement, Func<Entitlement, Entitlement> change) =>
        a with { Entitlements = [.. a.Entitlements.Select(x => x.Id == entitlement ? change(x) : x)] };

    private static Application Recover(Application a, Recorded recorded) => a with { Recoveries = RecoveryList.After(a.Recoveries, recorded) };
}
