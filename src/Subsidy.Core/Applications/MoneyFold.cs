using System.Text.Json.Nodes;
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
        EntitlementCancelled e => Refresh(GiveUp(Change(a, e.Entitlement, x => x with { State = EntitlementState.Cancelled }), e.Entitlement)),
        PaymentsBegun e => a with
        {
            Step = e.Step,
            Status = Status.Paying,
            Recurring = new Recurring(e.Step, e.Fund, e.Next, Granted: 0),
        },
        PaymentsStopped e => Refresh(Unasked(a) with
        {
            Recurring = null,
            Stopped = new StoppedState(a.Recurring!, e.Reason, e.Last, recorded.At, e.AppealUntil)
            {
                Recheck = a.Assignments.FirstOrDefault(x => x.Kind is AssignmentKind.Recheck) is { } open ? new CutOff(open.Key, open.Round) : null,
            },
            Intervened = Intervene(a, e.Staff),
            Assignments = [.. a.Assignments.Where(x => x.Kind is not AssignmentKind.Recheck)],
        }),
        StopFinal => Refresh(a with { Stopped = a.Stopped! with { AppealUntil = null, Recheck = null, GivenUp = [] } }),
        PaymentsResumed => Refresh(Unasked(a) with { Recurring = a.Stopped!.Before, Stopped = null }),
        RecheckCalled e => a with { Recurring = a.Recurring! with { Called = a.Recurring.Called + 1 }, Intervened = Intervene(a, e.Staff) },
        RecheckDecided e => Remeasure(a, e) with { Assignments = [.. a.Assignments.Where(x => x.Key != e.Assignment)] },
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
            State = EntitlementState.Granted, Books = e.Fund.Year + 1, Year = 0, Heard = 0, Run = null, PaidAt = null, PayeeAt = 0,
            Attempt = Math.Max(x.Attempt, e.Attempt),
        }),
        FundsReleased e => a with
        {
            Attempts = new Dictionary<string, int>(a.Attempts)
            {
                [e.Entitlement] = Math.Max(e.Attempt, a.Entitlements.FirstOrDefault(x => x.Id == e.Entitlement)?.Attempt ?? 0),
            },
            Entitlements = [.. a.Entitlements.Where(x => x.Id != e.Entitlement)],
        },
        PaymentOrdered e => Refresh(
            Change(a, e.Entitlement, x => x with
            {
                State = EntitlementState.Ordered, Run = e.Run, Attempt = e.Attempt, Code = null, Heard = e.Change, PayeeAt = e.PayeeAt != 0 ? e.PayeeAt : a.PayeeAt,
            })),
        Paid e => Refresh(Settle(Change(a, e.Entitlement, x => x with
        {
            State = EntitlementState.Paid, Amount = e.Amount, Run = e.Run, Attempt = e.Attempt, Code = null, Heard = e.Change, PaidAt = recorded.At,
            PayeeAt = e.PayeeAt != 0 ? e.PayeeAt : x.PayeeAt != 0 ? x.PayeeAt : a.PayeeAt,
        }))),
        PaidShort => a, // People see to it.
        PaymentFailed e => Refresh(Fail(a, e.Entitlement, e.Run, e.Attempt, e.Code, e.Change, e.CallAt, e.Amount)),
        PaymentReturned e => Refresh(Fail(Remember(a, e, recorded.At), e.Entitlement, e.Run, e.Attempt, e.Code, e.Change, e.CallAt, e.Amount)),
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
        RecoveryOpened or RecoveryRaised => Recover(a, recorded) with { Status = Status.Recovering, Waiting = null },
        // An application that had come to its end has money to be asked back again.
        RecoveryOffsetUndone e => Recover(Change(a, e.Entitlement, x => x with { Kept = Money.Zero, Undone = x.Undone + e.Amount }), recorded) with
        {
            Status = a.Final ? Status.Recovering : a.Status,
        },
        EarlierPeriodsFound or RecoveryDropped or InstalmentsAgreed or RecoveryRepaid or RecoveryOffset or WriteOffProposed or WriteOffDecided or RecoveryCalled => Recover(a, recorded),
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
        return a switch
        {
            { Recurring: not null } => Status.Paying,
            { Stopped.AppealUntil: not null } => Status.Suspended,
            _ => Status.Paid,
        };
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
            Recoveries = [.. a.Recoveries.Where(x => IsNeeded(a, x, [.. kept.Select(one => one.Id), e.Entitlement]))],
            Attempts = new Dictionary<string, int>(a.Attempts.Where(x => x.Key != e.Entitlement)),
            Entitlements =
            [
                .. kept,
                new Entitlement(
                    e.Entitlement, e.Period, e.Fund, e.Amount, recorded.At, recorded.Number, EntitlementState.Granted, books, 0, null,
                    before?.Attempt ?? a.Attempts.GetValueOrDefault(e.Entitlement), before?.Code)
                {
                    HandOver = before?.HandOver, // It is in somebody's hands all the same.
                    Kept = e.Kept?.Amount ?? Money.Zero,
                },
            ],
            Forgotten = Math.Max(a.Forgotten, forgotten.Select(x => x.Number).DefaultIfEmpty().Max()),
            // A period that is granted again was counted before.
            Recurring = a.Recurring is { } recurring && e.Next > recurring.Next ? recurring with { Granted = recurring.Granted + 1, Next = e.Next.Value } : a.Recurring,
        };
    }

    /// <summary>Not once it is settled, in the books too, and neither what was asked back nor what was kept back for it is remembered.</summary>
    private static bool IsNeeded(Application a, Recovery recovery, List<string> kept) =>
        recovery.Open
        || kept.Any(id => id == recovery.Entitlement || recovery.Offsets.Any(offset => offset.Entitlement == id))
        || a.Duties.Any(duty => duty is PostRecovery post && post.Recovery == recovery.Id);

    /// <summary>A stop that is set aside owes what it has given up. What is, or was, claimed back has been decided apart from it.</summary>
    private static Application GiveUp(Application a, string entitlement)
    {
        if (a.Stopped is not { AppealUntil: not null } stopped || a.Recoveries.Any(x => x.Entitlement == entitlement))
            return a;
        var given = a.Entitlements.First(x => x.Id == entitlement);
        return a with
        {
            Stopped = stopped with
            {
                GivenUp = [.. stopped.GivenUp.Where(other => other.Period != given.Period), new GivenUp(given.Period, given.Amount + given.Kept + given.Undone)],
            },
        };
    }

    /// <summary>What a re-check has measured stands for the step from here on, where payments go on by it.</summary>
    private static Application Remeasure(Application a, RecheckDecided e)
    {
        if (!a.Measured.ContainsKey(e.Assignment))
            return a;
        var measured = (JsonObject)a.Measured.DeepClone();
        var anew = measured[e.Assignment];
        measured.Remove(e.Assignment);
        if (e.Remeasured is { } step)
            measured[step] = anew;
        return a with { Measured = measured };
    }

    private static IReadOnlyList<string> Intervene(Application a, string? staff) =>
        staff is null || a.Intervened.Contains(staff) ? a.Intervened : [.. a.Intervened, staff];

    /// <summary>Nobody waits for the fund, or they are about to say so anew.</summary>
    private static Application Unasked(Application a) => a.Waiting is { Kind: WaitingKind.Funds } ? a with { Waiting = null } : a;

    /// <summary>Once everything is paid there is nothing to wait for.</summary>
    private static Application Settle(Application a) =>
        a.Waiting is { Kind: WaitingKind.Funds } && a.Entitlements.All(x => !x.Owed) ? a with { Waiting = null } : a;

    private static Application Fail(Application a, string entitlement, string run, int attempt, string code, int change, DateTimeOffset? call, Money amount) =>
        Change(a, entitlement, x => x with
        {
            State = x.State is EntitlementState.Cancelled ? EntitlementState.Cancelled : EntitlementState.Failed,
            Run = run,
            Attempt = attempt,
            Code = code,
            Heard = change,
            PaidAt = null,
            PayeeAt = 0,
            Tried = amount,
        }) with { PayeeCall = call ?? a.PayeeCall };

    private static Application Remember(Application a, PaymentReturned e, DateTimeOffset at)
    {
        if (a.Entitlements.Any(x => x.Id == e.Entitlement))
            return a;
        var period = e.Entitlement[(a.Id.Length + 1)..];
        var kept = new Money(a.Recoveries.SelectMany(x => x.Offsets).Where(offset => offset.Entitlement == e.Entitlement).Sum(offset => offset.Amount.Fen));
        var forgotten = new Entitlement(
            e.Entitlement, period, e.Fund.Code, e.Amount, at, e.Grant, EntitlementState.Paid, e.Fund.Year, e.Fund.Year, e.Run, e.Attempt, null)
        {
            Kept = kept,
            Undone = e.Kept > kept ? e.Kept - kept : Money.Zero,
        };
        return a with { Entitlements = [forgotten, .. a.Entitlements] };
    }

    /// <summary>A step of the route that goes on beside the money, and an end that came before it, keep their own status.</summary>
    private static Application Refresh(Application a) =>
        a.Status is Status.AwaitingFunds or Status.Paying or Status.Suspended or Status.Paid ? a with { Status = StatusOf(a) } : a;

    private static Application Change(Application a, string entitlement, Func<Entitlement, Entitlement> change) =>
        a with { Entitlements = [.. a.Entitlements.Select(x => x.Id == entitlement ? change(x) : x)] };

    private static Application Recover(Application a, Recorded recorded) => a with { Recoveries = RecoveryList.After(a.Recoveries, recorded) };
}
