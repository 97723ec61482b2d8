using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Funds;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Engine;

public class FundNewsDeliveryTests
{
    private static readonly FundKey Relief = new("relief", 2026);
    private static readonly FundKey Roads = new("roads", 2026);

    private readonly MemoryBooks _books = new();
    private readonly DeafStreams _streams = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_that_cannot_be_told_keeps_nobody_else_from_hearing()
    {
        await WaitAsync(Relief, "a", "b", "c");
        await AppropriateAsync(Relief);
        _streams.Broken.Add("a");

        var failure = await Assert.ThrowsAsync<FundTendingException>(() => Delivery().TendAsync(Relief, Cancel));

        Assert.Equal(Relief, failure.Key);
        Assert.Equal(["a", "b", "c"], _streams.Asked);
        Assert.Equal(["a-2026"], _books.Of(Relief).News.Keys);
    }

    [Fact]
    public async Task A_fund_year_with_trouble_keeps_no_other_from_being_tended_and_is_named_at_the_end()
    {
        await WaitAsync(Relief, "a");
        await WaitAsync(Roads, "b");
        await AppropriateAsync(Relief);
        await AppropriateAsync(Roads);
        _books.Breaks = key => _ = key == Relief ? throw new IOException("The storage is down.") : key;

        var failures = await Assert.ThrowsAsync<AggregateException>(() => Delivery().TendAsync(Cancel));

        Assert.Equal(Relief, Assert.IsType<FundTendingException>(Assert.Single(failures.InnerExceptions)).Key);
        Assert.Equal(["b"], _streams.Asked);
        Assert.Equal(PositionState.Reserved, _books.Of(Roads).Positions["b-2026"].State);
    }

    [Fact]
    public async Task What_was_told_is_counted_and_not_told_again()
    {
        await WaitAsync(Relief, "a", "b");
        await AppropriateAsync(Relief);

        Assert.Equal(2, await Delivery().TendAsync(Cancel));
        Assert.Equal(0, await Delivery().TendAsync(Cancel));
    }

    [Fact]
    public async Task More_than_is_taken_off_the_books_at_once_is_all_told()
    {
        List<string> all = [.. Enumerable.Range(0, 250).Select(n => $"a{n}")];
        await WaitAsync(Relief, [.. all]);
        await new FundDesk(_books, TimeProvider.System).HandleAsync(Relief, Books.Money(1_000_000), Cancel);

        Assert.Equal(250, await Delivery().TendAsync(Cancel));

        Assert.Equal(all.Order(), _streams.Asked.Order());
        Assert.Empty(_books.Of(Relief).News);
    }

    [Fact]
    public async Task The_bell_rings_for_news_and_while_somebody_waits_and_for_nothing_else()
    {
        var bell = new Bell();
        var desk = new FundDesk(_books, TimeProvider.System, bell);

        await desk.HandleAsync(Roads, new ServeQueue(), Cancel);
        await desk.HandleAsync(Relief, Books.Money(500), Cancel);
        await desk.HandleAsync(Relief, Books.Reserve(), Cancel);
        await desk.HandleAsync(Relief, new Gather("run", ["a-2026"]), Cancel);
        Assert.Empty(bell.Rung);

        await desk.HandleAsync(Relief, new Commit("run", ["a-2026"]), Cancel);
        Assert.Equal([Relief], bell.Rung);
        await desk.HandleAsync(Relief, new Commit("run", ["a-2026"]), Cancel);
        Assert.Equal([Relief], bell.Rung);
        await desk.HandleAsync(Relief, Books.Reserve("b-2026", yuan: 600), Cancel);
        Assert.Equal([Relief, Relief], bell.Rung);
        await desk.HandleAsync(Relief, Books.Money(50, "more"), Cancel);
        Assert.Equal([Relief, Relief, Relief], bell.Rung);
    }

    private async Task WaitAsync(FundKey key, params string[] applications)
    {
        foreach (var application in applications)
            await new FundDesk(_books, TimeProvider.System).HandleAsync(key, Books.Reserve($"{application}-2026"), Cancel);
    }

    private Task<FundAnswer> AppropriateAsync(FundKey key) => new FundDesk(_books, TimeProvider.System).HandleAsync(key, Books.Money(500), Cancel);

    private FundNewsDelivery Delivery()
    {
        var memory = new InMemory(Of(Issue("issue", Expression.Parse("true"))));
        return new FundNewsDelivery(_books, new FundDesk(_books, TimeProvider.System), new Desk(_streams, memory, memory, memory, memory, memory.Time));
    }

    private sealed class Bell : IFundBell
    {
        public List<FundKey> Rung { get; } = [];

        public void Ring(FundKey key) => Rung.Add(key);
    }
}
