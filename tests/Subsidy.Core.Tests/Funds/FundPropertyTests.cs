using CsCheck;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

/// <summary>Random interleavings of all commands. What is promised after each of them stands in <see cref="FundPromises"/>.</summary>
public sealed class FundPropertyTests
{
    /// <summary>Evenly drawn: the library's own large numbers are mostly small.</summary>
    private static readonly Gen<ulong> Drawn = Gen.Byte.Array[8].Select(bytes => BitConverter.ToUInt64(bytes));

    [Fact]
    public void Whatever_is_said_to_the_books_in_whatever_order_they_stay_sound_and_everybody_is_paid_once() =>
        Drawn.List[1, 150].Sample(
            moves =>
            {
                var world = new FundWorld();
                foreach (var move in moves)
                    world.Move(new Choice(move));
                world.Finish();
            },
            iter: 300);

    [Fact]
    public void The_walks_reach_every_kind_of_entry_and_every_state()
    {
        var kinds = new HashSet<EntryKind>();
        var states = new HashSet<PositionState>();
        Drawn.List[150].Sample(
            moves =>
            {
                if (kinds.Count == Enum.GetValues<EntryKind>().Length && states.Count == Enum.GetValues<PositionState>().Length)
                    return; // There is nothing left to reach.
                var world = new FundWorld();
                foreach (var move in moves)
                {
                    world.Move(new Choice(move));
                    for (var year = 0; year < 3; year++)
                        foreach (var position in world.Memory.Of(FundWorld.KeyOf(year)).Positions.Values)
                            states.Add(position.State);
                }
                for (var year = 0; year < 3; year++)
                    kinds.UnionWith(world.Memory.Of(FundWorld.KeyOf(year)).Entries.Select(entry => entry.Kind));
            },
            iter: 250,
            threads: 1);
        Assert.Equal(Enum.GetValues<EntryKind>(), kinds.Order());
        Assert.Equal(Enum.GetValues<PositionState>(), states.Order());
    }
}
