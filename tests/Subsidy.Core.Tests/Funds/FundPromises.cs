using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

/// <summary>What must hold after every command, by its own account from the entries.</summary>
internal sealed class FundPromises(MemoryBooks memory, IReadOnlyList<FundKey> keys)
{
    public sealed record Snapshot(int Turn, Fund Fund, IReadOnlyDictionary<string, Position> Positions, int Entries);

    public Snapshot Before(FundKey key)
    {
        var year = memory.Of(key);
        return new Snapshot(year.Turn, year.Fund, new Dictionary<string, Position>(year.Positions), year.Entries.Count);
    }

    public void Check(Snapshot before, FundKey key, FundCommand command, FundAnswer answer, bool again)
    {
        var year = memory.Of(key);
        if (answer.Refusal is not null || again)
            Assert.True(before.Turn == year.Turn, $"{(again ? "The repeated" : "The refused")} {command} has changed something.");
        foreach (var (account, balance) in year.Fund.Balances)
            Assert.True(account is Account.Budget || balance >= Money.Zero, $"{account} is {balance} after {command}.");
        Assert.Equal(0, year.Fund.Balances.Values.Sum(balance => balance.Fen));
        Assert.Equal([], LedgerCheck.Run(key, year.Entries, year.Fund, year.Positions.Values).Select(fault => $"{fault.Number} {fault.What.En} after {command}"));
        Queue(before, year);
        if (command is ServeQueue && answer.Refusal is null && Waiting(year.Positions).FirstOrDefault() is { } first)
            Assert.True(first.Amount > year.Fund.Available, $"{first} waits although there is money.");
        if (command is AdvancePetty { Amount.Fen: > 0 } && before.Fund.Waiting > 0)
            Assert.True(before.Turn == year.Turn, "The petty fund has taken money that others wait for.");
        Late(before, year, command);
        Claimed(year);
        PaidOnce();
        Carried();
    }

    /// <summary>
    /// What comes late changes nothing: an order for a grant that was given up, a run that was approved for an attempt before this one, the
    /// bank's word on one.
    /// </summary>
    private static void Late(Snapshot before, MemoryBooks.Year year, FundCommand command)
    {
        switch (command)
        {
            case Reserve late when before.Positions.GetValueOrDefault(late.Entitlement) is { } known && known.Grant >= late.Grant:
                Assert.Equal(before.Turn, year.Turn);
                break;
            case Commit { Attempts: { } attempts, Payees: { } payees } run:
                Assert.All(
                    run.Ordered.Select((entitlement, i) => (After: year.Positions.GetValueOrDefault(entitlement), Attempt: attempts[i], Payee: payees[i]))
                        .Where(one => one.After is not null && before.Positions[one.After.Entitlement] != one.After),
                    one => Assert.Equal((PositionState.Committed, one.Attempt, one.Payee), (one.After!.State, one.After.Attempt, one.After.PayeeAt)));
                break;
            case Answer said:
                Assert.All(
                    before.Positions.Values.Where(position => year.Positions[position.Entitlement] != position),
                    position => Assert.Contains(said.Answers, answer =>
                        answer.Entitlement == position.Entitlement && answer.Attempt == position.Attempt && said.Run == position.Run));
                break;
        }
    }

    /// <summary>What was recovered and what was not is, scheme by scheme, what the entries say of its entitlements; together it is what the accounts say.</summary>
    private static void Claimed(MemoryBooks.Year year)
    {
        var schemes = year.Positions.Values.ToDictionary(position => position.Entitlement, position => position.Scheme);
        foreach (var (scheme, tally) in year.Fund.Schemes)
        {
            var entries = year.Entries.Where(entry => schemes.GetValueOrDefault(entry.Subject) == scheme).ToList();
            Assert.Equal(
                new ClaimSums(
                    Into(entries, Account.Receivable), Of(entries, EntryKind.Repaid), Of(entries, EntryKind.Offset) - Of(entries, EntryKind.OffsetUndone),
                    Into(entries, Account.WrittenOff)),
                tally.Claims);
        }
        Assert.Equal(
            (year.Fund.BalanceOf(Account.Receivable), year.Fund.BalanceOf(Account.WrittenOff)), (year.Fund.Claims.Owed, year.Fund.Claims.WrittenOff));
    }

