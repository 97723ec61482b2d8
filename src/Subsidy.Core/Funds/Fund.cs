namespace Subsidy.Core.Funds;

/// <summary>One fund-year as its ledger has left it. A fund-year that nobody has written to yet is empty, not missing.</summary>
/// <param name="Version">Number of the last ledger entry; 0 before the first.</param>
/// <param name="NextTicket">Number that the next entitlement to wait gets.</param>
/// <param name="Waiting">How many entitlements wait.</param>
/// <param name="Open">How many entitlements are neither paid nor given up: none must be left when the year is closed.</param>
/// <param name="Closed">The year is over: nothing new is reserved here.</param>
public sealed record Fund(
    FundKey Key, int Version, IReadOnlyDictionary<Account, Money> Balances, int NextTicket, int Waiting, int Open, bool Closed)
{
    public static Fund Empty(FundKey key) => new(key, 0, new Dictionary<Account, Money>(), NextTicket: 1, Waiting: 0, Open: 0, Closed: false);

    /// <summary>By scheme.</summary>
    public IReadOnlyDictionary<string, SchemeTally> Schemes { get; init; } = new Dictionary<string, SchemeTally>();

    /// <summary>What was claimed back, of all schemes together.</summary>
    public ClaimSums Claims => Schemes.Values.Aggregate(default(ClaimSums), (all, one) => all + one.Claims);

    public PettyCash PettyCash { get; init; } = PettyCash.None;

    /// <summary>Handed over out of the petty fund by one who has signed; it is not in the cash box any more, though in its account still.</summary>
    public Tally Unwitnessed => Of(PositionState.HandedOut);

    /// <summary>What should be found when the cash is counted.</summary>
    public Money CashBox => BalanceOf(Account.Petty) - Unwitnessed.Sum;

    /// <summary>Of the positions of all schemes in these states.</summary>
    public Tally Of(params ReadOnlySpan<PositionState> states)
    {
        var all = Tally.None;
        foreach (var scheme in Schemes.Values)
            all += scheme.Of(states);
        return all;
    }

    public Money BalanceOf(Account account) => Balances.GetValueOrDefault(account);

    /// <summary>What was appropriated so far, cuts taken off.</summary>
    public Money Appropriation => Money.Zero - BalanceOf(Account.Budget);

    public Money Available => BalanceOf(Account.Available);
}
