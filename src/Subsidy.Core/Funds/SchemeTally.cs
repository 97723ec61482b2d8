namespace Subsidy.Core.Funds;

/// <summary>How many, and how much together.</summary>
public sealed record Tally(int Count, Money Sum)
{
    public static readonly Tally None = new(0, Money.Zero);

    public static Tally operator +(Tally a, Tally b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new Tally(a.Count + b.Count, a.Sum + b.Sum);
    }

    internal Tally With(Money amount) => new(Count + 1, Sum + amount);

    internal Tally Without(Money amount) => new(Count - 1, Sum - amount);
}

/// <summary>
/// What a fund-year has for one scheme. Kept with every change, in the same transaction, so that nobody has to read all positions for a
/// figure.
/// </summary>
/// <param name="States">Of the positions in each state; states that have none may be missing.</param>
/// <param name="Claims">Of what was paid: claimed back.</param>
public sealed record SchemeTally(IReadOnlyDictionary<PositionState, Tally> States, ClaimSums Claims)
{
    public static readonly SchemeTally None = new(new Dictionary<PositionState, Tally>(), default);

    public Tally Of(params ReadOnlySpan<PositionState> states)
    {
        var all = Tally.None;
        foreach (var state in states)
            all += States.GetValueOrDefault(state, Tally.None);
        return all;
    }

    /// <summary>The tallies of all schemes after a position has changed.</summary>
    /// <param name="before">Null for a new one.</param>
    internal static IReadOnlyDictionary<string, SchemeTally> Moved(IReadOnlyDictionary<string, SchemeTally> tallies, Position? before, Position after)
    {
        var moved = new Dictionary<string, SchemeTally>(tallies, StringComparer.Ordinal);
        if (before is not null)
            moved[before.Scheme] = moved.GetValueOrDefault(before.Scheme, None).Changed(before, tally => tally.Without(before.Amount), default(ClaimSums) - before.Claims);
        moved[after.Scheme] = moved.GetValueOrDefault(after.Scheme, None).Changed(after, tally => tally.With(after.Amount), after.Claims);
        return moved;
    }

    private SchemeTally Changed(Position position, Func<Tally, Tally> change, ClaimSums claims) => new(
        new Dictionary<PositionState, Tally>(States) { [position.State] = change(States.GetValueOrDefault(position.State, Tally.None)) }, Claims + claims);
}
