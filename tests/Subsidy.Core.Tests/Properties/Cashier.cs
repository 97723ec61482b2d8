using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Funds;

namespace Subsidy.Core.Tests.Properties;

/// <summary>
/// The books, a careless finance office and a bank, beside one application: runs are formed, dropped, sent twice; answers come late,
/// twice or contradict each other; news is told late, twice or not at all.
/// </summary>
internal sealed class Cashier
{
    private static readonly string[] Codes = ["AC01", "AC04", "MS03", "BE01"];

    private readonly World _world;
    private readonly MemoryBooks _books = new();
    private readonly List<(FundKey Fund, FundCommand Command)> _past = [];
    private readonly List<Duty> _done = [];

    /// <summary>Whose account a run has written down, by run and entitlement.</summary>
    private readonly Dictionary<(string Run, string Entitlement), int> _payees = [];
    private int _runs;
    private int _entries;

    public Cashier(World world)
    {
        _world = world;
        _books.Breaks = _ =>
        {
            if (BreaksIn-- == 0)
                throw new IOException("The process died here.");
        };
    }

    /// <summary>Before or after so many more transactions whoever does them dies; null: nobody does.</summary>
    public int? BreaksIn { get; set; }

    private FundDesk Funds => new(_books, new At(_world));

    public DutyOutcome? Perform(Duty duty)
    {
        var became = new MoneyDuties(Funds, new YearEnd(_books, Funds)).PerformAsync(_world.A, duty, CancellationToken.None).GetAwaiter().GetResult();
        if (became is not null)
            _done.Add(duty);
        return became;
    }

    /// <summary>Something happens in the finance office or at the bank.</summary>
    public void Move(Random random)
    {
        if (Pick(random, Keys()) is not { Code: not null } key)
            return;
        switch (random.Next(14))
        {
            case < 2: Do(key, new Appropriate(Actor.Staff("fin"), $"e{_entries++}", new Money(random.Next(1, 20) * 50_000), "doc")); break;
            case 2: Do(key, new Appropriate(Actor.Staff("fin"), $"e{_entries++}", new Money(-random.Next(1, 20) * 50_000), "doc")); break;
            case < 5: Gather(key); break;
            case 5 when Held(key, PositionState.Gathered) is [var held, ..]: Do(key, new Scatter(held.Run!, [held.Entitlement])); break;
            case 6 or 7 when Held(key, PositionState.Gathered) is [var held, ..]: Commit(key, held, random); break;
            case < 10 when Pick(random, [.. _books.Of(key).Positions.Values.Where(x => x.Run is not null)]) is { } held:
                var code = random.Next(2) == 0 ? null : Codes[random.Next(Codes.Length)];
                Do(key, new Answer(held.Run!, [new BankAnswer(held.Entitlement, held.Attempt - (random.Next(5) == 0 ? 1 : 0), code)]));
                break;
            case 10 when _past.Count > 0:
                var (fund, command) = _past[random.Next(_past.Count)];
                Do(fund, command);
                break;
            case 11 when key.Year < ChinaTime.DateOf(_world.Now).Year:
                EndYear(key, random);
                break;
            case 13 when random.Next(2) == 0: Do(key, new AdvancePetty(Actor.Staff("fin"), $"e{_entries++}", new Money(random.Next(-2, 8) * 50_000), "voucher")); break;
            case 12 when Pick(random, _done) is { } done: // By a turn that had stood still and does not know that it was overtaken.
                Late(done);
                break;
            default: Tell(random); break;
        }
    }

    /// <summary>So that there is something to hand over.</summary>
    public void FillCashBox()
    {
        foreach (var key in Keys())
        {
            Do(key, new Appropriate(Actor.Staff("fin"), $"e{_entries++}", Money.FromYuan(50_000), "doc"));
            Do(key, new AdvancePetty(Actor.Staff("fin"), $"e{_entries++}", Money.FromYuan(20_000), "voucher"));
        }
    }

    private void EndYear(FundKey key, Random random)
    {
        BreaksIn = random.Next(2) == 0 ? random.Next(8) : null;
        var end = new YearEnd(_books, Funds);
        try
        {
            _ = (random.Next(2) == 0 ? end.CarryOverAsync(key, Actor.Engine, default) : end.ReleaseAsync(key, Actor.Engine, default)).GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // Whoever ended the year died, and left it as it was then.
        }
        BreaksIn = null;
    }

    private void Late(Duty done)
    {
        try
        {
            Perform(done);
        }
        catch (BusyException)
        {
            // On its way into the next year's books.
        }
    }

