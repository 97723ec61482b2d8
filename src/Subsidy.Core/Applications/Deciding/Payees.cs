using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>The account that the money goes to, when it turns out to be wrong.</summary>
internal static class Payees
{
    /// <summary>How soon somebody is reminded of an account that is still missing.</summary>
    private static readonly Term Reminder = new(7, TermUnit.Days);
    private static readonly Term Decide = new(3, TermUnit.WorkingDays);
    private static readonly Term DecideReminder = new(1, TermUnit.WorkingDays);

    public static DateTimeOffset NextCall(Unfolding u) => u.After(Reminder).At;

    public static Refusal? Correct(Unfolding u, CorrectPayee c)
    {
        if (!u.Scheme.Payee || u.A.Final || (u.A.Recurring is null && u.A.Entitlements.All(x => !x.Owed)))
            return Refusal.Of(RefusalCode.MovedOn, "现在不需要更正收款账户。", "The account is not to be changed now.");
        if (u.A.Entitlements.Any(x => x.State is EntitlementState.Ordered))
            return Refusal.Of(RefusalCode.MovedOn, "款项正在发放，请等银行回复后再更正。", "The money is on its way; wait for the bank's answer.");
        if (u.A.ProposedPayee is not null)
            return Refusal.Of(RefusalCode.AlreadyDone, "新的收款人正在核实。", "The new payee is being checked.");
        var faults = FormCheck.Payee(u.Scheme, c.Payee);
        if (faults.Count > 0)
            return Refusal.Invalid(faults);
        if (c.Payee == u.A.Payee)
        {
            return Refusal.Invalid(new Fault("/payee/account", new Text(
                "与原来的收款账户相同，请填写正确的账户。", "This is the account that stands already; please enter the right one.")));
        }
        if (u.A.Payee is { } before && before.Name.Trim() != c.Payee.Name.Trim())
        {
            u.Emit(new PayeeProposed(c.Payee));
            var step = u.Scheme.Route.OfType<PayStep>().First(pay => pay.Key == PayStepOf(u));
            Assigning.OpenPayee(u, step, $"payee-{u.A.PayeeProposals}");
            return null;
        }
        u.Emit(new PayeeCorrected(c.Payee));
        RetryAll(u);
        return null;
    }

    public static void Decided(Unfolding u, Voted vote)
    {
        var accepted = vote.Decision is Decision.Approve;
        u.Emit(new PayeeDecided(accepted, vote.Staff, accepted || !Failed(u) ? null : NextCall(u)));
        if (accepted)
            RetryAll(u);
    }

    public static void Call(Unfolding u) => u.Emit(new PayeeCalled(Eligibility.Holders(u, u.Scheme.Oversight), NextCall(u)));

    public static void Retry(Unfolding u, string entitlement)
    {
        var failed = u.A.Entitlements.First(x => x.Id == entitlement);
        if (Granting.WorthOf(u, failed) is var worth && worth != failed.Tried)
            Granting.GrantAgain(u, failed, worth);
        else
            u.Emit(new PaymentRetried(entitlement, failed.Attempt + 1));
    }

    /// <summary>The time for confirming another payee: three working days, a reminder after two.</summary>
    public static (Term Within, Escalation Escalation) Terms(Unfolding u) =>
        (Decide, new Escalation(DecideReminder, u.Scheme.Oversight, DecideReminder));

    private static void RetryAll(Unfolding u)
    {
        foreach (var failed in u.A.Entitlements.Where(x => x.State is EntitlementState.Failed).ToList())
            Retry(u, failed.Id);
    }

    private static bool Failed(Unfolding u) => u.A.Entitlements.Any(x => x.State is EntitlementState.Failed);

    private static string PayStepOf(Unfolding u) =>
        u.A.Recurring?.Step
        ?? u.Scheme.Route.OfType<PayStep>().Select(step => step.Key).FirstOrDefault(key => key == u.A.Step || u.A.Passed.Contains(key))
        ?? u.Scheme.Route.OfType<PayStep>().First().Key;
}
