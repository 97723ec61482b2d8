using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

public sealed class OpeningBooksTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static List<FundSource> Funds(long yuan) =>
    [
        new("relief", new Text("救助", "Relief"), new Debtor("d", "12345678", new FinancialInstitution("b")),
            [new FundOpening(2026, Core.Money.FromYuan(yuan), "No. 1"), new FundOpening(2027, Core.Money.FromYuan(yuan), "No. 2")]),
    ];

    [Fact]
    public async Task Every_year_gets_its_opening_once_and_the_books_win_over_a_file_that_is_changed_later()
    {
        var books = new Books();
        var opening = new OpeningBooks(books.Desk);
        Assert.Empty(await opening.OpenAsync(Funds(500), Cancel));
        Assert.Empty(await opening.OpenAsync(Funds(500), Cancel));
        Assert.Empty(await opening.OpenAsync(Funds(900), Cancel));

        Assert.Equal(500, books.Yuan(Account.Available));
        var entry = Assert.Single(books.Memory.Of(new FundKey("relief", 2027)).Entries);
        Assert.Equal((EntryKind.Appropriated, "opening-relief-2027", "No. 2"), (entry.Kind, entry.Subject, entry.Note));
    }

    [Fact]
    public async Task Who_waited_for_the_books_to_open_is_served()
    {
        var books = new Books().Do(Books.Reserve());
        await new OpeningBooks(books.Desk).OpenAsync(Funds(500), Cancel);
        Assert.Equal(PositionState.Reserved, books.Position().State);
    }

    [Fact]
    public async Task A_year_that_was_closed_without_an_opening_is_said()
    {
        var books = new Books().Do(new CloseYear(Books.Administrator));
        Assert.Single(await new OpeningBooks(books.Desk).OpenAsync(Funds(500), Cancel));
        Assert.Equal(0, books.Yuan(Account.Available));
    }
}
