namespace Subsidy.Core.Applications.Deciding;

internal static class Amounts
{
    /// <summary>Works out the amount again; it may depend on what a step has measured, and is unknown until then.</summary>
    public static void Refresh(Unfolding u)
    {
        if (u.Scheme.Amount is not { } rule || u.A.Entitlement is not null)
            return;
        var known = rule.Fen.Names
            .Where(name => name.StartsWith("measured.", StringComparison.Ordinal))
            .All(name => u.A.Measured.ContainsKey(name.Split('.')[1]));
        if (!known)
            return;
        var amount = rule.Compute(u.Scope());
        if (amount != u.A.Amount)
            u.Emit(new AmountSet(amount));
    }
}
