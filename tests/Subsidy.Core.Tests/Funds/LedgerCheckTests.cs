using Subsidy.Core.Funds;
using static Subsidy.Core.Tests.Funds.Books;

namespace Subsidy.Core.Tests.Funds;

/// <summary>Books that were altered behind the decider's back: the check names the entry.</summary>
public sealed class LedgerCheckTests
{
    private static readonly FundKey Key = new("relief", 2026);

    /// <summary>1 appropriated, 2 reserved a, 3 queued b, 4 queued c, 5 appropriated, 6 reserved b, 7 reserved c, 8 committed a, 9 settled a.</summary>
    private static Books Lived() => new Books().Do(
        Money(100), Reserve(), Reserve("b-2026"), Reserve("c-2026"), Money(200, "more"), new ServeQueue(),
        new Gather("run", ["a-2026"]), new Commit("run", ["a-2026"]), Said(null));

    private static List<string> Faults(Books books, Func<List<LedgerEntry>, IEnumerable<LedgerEntry>> alter) =>
        [.. LedgerCheck.Run(Key, alter([.. books.Entries])).Select(fault => $"{fault.Number} {fault.What.En}")];

    private static IEnumerable<LedgerEntry> With(List<LedgerEntry> entries, int number, Func<LedgerEntry, LedgerEntry> alter) =>
        entries.Select(entry => entry.Number == number ? alter(entry) : entry);

    [Fact]
    public void Books_that_nobody_altered_are_sound()
    {
        var books = Lived();
        Assert.Empty(LedgerCheck.Run(Key, books.Entries, books.Fund, books.Memory.Of(Key).Positions.Values));
    }

    [Fact]
    public void A_missing_entry_is_named() =>
        Assert.Contains("3 relief-2026: Entry 2 is missing: 3 stands in its place.", Faults(Lived(), all => all.Where(entry => entry.Number != 2)));

    [Fact]
    public void An_entry_about_nothing_is_named() =>
        Assert.Contains(Faults(Lived(), all => With(all, 1, entry => entry with { Subject = "" })), fault => fault.StartsWith("1 ", StringComparison.Ordinal));

    [Fact]
    public void A_posting_to_the_wrong_account_is_named() =>
        Assert.Contains("9 relief-2026: Settled does not go from Committed to Petty.", Faults(Lived(), all => With(all, 9, entry => entry with { To = Account.Petty })));

    [Fact]
    public void An_account_below_zero_is_named() =>
        Assert.Contains(
            "6 relief-2026: Available is below zero: -50.00 yuan.", Faults(Lived(), all => With(all, 5, entry => entry with { Amount = Core.Money.FromYuan(50) })));

    [Fact]
    public void More_than_was_granted_is_named() =>
        Assert.Contains(
            "8 relief-2026: The amount is 150.00 yuan; 100.00 were granted.",
            Faults(Lived(), all => With(all, 8, entry => entry with { Amount = Core.Money.FromYuan(150) })));

    [Fact]
    public void A_second_payment_without_a_return_is_named()
    {
        var twice = Faults(Lived(), all => [.. all, all[7] with { Number = 10 }, all[8] with { Number = 11 }]);
        Assert.Contains("10 relief-2026: Committed does not follow from the entries before it for a-2026.", twice);
        Assert.Contains("11 relief-2026: Settled does not follow from the entries before it for a-2026.", twice);
    }

    [Fact]
    public void Who_was_served_past_somebody_who_waits_is_named() =>
        Assert.Contains(
            "6 relief-2026: c-2026 was served past b-2026, which waits.",
            Faults(Lived(), all => all.Select(entry => entry.Number is 6 or 7 ? entry with { Number = 13 - entry.Number } : entry).OrderBy(entry => entry.Number)));

    [Fact]
    public void A_head_and_positions_that_say_otherwise_are_named()
    {
        var books = Lived();
        var fund = books.Fund with { Waiting = 1, Open = 0, NextTicket = 9, Closed = true, Version = 8 };
        var positions = books.Memory.Of(Key).Positions.Values.Where(position => position.Entitlement != "c-2026").Select(position => position.Entitlement switch
        {
            "a-2026" => position with { State = PositionState.Reserved },
            _ => position with { Amount = Core.Money.FromYuan(1) },
        });
        Assert.Equal(
            [
                "relief-2026: The head counts 8 entries; there are 9.",
                "relief-2026: Of those who wait: should be 0; the head says 1.",
                "relief-2026: Of the next ticket: should be 3; the head says 9.",
                "relief-2026: Of whether the year is closed: should be 0; the head says 1.",
                "relief-2026: Of those neither paid nor given up: should be 2; the head says 0.",
                "relief-2026: Reserved of relief-fund should be 2 of 101.00 yuan; the head says 2 of 200.00.",
                "relief-2026: Paid of relief-fund should be 0 of 0.00 yuan; the head says 1 of 100.00.",
                "relief-2026: c-2026 has entries but no position.",
                "relief-2026: a-2026: it is Reserved; the entries say otherwise.",
                "relief-2026: b-2026: its amount is 1.00 yuan; the entries say 100.00.",
            ],
            LedgerCheck.Run(Key, books.Entries, fund, positions).Select(fault => fault.What.En));
        Assert.All(LedgerCheck.Run(Key, books.Entries, fund, positions), fault => Assert.NotEmpty(fault.What.Zh));
    }

    [Fact]
    public void More_that_is_undone_than_was_kept_back_is_named()
    {
        var books = Paid().Do(
            new RaiseClaim(Administrator, "r1", "a-2026", Core.Money.FromYuan(60)),
            new SettleClaim(Administrator, "s1", "r1", "a-2026", Core.Money.FromYuan(20), ClaimEnd.Offset, "a-2027"),
            new SettleClaim(Administrator, "s2", "r1", "a-2026", Core.Money.FromYuan(20), ClaimEnd.OffsetUndone, "a-2027"));
        Assert.Empty(Faults(books, all => all));
        var last = books.Entries[^1];
        Assert.Contains(
            Faults(books, all => [.. all, last with { Number = last.Number + 1 }]),
            fault => fault.StartsWith($"{last.Number + 1} relief-2026: OffsetUndone does not follow", StringComparison.Ordinal));
    }

    [Fact]
    public void A_claim_that_is_settled_beyond_its_rest_is_named()
    {
        var books = Paid().Do(
            new RaiseClaim(Administrator, "r1", "a-2026", Core.Money.FromYuan(60)),
            new SettleClaim(Administrator, "s1", "r1", "a-2026", Core.Money.FromYuan(60), ClaimEnd.Repaid, "slip 1"));
        var last = books.Entries[^1];
        Assert.Contains(
            Faults(books, all => [.. all, last with { Number = last.Number + 1 }]),
            fault => fault.StartsWith($"{last.Number + 1} relief-2026: Repaid does not follow", StringComparison.Ordinal));
    }
}
