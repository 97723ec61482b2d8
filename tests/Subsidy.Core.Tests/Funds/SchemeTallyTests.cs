using Subsidy.Core.Funds;
using static Subsidy.Core.Tests.Funds.Books;

namespace Subsidy.Core.Tests.Funds;

public sealed class SchemeTallyTests
{
    [Fact]
    public void The_head_counts_what_every_scheme_has_in_each_state()
    {
        var books = new Books().Do(Money(200), Reserve(), Reserve("b-2026"), Reserve("c-2026", 50));
        books.Do(new Gather("run", ["a-2026", "b-2026"]), new Commit("run", ["a-2026", "b-2026"]));
        books.Do(new Answer("run", [new BankAnswer("a-2026", 1, null), new BankAnswer("b-2026", 1, "AC01")]));
        books.Do(new RaiseClaim(Administrator, "r1", "a-2026", Core.Money.FromYuan(30)));

        var (name, tally) = Assert.Single(books.Fund.Schemes);

        Assert.Equal("relief-fund", name);
        Assert.Equal(new Tally(1, Core.Money.FromYuan(100)), tally.Of(PositionState.Paid));
        Assert.Equal(new Tally(1, Core.Money.FromYuan(100)), tally.Of(PositionState.Failed));
        Assert.Equal(new Tally(1, Core.Money.FromYuan(50)), tally.Of(PositionState.Waiting));
        Assert.Equal(new Tally(2, Core.Money.FromYuan(150)), tally.Of(PositionState.Failed, PositionState.Waiting));
        Assert.Equal(Tally.None, tally.Of(PositionState.Reserved, PositionState.Gathered, PositionState.Committed));
        Assert.Equal(Sums(owed: 30), tally.Claims);
    }

    [Fact]
    public void What_was_repaid_kept_back_and_written_off_is_counted_each_by_itself_through_one_claim_after_another()
    {
        var books = Paid();
        Claim(books, "r1", 60, (ClaimEnd.Repaid, 10), (ClaimEnd.Dropped, 50));
        Assert.Equal(Sums(repaid: 10), OnlyScheme(books).Claims);

        Claim(books, "r2", 40, (ClaimEnd.Repaid, 5), (ClaimEnd.WrittenOff, 35));
        Assert.Equal(Sums(repaid: 15, writtenOff: 35), OnlyScheme(books).Claims);

        Claim(books, "r3", 50, (ClaimEnd.Offset, 30), (ClaimEnd.OffsetUndone, 20), (ClaimEnd.Repaid, 7));
        Assert.Equal(Sums(owed: 33, repaid: 22, offset: 10, writtenOff: 35), OnlyScheme(books).Claims);
        Assert.Equal(Core.Money.FromYuan(32), books.Fund.Claims.Recovered);
        Assert.Equal(new Tally(1, Core.Money.FromYuan(100)), OnlyScheme(books).Of(PositionState.Paid));
        Assert.Empty(LedgerCheck.Run(books.Fund.Key, books.Entries, books.Fund, books.Memory.Of(books.Fund.Key).Positions.Values));
    }

    [Fact]
    public void What_the_bank_brings_back_while_it_is_claimed_was_not_recovered_from_anybody()
    {
        var books = Paid();
        Claim(books, "r1", 60);

        books.Do(Said("AC04"));

        Assert.Equal(Sums(), OnlyScheme(books).Claims);
    }

    [Fact]
    public void What_a_position_says_was_written_off_is_held_against_the_entries()
    {
        var books = Paid();
        Claim(books, "r1", 60, (ClaimEnd.WrittenOff, 60));
        var wrong = books.Position() with { WrittenOff = Core.Money.FromYuan(50) };

        Assert.Equal(
            [
                "relief-2026: What was claimed back under relief-fund should be 0.00 yuan outstanding, 10.00 repaid, 0.00 kept back, 50.00 written off; "
                    + "the head says 0.00 yuan outstanding, 0.00 repaid, 0.00 kept back, 60.00 written off.",
                "relief-2026: a-2026: what is claimed back does not agree with the entries.",
            ],
            LedgerCheck.Run(books.Fund.Key, books.Entries, books.Fund, [wrong]).Select(fault => fault.What.En));
    }

    private static SchemeTally OnlyScheme(Books books) => Assert.Single(books.Fund.Schemes).Value;

    private static ClaimSums Sums(long owed = 0, long repaid = 0, long offset = 0, long writtenOff = 0) =>
        new(Core.Money.FromYuan(owed), Core.Money.FromYuan(repaid), Core.Money.FromYuan(offset), Core.Money.FromYuan(writtenOff));

    private static void Claim(Books books, string recovery, long yuan, params (ClaimEnd End, long Yuan)[] then)
    {
        books.Do(new RaiseClaim(Administrator, recovery, "a-2026", Core.Money.FromYuan(yuan)));
        for (var i = 0; i < then.Length; i++)
            books.Do(new SettleClaim(Administrator, $"{recovery}-{i}", recovery, "a-2026", Core.Money.FromYuan(then[i].Yuan), then[i].End, "document"));
    }

    [Fact]
    public void A_figure_that_does_not_agree_with_the_positions_is_found()
    {
        var books = new Books().Do(Money(200), Reserve());
        var wrong = books.Fund with
        {
            Schemes = new Dictionary<string, SchemeTally>
            {
                ["relief-fund"] = new(new Dictionary<PositionState, Tally> { [PositionState.Reserved] = new(2, Core.Money.FromYuan(100)) }, Sums(owed: 1)),
            },
        };

        var faults = LedgerCheck.Run(wrong.Key, books.Entries, wrong, books.Memory.Of(wrong.Key).Positions.Values);

        Assert.Equal(
            [
                "relief-2026: What was claimed back should be 0.00 yuan outstanding, 0.00 repaid, 0.00 kept back, 0.00 written off; "
                    + "the head says 1.00 yuan outstanding, 0.00 repaid, 0.00 kept back, 0.00 written off.",
                "relief-2026: Reserved of relief-fund should be 1 of 100.00 yuan; the head says 2 of 100.00.",
                "relief-2026: What was claimed back under relief-fund should be 0.00 yuan outstanding, 0.00 repaid, 0.00 kept back, 0.00 written off; "
                    + "the head says 1.00 yuan outstanding, 0.00 repaid, 0.00 kept back, 0.00 written off.",
            ],
            faults.Select(fault => fault.What.En));
        Assert.Empty(LedgerCheck.Run(wrong.Key, books.Entries, books.Fund, books.Memory.Of(wrong.Key).Positions.Values));
    }
}
