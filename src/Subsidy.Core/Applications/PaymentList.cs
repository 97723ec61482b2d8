using Subsidy.Core.People;

namespace Subsidy.Core.Applications;

/// <summary>The payments of an application, told from its events: the head forgets periods that are long over.</summary>
public static class PaymentList
{
    /// <returns>Every period, in the order in which they were granted.</returns>
    public static IReadOnlyList<Payment> Of(IEnumerable<Recorded> events)
    {
        var payments = new Dictionary<string, Payment>(StringComparer.Ordinal);
        var order = new List<string>();
        var payee = (Payee: (Payee?)null, At: 0);
        var proposed = payee;
        var payees = new Dictionary<int, Payee?>();
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case Submitted e:
                    payee = (e.Form?.Payee, recorded.Number);
                    break;
                case Amended { Form: { } form } when form.Payee != payee.Payee:
                    payee = (form.Payee, recorded.Number);
                    break;
                case PayeeCorrected e:
                    payee = (e.Payee, recorded.Number);
                    break;
                case PayeeProposed e:
                    proposed = (e.Payee, recorded.Number);
                    break;
                case PayeeDecided { Accepted: true }:
                    payee = proposed;
                    break;
                case EntitlementGranted e:
                    if (!payments.ContainsKey(e.Entitlement))
                        order.Add(e.Entitlement);
                    payments[e.Entitlement] = new Payment(
                        e.Entitlement, e.Period, e.Fund, e.Amount, EntitlementState.Granted, recorded.At, null, null)
                    {
                        Kept = e.Kept?.Amount ?? Money.Zero,
                    };
                    break;
                case RecoveryOffsetUndone e:
                    payments[e.Entitlement] = payments[e.Entitlement] with { Kept = Money.Zero };
                    break;
                case FundsQueued e:
                    Move(e.Entitlement, EntitlementState.Waiting, recorded);
                    break;
                case FundsLapsed e:
                    Move(e.Entitlement, EntitlementState.Granted, recorded);
                    break;
                case FundsReserved e:
                    Move(e.Entitlement, EntitlementState.Reserved, recorded);
                    break;
                case PaymentOrdered e:
                    var ordered = Sent(e.PayeeAt);
                    Move(e.Entitlement, EntitlementState.Ordered, recorded, Mask(ordered.Payee), ordered.At);
                    break;
                case Paid e:
                    Pay(e, recorded);
                    break;
                case PaymentFailed e:
                    Fail(e.Entitlement, e.Code, recorded);
                    break;
                case PaymentReturned e:
                    Fail(e.Entitlement, e.Code, recorded);
                    break;
                case PaidShort e:
                    payments[e.Entitlement] = payments[e.Entitlement] with { Missing = e.Missing };
                    break;
                case PaymentRetried e:
                    Move(e.Entitlement, EntitlementState.Reserved, recorded);
                    break;
                case EntitlementCancelled e:
                    payments[e.Entitlement] = payments[e.Entitlement] with { State = EntitlementState.Cancelled, Since = recorded.At };
                    break;
            }
            payees[payee.At] = payee.Payee;
        }
        return [.. order.Select(id => payments[id]).Select(one => one is { Owed: true, Account: null } ? one with { Account = Mask(payee.Payee) } : one)];

        void Move(string entitlement, EntitlementState state, Recorded recorded, string? account = null, int payeeAt = 0) =>
            payments[entitlement] = payments[entitlement] with { State = state, Since = recorded.At, Account = account, PayeeAt = payeeAt, Code = null };

        // Another may have been named while the run was sending it.
        (Payee? Payee, int At) Sent(int payeeAt) => payeeAt != 0 ? (payees.GetValueOrDefault(payeeAt), payeeAt) : payee;

        // The books have the last word on the amount: it may have been granted anew, otherwise, while it was on its way.
        void Pay(Paid e, Recorded recorded)
        {
            var sent = payments[e.Entitlement];
            if (sent.PayeeAt == 0 || e.PayeeAt != 0)
                sent = sent with { Account = Mask(Sent(e.PayeeAt).Payee), PayeeAt = Sent(e.PayeeAt).At };
            payments[e.Entitlement] = sent with
            {
                State = EntitlementState.Paid, Since = recorded.At, Amount = e.Amount, Account = e.Run is null ? null : sent.Account, Code = null,
            };
        }

        void Fail(string entitlement, string code, Recorded recorded)
        {
            var failed = payments[entitlement] with { PayeeAt = 0, Missing = Money.Zero };
            payments[entitlement] = failed.State is EntitlementState.Cancelled
                ? failed
                : failed with { State = EntitlementState.Failed, Since = recorded.At, Code = code };
        }
    }

    /// <summary>An account that was taken in is sound; one that is not, from before a rule, shows nothing.</summary>
    private static string? Mask(Payee? payee) => BankAccount.TryParse(payee?.Account, out var account, out _) ? account.Masked : null;
}