    /// <summary>Everybody does their work: money comes, everything due is paid and every application hears of it.</summary>
    /// <param name="random">Null: the bank pays all at once; otherwise it takes its time, and rejects or sends back some.</param>
    public void Work(Random? random = null)
    {
        foreach (var key in Keys())
        {
            foreach (var leaving in Held(key, PositionState.Leaving))
                _ = new YearEnd(_books, Funds).CarryAsync(key, leaving, Actor.Engine, CancellationToken.None).GetAwaiter().GetResult();
            Do(key, new Appropriate(Actor.Staff("fin"), $"e{_entries++}", Money.FromYuan(100_000), "doc"));
            Funds.ServeAsync(key, CancellationToken.None).GetAwaiter().GetResult();
            Gather(key);
            foreach (var held in Held(key, PositionState.Gathered))
                Commit(key, held, random);
            if (random is not null)
                Tell(random);
            foreach (var held in Held(key, PositionState.Committed))
                Answer(key, held, random);
        }
        Tell(random);
    }

    private void Answer(FundKey key, Position held, Random? random)
    {
        if (random?.Next(3) == 0)
            return; // Nothing is known yet.
        Do(key, new Answer(held.Run!, [new BankAnswer(held.Entitlement, held.Attempt, random?.Next(4) == 0 ? Codes[random.Next(Codes.Length)] : null)]));
        if (random?.Next(8) == 0)
            Do(key, new Answer(held.Run!, [new BankAnswer(held.Entitlement, held.Attempt, Codes[random.Next(Codes.Length)])]));
    }

    /// <summary>What must be true of the money at every moment.</summary>
    public void Check()
    {
        foreach (var key in Keys())
        {
            var fund = _books.Of(key).Fund;
            Assert.Equal([], LedgerCheck.Run(key, _books.Of(key).Entries, fund, _books.Of(key).Positions.Values).Select(fault => fault.What.En));
            Assert.Equal(0, fund.Balances.Values.Sum(balance => balance.Fen));
            Assert.All(fund.Balances.Where(balance => balance.Key is not Account.Budget), balance => Assert.True(balance.Value >= Money.Zero, $"{balance.Key}"));
        }
        foreach (var entries in Keys().SelectMany(key => _books.Of(key).Entries).GroupBy(entry => entry.Subject)) // Of all years.
        {
            var paid = entries.Sum(entry => entry.Kind switch { EntryKind.Settled or EntryKind.PettyPaid => entry.Amount.Fen, EntryKind.Returned => -entry.Amount.Fen, _ => 0 });
            var granted = _world.Stream.Select(recorded => recorded.Event).OfType<EntitlementGranted>().Where(e => e.Entitlement == entries.Key).ToList();
            // A single payment may be granted otherwise while the bank has it, and what is too much is asked back; a period is worth what it was.
            Assert.True(paid == 0 || granted.Count == 0 || granted.Any(e => e.Amount.Fen == paid), "Paid what was never granted.");
            Assert.True(_world.Setting.Scheme.Amount!.Schedule is Schedule.Once || granted.Count == 0 || paid <= granted[^1].Amount.Fen, "Paid more than was granted.");
            Assert.True(paid >= 0);
            Assert.True(entries.Count(entry => entry.Kind is EntryKind.Settled or EntryKind.PettyPaid) - entries.Count(entry => entry.Kind is EntryKind.Returned) <= 1, "Paid twice.");
        }
    }

