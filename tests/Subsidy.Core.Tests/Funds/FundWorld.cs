using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

/// <summary>
/// A fund over three years, six entitlements and three pay runs, moved by random commands: duplicates, stale ones, ones out of order. It
/// keeps to one rule that the books cannot know: an application asks for its money in one year's books at a time.
/// </summary>
internal sealed class FundWorld
{
    private const int Years = 3;
    private const int Entitlements = 6;

    private readonly List<(FundKey Key, FundCommand Command)> _said = [];
    private readonly int[] _home = new int[Entitlements];
    private readonly int[] _grant = [.. Enumerable.Repeat(1, Entitlements)];
    private readonly FundDesk _desk;
    private readonly FundPromises _promises;
    private int _ids;

    public FundWorld()
    {
        _desk = new FundDesk(Memory, TimeProvider.System);
        _promises = new FundPromises(Memory, [.. Enumerable.Range(0, Years).Select(KeyOf)]);
    }

    public MemoryBooks Memory { get; } = new();

    public static FundKey KeyOf(int year) => new("relief", 2026 + year);

    public void Move(Choice choice)
    {
        if (_said.Count > 0 && choice.Of(6) == 0)
        {
            // Something that was said before, however long ago.
            var (key, command) = _said[choice.Of(_said.Count)];
            Do(key, command);
            return;
        }
        var who = choice.Of(Entitlements);
        var year = choice.Of(5) == 0 ? choice.Of(Years) : _home[who];
        var next = choice.Of(2) == 0 ? Draw(choice, year, who) : Forward(choice, year, who);
        if (next is Reserve or Release)
            year = _home[who];
        _said.Add((KeyOf(year), next));
        Do(KeyOf(year), next);
        // A caller that saw no answer asks again.
        Do(KeyOf(year), next, again: true);
    }

    /// <summary>Once there is money and everybody does their work, whoever is owed something has it.</summary>
    public void Finish()
    {
        List<string> all = [.. Enumerable.Range(0, Entitlements).Select(Id)];
        for (var year = 0; year < Years; year++)
        {
            var key = KeyOf(year);
            Do(key, Appropriate(100_000));
            for (var run = 0; run < 3; run++)
                Do(key, new Scatter($"run{run}", all));
            for (var round = 0; round < 2; round++)
            {
                foreach (var position in Memory.Of(key).Positions.Values.Where(position => position.State is PositionState.HandedOut).ToList())
                    Do(key, new PayFromPetty(Books.Administrator, position.Entitlement, position.HandOver, "receipt"));
                Do(key, new ServeQueue());
                Do(key, new Gather("last", all));
                Do(key, new Commit("last", all));
                foreach (var position in Memory.Of(key).Positions.Values.Where(position => position.State is PositionState.Committed).ToList())
                    Do(key, new Answer(position.Run!, [new BankAnswer(position.Entitlement, position.Attempt, null)]));
                foreach (var position in Memory.Of(key).Positions.Values.Where(position => position.State is PositionState.Failed).ToList())
                    Do(key, new Retry(position.Entitlement, position.Attempt));
            }
            // Closed books pay nothing more.
            foreach (var position in Memory.Of(key).Positions.Values.Where(position => position.State is PositionState.Failed).ToList())
                Do(key, new CarryOver(Books.Administrator, position.Entitlement));
            foreach (var position in Memory.Of(key).Positions.Values.Where(position => position.State is PositionState.Leaving).ToList())
                CarryIn(year, position);
            foreach (var position in Memory.Of(key).Positions.Values)
                Assert.Contains(position.State, new[] { PositionState.Paid, PositionState.Released, PositionState.Leaving, PositionState.CarriedOver });
        }
    }

    private static string SchemeOf(int who) => $"s{who % 2}";

