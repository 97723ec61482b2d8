using CsCheck;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Tests.Payments;

/// <summary>
/// Three workers at once on several runs, while requests are lost, held back and answered to nobody. A seed decides what is done; in which
/// order the workers' requests arrive is the machine's, so a failure names what broke and is not always found again by its seed.
/// </summary>
public sealed class PayRunPropertyTests
{
    private const int Workers = 3;

    [Fact]
    public async Task However_runs_are_broken_off_repeated_and_mixed_everybody_is_paid_once() =>
        await Gen.Int[0, 1_000_000].SampleAsync(
            async seed =>
            {
                using var world = await LiveAsync(seed, moves: 60);
                await world.FinishAsync();
                await world.CheckAsync();
            },
            iter: 60,
            threads: 1);

    [Fact]
    public async Task The_walks_reach_every_kind_of_event_that_moves_money_and_break_on_the_way()
    {
        var (happened, broken) = (new HashSet<Type>(), 0);
        for (var seed = 0; seed < 12 || (seed < 200 && Missing().Any()); seed++)
        {
            using var world = await LiveAsync(seed, moves: 100);
            await world.FinishAsync();
            await world.CheckAsync();
            happened.UnionWith(world.Happened);
            broken += world.Turn.Broken;
        }
        Assert.True(broken > 100, $"Only {broken} requests broke.");
        Assert.Equal([], Missing());

        // A dispute is ended, or a mail returned, in one walk of four.
        IEnumerable<string> Missing() => typeof(PayRunEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(PayRunEvent))
            .Except(happened).Select(type => type.Name).Except([nameof(FileDownloaded), nameof(FlagCleared)]);
    }

    private static async Task<PayWorld> LiveAsync(int seed, int moves)
    {
        var world = new PayWorld(seed);
        await world.BeginAsync();
        world.Turn.BreaksOneIn = 60;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => world.Turn.WorkAsync(() => world.MoveAsync(moves))));
        return world;
    }
}
