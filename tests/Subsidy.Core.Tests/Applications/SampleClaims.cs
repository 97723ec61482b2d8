using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Months that follow one another while money is asked back.</summary>
internal static class SampleClaims
{
    public const string OfApril = $"{Case.Id}-2026-04-recovery";
    public static readonly Money Amount = new(60001);
    public static readonly Money HalfAMonth = new(30000);

    /// <summary>April is paid, and so much of it asked back; May is the next.</summary>
    public static Case Recovering(Money claimed, int? offset = 50, int? periods = null, bool first = false)
    {
        Step[] route = first
            ? [Review("township", Gate.Township, OfficeSeat), Pay(first: true), Review("check", Gate.Leader, LeaderSeat)]
            : [Review("township", Gate.Township, OfficeSeat), Pay()];
        var c = new Case(Of(route).Paying("60001", Schedule.Monthly, periods, offset)).Accepted();
        c.Vote("office1");
        Month(c);
        Hear(c, "2026-04", PositionState.Paid);
        c.When(new ClaimBack("prepares1", $"{Case.Id}-2026-04", claimed, "worked all the while"));
        return c;
    }

    public static IReadOnlyList<Event> Month(Case c)
    {
        c.Now = c.A.Recurring!.Next;
        return c.When(new TimePassed());
    }

    public static IReadOnlyList<Event> Hear(Case c, string period, PositionState state, string? code = null)
    {
        var known = c.A.Entitlements.Single(x => x.Period == period);
        return c.When(new HearFunds(new FundReport(
            known.Id, new FundKey("relief", 2026), state, known.Amount, "run-1", Math.Max(1, known.Attempt), code, known.Number, known.Heard + 1)));
    }

    public static Money Outstanding(Case c) => c.A.Recoveries.Single(x => x.Id == OfApril).Outstanding;
}