    /// <summary>What would be next for this entitlement, if nothing came in between.</summary>
    private FundCommand Forward(Choice choice, int year, int who)
    {
        var id = Id(who);
        var position = Memory.Of(KeyOf(year)).Positions.GetValueOrDefault(id);
        switch (position?.State)
        {
            case PositionState.Waiting:
                return choice.Of(2) == 0 ? Appropriate(choice.Of(30)) : new ServeQueue();
            case PositionState.Reserved:
                return choice.Of(4) == 0 ? new HandOut(id, ++_ids) : new Gather($"run{choice.Of(3)}", [id]);
            case PositionState.HandedOut when choice.Of(4) == 0:
                return new TakeBack(id, position.HandOver);
            case PositionState.HandedOut:
                return new PayFromPetty(Books.Administrator, id, position.HandOver, "receipt");
            case PositionState.Gathered:
                return new Commit(position.Run!, [id], [Math.Max(1, position.Attempt - (choice.Of(4) == 0 ? 1 : 0))], [choice.Of(5)]);
            case PositionState.Committed:
                return new Answer(position.Run!, [new BankAnswer(id, position.Attempt, choice.Of(3) == 0 ? "AC04" : null)]);
            case PositionState.Failed:
                return new Retry(id, position.Attempt);
            case PositionState.Paid when position.Run is { } run && choice.Of(4) == 0:
                return new Answer(run, [new BankAnswer(id, position.Attempt, "AC04")]);
            case PositionState.Paid when position.Recovery is { } raised && choice.Of(4) == 0:
                return new RaiseClaim(Books.Administrator, raised, id, Money.FromYuan(1 + choice.Of(4))) { Number = ++_ids };
            case PositionState.Paid when position.Owed > Money.Zero:
                return new SettleClaim(
                    Books.Administrator, $"s{_ids++}", position.Recovery!, id, Money.FromYuan(1 + choice.Of(5)), (ClaimEnd)choice.Of(5), "document");
            case PositionState.Paid when position.Offset > Money.Zero:
                return new SettleClaim(
                    Books.Administrator, $"s{_ids++}", position.Recovery!, id, Money.FromYuan(1 + choice.Of(3)), ClaimEnd.OffsetUndone, "document");
            case PositionState.Paid when choice.Of(2) == 0:
                return new RaiseClaim(Books.Administrator, $"r{_ids++}", id, Money.FromYuan(1 + choice.Of(12)));
            case PositionState.Leaving:
                return CarryIn(year, position) ? new ConfirmArrival(Books.Administrator, id) : new ServeQueue();
            default:
                return new Reserve(id, SchemeOf(who), "v", Granted(who), new DateOnly(2026, 3, 1), _grant[who]);
        }
    }

    private FundCommand Draw(Choice choice, int year, int who)
    {
        var id = Id(who);
        List<string> some = [id, .. Enumerable.Range(0, choice.Of(4)).Select(_ => Id(choice.Of(Entitlements)))];
        var run = $"run{(choice.Of(3) == 0 ? choice.Of(3) : 0)}";
        var position = Memory.Of(KeyOf(year)).Positions.GetValueOrDefault(id);
        switch (choice.Of(17))
        {
            case 0:
                return Appropriate(choice.Of(40) - 10);
            case 1 or 2 or 3:
                if (Memory.Of(KeyOf(_home[who])).Positions.GetValueOrDefault(id) is { } known && choice.Of(known.State is PositionState.Released ? 2 : 12) == 0)
                    _grant[who]++;
                return new Reserve(id, SchemeOf(who), "v", Granted(who), new DateOnly(2026, 3, 1), _grant[who]) { Attempt = choice.Of(3) };
            case 4:
                return new Release(id, SchemeOf(who), "v", Granted(who), new DateOnly(2026, 3, 1), _grant[who], Tell: choice.Of(2) == 0);
            case 5:
                return new ServeQueue();
            case 6 or 7:
                return new Gather(run, some);
            case 8:
                return new Scatter(run, some);
            case 9 or 10:
                return new Commit(run, some);
            case 11 or 12:
                var current = position?.Run is { } mine && choice.Of(3) > 0 ? mine : run;
                return new Answer(current, [.. some.Select(one => new BankAnswer(
                    one, Math.Max(1, (Memory.Of(KeyOf(year)).Positions.GetValueOrDefault(one)?.Attempt ?? 1) - (choice.Of(4) == 0 ? 1 : 0)), choice.Of(2) == 0 ? null : "AC04"))]);
            case 13:
                return new Retry(id, Math.Max(1, (position?.Attempt ?? 1) - choice.Of(2)));
            case 14:
                return choice.Of(2) == 0
                    ? new AdvancePetty(Books.Administrator, $"p{_ids++}", Money.FromYuan(choice.Of(30) - 10), "voucher")
                    : HandOver(choice, id, position);
            case 15:
                return choice.Of(2) == 0
                    ? new RaiseClaim(Books.Administrator, $"r{choice.Of(4)}", id, Money.FromYuan(1 + choice.Of(12)))
                    : new SettleClaim(
                        Books.Administrator, $"s{_ids++}", choice.Of(3) > 0 ? position?.Recovery ?? "r1" : $"r{choice.Of(4)}", id, Money.FromYuan(1 + choice.Of(8)),
                        (ClaimEnd)choice.Of(5), "document");
            default:
                return AtYearEnd(choice, year, id, position);
        }
    }

