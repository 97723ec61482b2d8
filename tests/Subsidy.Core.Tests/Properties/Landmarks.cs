using Subsidy.Core.Applications;

namespace Subsidy.Core.Tests.Properties;

/// <summary>What a walk has come by of re-checks, stops and appeals against them, and of what may become of money.</summary>
internal static class Landmarks
{
    public static IEnumerable<string> Of(IReadOnlyList<Recorded> stream)
    {
        var granted = new HashSet<string>();
        var paidAfterTheStop = new HashSet<string>();
        (bool Stopped, bool Dismissed) now = default;
        DateTimeOffset? resumed = null;
        var named = 0;
        foreach (var recorded in stream)
        {
            switch (recorded.Event)
            {
                case AmountSet { From: not null }:
                    yield return "changed";
                    break;
                case PayeeCorrected:
                    named = recorded.Number;
                    break;
                case PaymentOrdered e when e.PayeeAt < named:
                    yield return "ordered for the payee before";
                    break;
                case PaymentFailed:
                    yield return "rejected by the bank";
                    break;
                case PaymentReturned:
                    yield return "sent back by the bank";
                    break;
                case FundsCarriedOver:
                    yield return "carried over";
                    break;
                case FundsLapsed:
                    yield return "lapsed with the year";
                    break;
                case RecoveryDropped:
                    yield return "a claim made void";
                    break;
                case RecoveryOffsetUndone:
                    yield return "kept back and owed again";
                    break;
                case WriteOffDecided e:
                    yield return e.Accepted ? "written off" : "not written off";
                    break;
                case RecheckCalled { Staff: null }:
                    yield return "reported";
                    break;
                case RecheckCalled:
                    yield return "called";
                    break;
                case Assigned { Kind: AssignmentKind.Recheck, Round: > 1 }:
                    yield return "asked again";
                    break;
                case PaymentsStopped e:
                    now = (true, false);
                    paidAfterTheStop.Clear();
                    break;
                case Paid e when now.Stopped:
                    paidAfterTheStop.Add(e.Entitlement);
                    break;
                case AppealResolved e:
                    now.Dismissed = !e.Upheld;
                    yield return e.Upheld ? "upheld" : "dismissed";
                    break;
                case StopFinal when !now.Dismissed:
                    yield return "final in time";
                    break;
                case RecoveryOpened { Staff: null } when now.Stopped:
                    yield return "wanted back after all";
                    break;
                case RecoveryRaised:
                    yield return "the rest wanted back";
                    break;
                case EarlierPeriodsFound:
                    yield return "long paid and wanted back";
                    break;
                case PaymentsResumed e:
                    (now, resumed) = (default, recorded.At);
                    if (paidAfterTheStop.Any(entitlement => string.CompareOrdinal(entitlement[^7..], e.From) >= 0))
                        yield return "paid meanwhile";
                    break;
                case EntitlementGranted e:
                    if (!granted.Add(e.Entitlement))
                        yield return "given up and granted again";
                    else if (recorded.At == resumed)
                        yield return "missed and granted";
                    break;
            }
        }
    }
}
