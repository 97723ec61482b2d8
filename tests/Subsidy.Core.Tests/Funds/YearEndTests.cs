using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using static Subsidy.Core.Tests.Funds.Books;

namespace Subsidy.Core.Tests.Funds;

public sealed class YearEndTests
{
    private static readonly FundKey Old = new("relief", 2026);
    private static readonly FundKey Next = new("relief", 2027);
    private static readonly FundKey AfterNext = new("relief", 2028);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>a is paid, b is set aside, c has come back, d and e wait, e before d.</summary>
    private static Books December()
    {
        var books = Paid().Do(
            Reserve("b-2026"), Reserve("c-2026"), new Gather("run", ["c-2026"]), new Commit("run", ["c-2026"]), Said("AC04", entitlement: "c-2026"),
            Reserve("e-2026", 300), Reserve("d-2026", 150));
        Assert.Equal(2, books.Fund.Waiting);
        return books;
    }

    private static YearEnd EndOf(Books books) => new(books.Memory, books.Desk);

    private static string State(Books books) => string.Join("; ", books.Memory.Of(Next).Positions.Values
        .OrderBy(position => position.Entitlement, StringComparer.Ordinal).Select(position => $"{position.Entitlement} {position.State} {position.Ticket}"));

    [Fact]
    public async Task What_is_open_is_carried_over_with_its_money_and_the_queue_keeps_its_order()
    {
        var books = December();
        var report = await EndOf(books).CarryOverAsync(Old, Administrator, Cancel);

        Assert.True(report.Closed);
        Assert.Equal((4, 0), (report.Moved, report.Left.Count));
        Assert.Equal("b-2026 Reserved 0; c-2026 Failed 0; d-2026 Waiting 2; e-2026 Waiting 1", State(books));
        Assert.Equal((200, 0), (books.Yuan(Account.CarriedOver), books.Yuan(Account.Reserved)));
        Assert.Equal(Core.Money.FromYuan(200), books.Memory.Of(Next).Fund.BalanceOf(Account.Reserved));
        Assert.Equal(4, books.Memory.Of(Next).News.Count);
    }

    [Fact]
    public async Task A_year_end_that_breaks_anywhere_is_finished_by_the_next_and_nothing_is_carried_twice()
    {
        var broken = 0;
        var struck = true;
        for (; struck; broken++)
        {
            var books = December();
            var (seen, strikeAt) = (0, broken);
            struck = false;
            books.Memory.Breaks = _ =>
            {
                if (seen++ == strikeAt)
                {
                    struck = true;
                    throw new IOException("Here the process died.");
                }
            };
            try
            {
                await EndOf(books).CarryOverAsync(Old, Administrator, Cancel);
            }
            catch (IOException)
            {
                // Whoever comes next begins from the start.
            }
            books.Memory.Breaks = _ => { };
            var report = await EndOf(books).CarryOverAsync(Old, Administrator, Cancel);

            Assert.True(report.Closed);
            Assert.Equal("b-2026 Reserved 0; c-2026 Failed 0; d-2026 Waiting 2; e-2026 Waiting 1", State(books));
            Assert.Equal(Core.Money.FromYuan(200), books.Memory.Of(Next).Fund.BalanceOf(Account.Reserved));
            foreach (var key in new[] { Old, Next })
                Assert.Empty(LedgerCheck.Run(key, books.Memory.Of(key).Entries, books.Memory.Of(key).Fund, books.Memory.Of(key).Positions.Values));
        }
        // Four promises of three steps and the closing, each with a before and an after; the last round broke nothing.
        Assert.Equal((4 * 3 * 2) + 2 + 1, broken);
    }

    [Fact]
    public async Task What_is_released_is_news_and_asks_the_next_years_books_under_the_same_grant()
    {
        var books = December();
        var report = await EndOf(books).ReleaseAsync(Old, Administrator, Cancel);

        Assert.True(report.Closed);
        Assert.Equal(300, books.Yuan(Account.Available) - 100);
        Assert.Equal(["b-2026", "c-2026", "d-2026", "e-2026"], books.News.Where(id => books.Position(id).State is PositionState.Released).Order());
        var answer = await books.Desk.HandleAsync(Next, Reserve("b-2026"), Cancel);
        Assert.Equal(PositionState.Waiting, answer.Find("b-2026")!.State);
        books.Ignored(Reserve("b-2026"));
    }