    private static Money Into(List<LedgerEntry> entries, Account account) => new(
        entries.Where(entry => entry.To == account).Sum(entry => entry.Amount.Fen) - entries.Where(entry => entry.From == account).Sum(entry => entry.Amount.Fen));

    private static Money Of(List<LedgerEntry> entries, EntryKind kind) => new(entries.Where(entry => entry.Kind == kind).Sum(entry => entry.Amount.Fen));

    /// <summary>Who was served stood at the head of the queue; whoever came new was served only when nobody stood there.</summary>
    private static void Queue(Snapshot before, MemoryBooks.Year year)
    {
        var queue = Waiting(before.Positions).Select(position => position.Entitlement).ToList();
        foreach (var entry in year.Entries.Skip(before.Entries))
        {
            switch (entry.Kind)
            {
                case EntryKind.Reserved when queue.Count > 0:
                    Assert.Equal(queue[0], entry.Subject);
                    queue.RemoveAt(0);
                    break;
                case EntryKind.Unqueued or EntryKind.CarriedOver:
                    queue.Remove(entry.Subject);
                    break;
                case EntryKind.Queued:
                    queue.Add(entry.Subject);
                    break;
            }
        }
        Assert.Equal(queue, Waiting(year.Positions).Select(position => position.Entitlement));
        Assert.Equal(queue.Count, year.Fund.Waiting);
    }

    private void PaidOnce()
    {
        foreach (var entries in keys.SelectMany(key => memory.Of(key).Entries).GroupBy(entry => entry.Subject))
        {
            var times = entries.Count(entry => entry.Kind is EntryKind.Settled or EntryKind.PettyPaid) - entries.Count(entry => entry.Kind is EntryKind.Returned);
            Assert.True(times is 0 or 1, $"{entries.Key} was paid {times} times.");
        }
        foreach (var ended in keys.SelectMany(key => memory.Of(key).Positions.Values).Where(position => position.State is PositionState.Paid))
        {
            var paid = keys.SelectMany(key => memory.Of(key).Entries).Where(entry => entry.Subject == ended.Entitlement).Sum(entry =>
                entry.Kind is EntryKind.Settled or EntryKind.PettyPaid ? entry.Amount.Fen : entry.Kind is EntryKind.Returned ? -entry.Amount.Fen : 0);
            Assert.Equal(ended.Amount.Fen, paid);
        }
    }

    /// <summary>What has left one year's books is in the next year's, or on its way.</summary>
    private void Carried()
    {
        var out_ = keys.SelectMany(key => memory.Of(key).Entries).Where(entry => entry is { Kind: EntryKind.CarriedOver, To: not null }).Sum(entry => entry.Amount.Fen);
        var in_ = keys.SelectMany(key => memory.Of(key).Entries).Where(entry => entry.Kind is EntryKind.CarriedIn).Sum(entry => entry.Amount.Fen);
        var onTheWay = keys.SelectMany(key => memory.Of(key).Positions.Values.Select(position => (Key: key, Position: position)))
            .Where(one => one.Position is { State: PositionState.Leaving, LeftAs: not PositionState.Waiting } && !Arrived(one.Key, one.Position.Entitlement))
            .Sum(one => one.Position.Amount.Fen);
        Assert.Equal(out_, in_ + onTheWay);
    }

    private bool Arrived(FundKey key, string entitlement) =>
        memory.Of(key with { Year = key.Year + 1 }).Entries.Any(entry => entry.Kind is EntryKind.CarriedIn && entry.Subject == entitlement);

    private static IEnumerable<Position> Waiting(IReadOnlyDictionary<string, Position> positions) =>
        positions.Values.Where(position => position.State is PositionState.Waiting).OrderBy(position => position.Ticket);
}
