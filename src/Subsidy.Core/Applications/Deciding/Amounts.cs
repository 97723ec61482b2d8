using System.Text.Json.Nodes;

namespace Subsidy.Core.Applications.Deciding;

internal static class Amounts
{
    /// <summary>Works out the amount again, for as long as nothing has been granted.</summary>
    public static void Refresh(Unfolding u)
    {
        if (u.A.Entitlement is null && Of(u, u.A.Measured) is { } amount && amount != u.A.Amount)
            u.Emit(new AmountSet(amount));
    }

    /// <summary>Works it out again for the periods to come; what was granted stays as it is.</summary>
    public static void Renew(Unfolding u)
    {
        if (Of(u, u.A.Measured) is { } amount && amount != u.A.Amount)
            u.Emit(new AmountSet(amount, Period.At(u.Scheme.Amount!.Schedule, u.A.Recurring!.Next).Name, u.A.Amount));
    }

    /// <summary>It may depend on what steps have measured, and is unknown, null, until each of those that applies has.</summary>
    public static Money? Of(Unfolding u, JsonObject measured)
    {
        if (u.Scheme.Amount is not { } rule)
            return null;
        var scope = u.Scope(measured);
        var known = rule.Fen.Names
            .Where(name => name.StartsWith("measured.", StringComparison.Ordinal))
            .Select(name => u.Scheme.StepOf(name.Split('.')[1]))
            .All(step => measured.ContainsKey(step.Key) || !(step.When?.Holds(scope) ?? true));
        return known ? rule.Compute(scope) : null;
    }
}