    /// <summary>Signed for, witnessed or dropped: in any order, and now and then one that is long over.</summary>
    private FundCommand HandOver(Choice choice, string id, Position? position)
    {
        var known = Math.Max(0, (position?.HandOver ?? 0) - choice.Of(2));
        return choice.Of(4) switch
        {
            0 => new HandOut(id, known),
            1 => new HandOut(id, ++_ids),
            2 => new TakeBack(id, choice.Of(4) == 0 ? ++_ids : known),
            _ => new PayFromPetty(Books.Administrator, id, known, "receipt"),
        };
    }

    private FundCommand AtYearEnd(Choice choice, int year, string id, Position? position)
    {
        switch (choice.Of(9))
        {
            case 0 when choice.Of(3) == 0:
                return new CloseYear(Books.Administrator);
            case 1 or 2 or 3 when position is { State: PositionState.Leaving } && year + 1 < Years:
                return CarryIn(year, position) ? new ConfirmArrival(Books.Administrator, id) : new ServeQueue();
            case 4 or 5 when year + 1 < Years:
                return new CarryOver(Books.Administrator, id);
            default:
                return new ServeQueue();
        }
    }

    private bool CarryIn(int year, Position leaving)
    {
        var command = new CarryIn(Books.Administrator, leaving);
        if (year + 1 >= Years || Do(KeyOf(year + 1), command).Refusal is not null)
            return false;
        _said.Add((KeyOf(year + 1), command));
        Do(KeyOf(year + 1), command, again: true);
        for (var who = 0; who < Entitlements; who++)
            if (Id(who) == leaving.Entitlement)
                _home[who] = year + 1;
        return true;
    }

    private FundAnswer Do(FundKey key, FundCommand command, bool again = false)
    {
        var before = _promises.Before(key);
        // Nothing in memory waits for anything.
        var answer = _desk.HandleAsync(key, command, CancellationToken.None).GetAwaiter().GetResult();
        _promises.Check(before, key, command, answer, again);
        return answer;
    }

    private Appropriate Appropriate(long yuan) => new(Books.Administrator, $"a{_ids++}", Money.FromYuan(yuan), "document");

    private Money Granted(int who) => Money.FromYuan(3 + (2 * who) + _grant[who]);

    private static string Id(int who) => $"{(char)('a' + who)}-2026";
}

/// <summary>A drawn number, spent choice by choice.</summary>
internal sealed class Choice(ulong drawn)
{
    private ulong _left = drawn;

    public int Of(int count)
    {
        var chosen = (int)(_left % (ulong)count);
        _left /= (ulong)count;
        return chosen;
    }
}
