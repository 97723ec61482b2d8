using CsCheck;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Properties;

/// <summary>Routes that a scheme file could hold.</summary>
internal static class Routes
{
    private static readonly Gate[] Gates = [Gate.Village, Gate.Township, Gate.Leader, Gate.County];
    private static readonly Seat[] Seats = [VillageSeat, OfficeSeat, OtherOfficeSeat, LeaderSeat, CountySeat];

    public static Gen<List<Step>> Any { get; } =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 2], Gen.Bool).List[1, 6].Select(Number);

    private static List<Step> Number(List<(int Kind, int Gate, int Seat, int Other, int When, bool Flag)> drawn) =>
        [.. drawn.Select((step, i) => Make($"s{i}", step.Kind, Gates[step.Gate], Seats[step.Seat], Seats[step.Other], step.When, step.Flag))];

    private static Step Make(string key, int kind, Gate gate, Seat seat, Seat other, int condition, bool flag)
    {
        var when = condition switch
        {
            0 => null,
            1 => Expression.Parse("answers.big"),
            _ => Expression.Parse("amount <= 60000"),
        };
        return kind switch
        {
            0 => Review(key, gate, seat) with { When = when },
            1 => Review(key, gate, seat, other) with { When = when },
            2 => Review(key, gate, seat, other, seat) with { When = when, Need = 2, Kind = DecisionKind.Meeting },
            3 => Visit(key, gate, seat, seat) with { When = when, Need = flag ? 2 : 1 },
            4 => Notice(key, restart: flag, flag ? ObjectionUpheld.Return : ObjectionUpheld.Reject) with { When = when, Gate = gate },
            5 => Forward(key) with { When = when },
            6 => Completion(key) with { When = when, Gate = gate, Seats = [seat], Decisions = [Decision.Approve, Decision.Reject] },
            7 => Supplement(key) with { When = when },
            8 => Issue(key) with { When = when },
            _ => Pay(key, first: flag) with { When = when },
        };
    }
}