    /// <summary>The bank knows a payment by entitlement and attempt, whatever the year: no name is given twice.</summary>
    [Fact]
    public async Task What_was_released_after_attempts_is_tried_in_the_next_year_under_a_new_name()
    {
        var books = December();
        await EndOf(books).ReleaseAsync(Old, Administrator, Cancel);
        await books.Desk.HandleAsync(Next, Money(500), Cancel);
        var released = books.Position("c-2026");
        var answer = await books.Desk.HandleAsync(Next, Reserve("c-2026") with { Attempt = released.Attempt }, Cancel);
        Assert.NotEqual(released.EndToEndId, answer.Find("c-2026")!.EndToEndId);
    }

    [Fact]
    public async Task What_is_in_a_run_or_in_the_banks_hands_is_left_and_the_year_stays_open()
    {
        var books = December().Do(new Gather("two", ["b-2026"]));
        var report = await EndOf(books).CarryOverAsync(Old, Administrator, Cancel);
        Assert.False(report.Closed);
        Assert.Equal("b-2026", Assert.Single(report.Left).Position.Entitlement);

        books.Do(new Commit("two", ["b-2026"]));
        Assert.Equal("b-2026", Assert.Single((await EndOf(books).ReleaseAsync(Old, Administrator, Cancel)).Left).Position.Entitlement);
        books.Do(new Answer("two", [new BankAnswer("b-2026", 1, null)]));
        Assert.True((await EndOf(books).CarryOverAsync(Old, Administrator, Cancel)).Closed);
    }

    [Fact]
    public async Task What_stands_in_the_next_years_books_already_does_not_leave()
    {
        var books = December();
        await books.Desk.HandleAsync(Next, Reserve("b-2026"), Cancel);
        var report = await EndOf(books).CarryOverAsync(Old, Administrator, Cancel);
        Assert.Equal("b-2026", Assert.Single(report.Left).Position.Entitlement);
        Assert.Equal(PositionState.Reserved, books.Position("b-2026").State);
    }

    [Fact]
    public async Task What_comes_back_after_the_next_years_books_are_closed_too_goes_to_the_first_that_are_open()
    {
        var books = Paid();
        await EndOf(books).CarryOverAsync(Old, Administrator, Cancel);
        await EndOf(books).CarryOverAsync(Next, Administrator, Cancel);
        books.Do(Said("AC04"));

        Assert.Null(await EndOf(books).CarryAsync(Old, books.Position(), Administrator, Cancel));

        Assert.Equal(PositionState.CarriedOver, books.Position().State);
        Assert.Equal(PositionState.Failed, books.Memory.Of(AfterNext).Positions["a-2026"].State);
        foreach (var key in new[] { Old, Next, AfterNext })
            Assert.Empty(LedgerCheck.Run(key, books.Memory.Of(key).Entries, books.Memory.Of(key).Fund, books.Memory.Of(key).Positions.Values));
    }

    [Fact]
    public async Task What_left_for_books_that_were_closed_before_it_arrived_goes_on_to_the_next_and_arrives_once()
    {
        var books = new Books().Do(Money(500), Reserve());
        books.Do(new CarryOver(Administrator, "a-2026"));
        Assert.Null((await books.Desk.HandleAsync(Next, new CloseYear(Administrator), Cancel)).Refusal);

        Assert.True((await EndOf(books).CarryOverAsync(Old, Administrator, Cancel)).Closed);
        await books.Desk.HandleAsync(AfterNext, Release("a-2026"), Cancel);
        await EndOf(books).CarryOverAsync(AfterNext, Administrator, Cancel);
        Assert.True((await EndOf(books).CarryOverAsync(Old, Administrator, Cancel)).Closed);

        Assert.Empty(books.Memory.Of(Next).Positions);
        Assert.Equal(PositionState.Released, books.Memory.Of(AfterNext).Positions["a-2026"].State);
        Assert.Empty(books.Memory.Of(new FundKey("relief", 2029)).Positions);
    }

    [Fact]
    public async Task Who_waited_is_served_from_the_next_years_money()
    {
        var books = December();
        await books.Desk.HandleAsync(Next, Money(400), Cancel);
        await EndOf(books).CarryOverAsync(Old, Administrator, Cancel);
        Assert.Equal("b-2026 Reserved 0; c-2026 Failed 0; d-2026 Waiting 2; e-2026 Reserved 1", State(books));
    }
}
