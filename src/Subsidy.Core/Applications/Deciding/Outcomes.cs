using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>Return, rejection and rectification: the ways off the straight route.</summary>
internal static class Outcomes
{
    public static void Return(Unfolding u, string step, IReadOnlyList<Missing> missing)
    {
        var due = u.After(u.Scheme.Correction.Within);
        u.Emit(new Returned(step, missing, due.At, due.Estimate, u.Before(due.At, u.Scheme.Correction.Warn)));
    }

    /// <param name="reasons">Administrative Licensing Law art. 38: a refusal states its reasons.</param>
    public static void Reject(Unfolding u, string step, IReadOnlyList<string> reasons)
    {
        CancelEntitlement(u);
        u.Emit(new Rejected(step, reasons, u.After(u.Scheme.Appeal.Within).At));
    }

    /// <summary>Whatever ends an application ends what it is still owed. What was paid is asked back where the end says so.</summary>
    public static void CancelEntitlement(Unfolding u)
    {
        foreach (var entitlement in u.A.Entitlements.Where(entitlement => entitlement.Owed).ToList())
            u.Emit(new EntitlementCancelled(entitlement.Id));
    }

    public static void Rectify(Unfolding u, DecisionStep step, IReadOnlyList<string> reasons)
    {
        var due = u.After(step.RectifyWithin ?? throw new InvalidOperationException($"Step {step.Key} has no time to put things right."));
        u.Emit(new RectificationOrdered(step.Key, reasons, due.At, due.Estimate, due.At));
    }
}
