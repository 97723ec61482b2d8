namespace Subsidy.Core.Applications.Deciding;

internal static class Amounts
{
    /// <summary>Works out the amount again; it may depend on what a step has measured, and is unknown until each of those that applies has.</summary>
    public static void Refresh(Unfolding u)
    {
        if (u.Scheme.Amount is not { } rule || u.A.Entitlement is not null)
            return;
        var scope = u.Scope();
        var known = rule.Fen.Names
            .Where(name => name.StartsWith("measured.", StringComparison.Ordinal))
            .Select(name => u.Scheme.StepOf(name.Split('.')[1]))
            .All(step => u.A.Measured.ContainsKey(step.Key) || !(step.When?.Holds(scope) ?? true));
        if (!known)
            return;
        var amount = rule.Compute(scope);
        if (amount != u.A.Amount)
            u.Emit(new AmountSet(amount));
    }
}
