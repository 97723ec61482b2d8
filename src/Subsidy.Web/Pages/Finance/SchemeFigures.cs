using Subsidy.Core;
using Subsidy.Core.Funds;

namespace Subsidy.Web.Pages.Finance;

/// <summary>What a fund-year has for a scheme, in the figures that people are shown. Each has its word in <c>FinanceWords</c>.</summary>
internal static class SchemeFigures
{
    /// <summary>How far the payments are.</summary>
    public static readonly IReadOnlyList<(string Word, PositionState[] States)> Stages =
    [
        ("Waiting", [PositionState.Waiting]),
        ("Due", [PositionState.Reserved]),
        ("Running", [PositionState.Gathered, PositionState.Committed, PositionState.HandedOut]),
        ("Failed", [PositionState.Failed]),
        ("Paid", [PositionState.Paid]),
    ];

    /// <summary>The same as parts of one whole: of what was paid, what was asked back stands by itself.</summary>
    public static IReadOnlyList<(string Word, Money Sum)> Parts(SchemeTally tally)
    {
        var claims = tally.Claims;
        return
        [
            .. from stage in Stages
               let sum = tally.Of(stage.States).Sum
               select stage.Word is "Paid" ? ("PaidForGood", sum - claims.Owed - claims.Recovered - claims.WrittenOff) : (stage.Word, sum),
            ("Recovering", claims.Owed),
            ("Recovered", claims.Recovered),
            ("WrittenOff", claims.WrittenOff),
        ];
    }
}