    /// <summary>Once all is told, the application and the books say the same.</summary>
    public void Agree()
    {
        Tell(null);
        var untold = _world.A.Duties.Select(EntitlementOf).OfType<string>().ToHashSet();
        foreach (var entitlement in _world.A.Entitlements.Where(x => !untold.Contains(x.Id)))
        {
            var position = Keys().SelectMany(key => _books.Of(key).Positions.Values)
                .Where(x => x.Entitlement == entitlement.Id && x.State is not PositionState.CarriedOver)
                .MaxBy(x => (x.Grant, x.State is not (PositionState.Released or PositionState.Leaving), x.State is not PositionState.Released))!;
            // What the bank, or somebody, had in their hands when it was granted again goes its way as it was.
            Assert.True(entitlement.Amount == position.Amount || position.State is PositionState.Committed or PositionState.HandedOut);
            if (position.State is PositionState.Leaving)
                continue; // The next year's books will tell of it.
            Assert.Equal(entitlement.HandOver is { State: HandOverState.Held }, position.State is PositionState.HandedOut);
            Assert.True(entitlement.HandOver is not { State: HandOverState.Witnessed } || position is { State: PositionState.Paid, Run: null }, "Witnessed, and not paid.");
            Assert.True(Fits(entitlement.State, position.State), $"{entitlement.State} here, {position.State} in the books.");
            if (entitlement is { State: EntitlementState.Ordered } or { State: EntitlementState.Paid, Run: not null })
                Assert.Equal(_payees[(entitlement.Run!, entitlement.Id)], entitlement.PayeeAt);
        }
        foreach (var recovery in _world.A.Recoveries.Where(x => !untold.Contains(x.Entitlement)))
        {
            var position = _books.Of(recovery.Fund).Positions[recovery.Entitlement];
            Assert.Equal((recovery.Id, recovery.Outstanding), (position.Recovery, position.Owed));
            Assert.Equal(recovery.Offsets.Sum(offset => offset.Amount.Fen), position.Offset.Fen);
        }
        var known = _world.A.Entitlements.Select(x => x.Id).ToHashSet();
        // Whoever ended a year may have died once it stood in the next year's books.
        Assert.DoesNotContain(
            Keys().SelectMany(key => _books.Of(key).Positions.Values.Where(x => x.State is not PositionState.Leaving || !_books.Of(key with { Year = key.Year + 1 }).Positions.ContainsKey(x.Entitlement))),
            x => x.Open && !known.Contains(x.Entitlement) && !untold.Contains(x.Entitlement));
    }

    /// <summary>Of which the books, or the application, have yet to hear.</summary>
    private static string? EntitlementOf(Duty duty) => duty switch
    {
        ReserveFunds d => d.Entitlement,
        ReleaseFunds d => d.Entitlement,
        RetryPayment d => d.Entitlement,
        PostRecovery d => d.Entitlement,
        PostHandOver d => d.Entitlement,
        _ => null,
    };

    private static bool Fits(EntitlementState here, PositionState there) => here switch
    {
        EntitlementState.Granted => false,
        EntitlementState.Waiting => there is PositionState.Waiting,
        EntitlementState.Reserved => there is PositionState.Reserved or PositionState.Gathered or PositionState.HandedOut,
        EntitlementState.Ordered => there is PositionState.Committed,
        EntitlementState.Paid => there is PositionState.Paid,
        EntitlementState.Failed => there is PositionState.Failed,
        _ => there is PositionState.Committed or PositionState.HandedOut,
    };

    /// <param name="random">Null: everything is told, once.</param>
    private void Tell(Random? random)
    {
        for (var again = true; again; again = random is null && Untold().Count > 0)
        {
            foreach (var news in Untold())
            {
                if (random?.Next(4) == 0)
                    continue;
                // Now and then the application has asked meanwhile, and heard what the books say by then.
                var position = random?.Next(4) == 0 ? _books.Of(news.Fund).Positions[news.Position.Entitlement] : news.Position;
                _world.Do(new HearFunds(FundReport.Of(news.Fund, position)));
                if (random?.Next(4) != 0)
                    _books.HeardAsync(news.Fund, [news], CancellationToken.None).GetAwaiter().GetResult();
            }
        }
    }

    private void Gather(FundKey key)
    {
        var due = _books.Of(key).Positions.Values.Where(x => x.State is PositionState.Reserved).Select(x => x.Entitlement).Take(FundCommand.MostAtOnce).ToList();
        if (due.Count == 0)
            return;
        Do(key, new Gather($"run-{++_runs}", due));
        foreach (var entitlement in due)
            _payees[($"run-{_runs}", entitlement)] = _world.A.PayeeAt;
    }

    private void Commit(FundKey key, Position held, Random? random) => Do(
        key,
        new Commit(
            held.Run!, [held.Entitlement], [random?.Next(6) == 0 ? held.Attempt - 1 : held.Attempt], [_payees[(held.Run!, held.Entitlement)]]));

    private void Do(FundKey key, FundCommand command)
    {
        _past.Add((key, command));
        Funds.HandleAsync(key, command, CancellationToken.None).GetAwaiter().GetResult();
        Funds.ServeAsync(key, CancellationToken.None).GetAwaiter().GetResult();
    }

    private List<FundNews> Untold() => [.. Keys().SelectMany(key => _books.NewsAsync(key, CancellationToken.None).ToBlockingEnumerable())];

    private List<Position> Held(FundKey key, PositionState state) => [.. _books.Of(key).Positions.Values.Where(x => x.State == state)];

    private IReadOnlyList<FundKey> Keys() => _books.AllAsync(CancellationToken.None).GetAwaiter().GetResult();

    private static T? Pick<T>(Random random, IReadOnlyList<T> from) => from.Count == 0 ? default : from[random.Next(from.Count)];

    private sealed class At(World world) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => world.Now;
    }
}
