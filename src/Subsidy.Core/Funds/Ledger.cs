using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>Entries in the making: each is posted at once, so that the next rule sees what it leaves.</summary>
internal sealed class Ledger(FundView view, Actor actor, DateTimeOffset at)
{
    private readonly List<LedgerEntry> entries = [];
    private readonly Dictionary<string, Position> positions = [];
    private readonly List<string> news = [];

    public Fund Fund { get; set; } = view.Fund;

    /// <summary>A position as the rules before have left it: a command may name it twice.</summary>
    public Position? Find(string entitlement) =>
        positions.GetValueOrDefault(entitlement) ?? view.Positions.FirstOrDefault(position => position.Entitlement == entitlement);

    /// <exception cref="InvalidOperationException">The account has not so much: whoever posts must have looked.</exception>
    public void Post(EntryKind kind, string subject, Money amount, Account from, Account to, string? run = null, string? note = null, string? recovery = null)
    {
        if (amount <= Money.Zero)
            throw new InvalidOperationException($"{Fund.Key}: {kind} of {amount.Fen} fen for {subject}.");
        if (from is not Account.Budget && Fund.BalanceOf(from) < amount)
            throw new InvalidOperationException($"{Fund.Key}: {from} has not {amount.Fen} fen for {subject}.");
        var balances = new Dictionary<Account, Money>(Fund.Balances)
        {
            [from] = Fund.BalanceOf(from) - amount,
        };
        balances[to] = balances.GetValueOrDefault(to) + amount;
        Fund = Fund with { Balances = balances, PettyCash = Fund.PettyCash.With(kind, amount) };
        Add(new LedgerEntry(Fund.Version + 1, at, actor, kind, subject, amount, from, to, run, note, recovery));
    }

    /// <summary>An entry of the queue: no money moves.</summary>
    public void Note(EntryKind kind, string subject, Money amount) =>
        Add(new LedgerEntry(Fund.Version + 1, at, actor, kind, subject, amount, null, null, null, null));

    /// <param name="before">Null for a new one.</param>
    /// <param name="tell">Whether the application must hear of it; not when it is the one that asks.</param>
    public void Move(Position? before, Position after, bool tell)
    {
        positions[after.Entitlement] = after with { Change = Math.Max(before?.Change ?? 0, after.Change) + 1 };
        if (tell && !news.Contains(after.Entitlement))
            news.Add(after.Entitlement);
        Fund = Fund with
        {
            Waiting = Fund.Waiting + Count(after.State is PositionState.Waiting) - Count(before?.State is PositionState.Waiting),
            Open = Fund.Open + Count(after.Open) - Count(before?.Open is true),
            Schemes = SchemeTally.Moved(Fund.Schemes, before, after),
        };
    }

    public FundDecided Decided() => new(Fund, entries, [.. positions.Values], news, null);

    private void Add(LedgerEntry entry)
    {
        entries.Add(entry);
        Fund = Fund with { Version = entry.Number };
    }

    private static int Count(bool one) => one ? 1 : 0;
}
