using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

/// <summary>A fund in memory and what tests do with it. Unless a test says otherwise, the year is 2026 and everything costs 100 yuan.</summary>
internal sealed class Books
{
    public static readonly Actor Administrator = Actor.Staff("wen-ruijie");
    private static readonly FundKey Key = new("relief", 2026);

    public Books() => Desk = new FundDesk(Memory, Time);

    public MemoryBooks Memory { get; } = new();
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    public FundDesk Desk { get; }

    public Fund Fund => Memory.Of(Key).Fund;
    public List<LedgerEntry> Entries => Memory.Of(Key).Entries;

    public Position Position(string entitlement = "a-2026") => Memory.Of(Key).Positions[entitlement];

    public IEnumerable<string> News => Memory.Of(Key).News.Keys;

    public long Yuan(Account account) => Fund.BalanceOf(account).Fen / 100;

    public static Appropriate Money(long yuan, string id = "opening") => new(Administrator, id, Core.Money.FromYuan(yuan), "No. 1");

    public static Reserve Reserve(string entitlement = "a-2026", long yuan = 100, int grant = 5) =>
        new(entitlement, "relief-fund", "dongshan", Core.Money.FromYuan(yuan), new DateOnly(2026, 3, 2), grant);

    public static Release Release(string entitlement = "a-2026", long yuan = 100, int grant = 5) =>
        new(entitlement, "relief-fund", "dongshan", Core.Money.FromYuan(yuan), new DateOnly(2026, 3, 2), grant);

    public static Answer Said(string? code, int attempt = 1, string entitlement = "a-2026", string run = "run") =>
        new(run, [new BankAnswer(entitlement, attempt, code)]);

    /// <summary>Does what must not be refused.</summary>
    public Books Do(params IEnumerable<FundCommand> commands)
    {
        foreach (var command in commands)
            Assert.Null(Answer(command).Refusal?.Faults[0].Message.En);
        return this;
    }

    /// <summary>What changes nothing and is not refused either.</summary>
    public Books Ignored(params IEnumerable<FundCommand> commands)
    {
        foreach (var command in commands)
        {
            var before = Memory.Of(Key).Turn;
            Do(command);
            Assert.True(before == Memory.Of(Key).Turn, $"{command} has changed something.");
        }
        return this;
    }

    public Refusal Refused(FundCommand command)
    {
        var before = Memory.Of(Key).Turn;
        var refusal = Answer(command).Refusal;
        Assert.NotNull(refusal);
        Assert.Equal(before, Memory.Of(Key).Turn);
        return refusal;
    }

    public FundAnswer Answer(FundCommand command)
    {
        // Nothing in memory waits for anything.
        var task = Desk.HandleAsync(Key, command, CancellationToken.None);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("Memory has waited.");
    }

    /// <summary>100 yuan for a-2026, paid by the bank.</summary>
    public static Books Paid() =>
        new Books().Do(Money(500), Reserve(), new Gather("run", ["a-2026"]), new Commit("run", ["a-2026"]), Said(null));
}
