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
        Assert.Equal(Core.Money.FromYuan(30), tally.Owed);
    }

    [Fact]
    public void A_figure_that_does_not_agree_with_the_positions_is_found()
    {
        var books = new Books().Do(Money(200), Reserve());
        var wrong = books.Fund with
        {
            Schemes = new Dictionary<string, SchemeTally>
            {
                ["relief-fund"] = new(new Dictionary<PositionState, Tally> { [PositionState.Reserved] = new(2, Core.Money.FromYuan(100)) }, new Core.Money(1)),
            },
        };

        var faults = LedgerCheck.Run(wrong.Key, books.Entries, wrong, books.Memory.Of(wrong.Key).Positions.Values);

        Assert.Equal(2, faults.Count);
        Assert.Contains("Reserved of relief-fund should be 1 of 100.00", faults[0].What.En, StringComparison.Ordinal);
        Assert.Empty(LedgerCheck.Run(wrong.Key, books.Entries, books.Fund, books.Memory.Of(wrong.Key).Positions.Values));
    }
}
