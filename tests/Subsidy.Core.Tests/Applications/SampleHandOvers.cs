using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Emergency relief that is handed over on the spot, as far as a test wants it to have come.</summary>
internal static class SampleHandOvers
{
    public const string Owed = $"{Case.Id}-once";
    public static readonly FundKey Relief = new("relief", 2026);
    public static readonly Scheme Emergency = Of(
        Review("urgent", Gate.Leader, LeaderSeat), Pay(first: true), Review("afterwards", Gate.Township, OfficeSeat)).Paying("60000");

    public static readonly Paper Photo = new("f-1", "photo", "abc", 10, "image/jpeg");
    public static readonly SignHandOver Signature = new("prepares1", Owed, HandOverKind.Cash, null, "r-12", [Photo], "office1");

    public static Case Reserved(Scheme? scheme = null)
    {
        var c = new Case(scheme ?? Emergency).Accepted();
        c.Vote(c.A.Assignments[0].Seats[0].Candidates[0].Staff);
        c.When(Told(c, PositionState.Reserved));
        return c;
    }

    public static Case Signed(SignHandOver? signature = null)
    {
        var c = Reserved();
        c.When(signature ?? Signature);
        return c;
    }

    public static Case Held(SignHandOver? signature = null)
    {
        var c = Signed(signature);
        Post(c, HandOverOrder.HandOut, PositionState.HandedOut);
        return c;
    }

    public static int Number(Case c) => c.A.Entitlements.Single().HandOver!.Number;

    public static WitnessHandOver Second(Case c, string staff = "office1") => new(staff, Owed, Number(c));

    public static RefuseHandOver No(Case c) => new("office1", Owed, Number(c), " I was elsewhere ");

    public static NameWitness Other(Case c) => new("approves1", Owed, Number(c), "office2");

    public static HearFunds Told(Case c, PositionState state) => new(Report(c, state));

    public static FundReport Report(Case c, PositionState state) =>
        new(Owed, Relief, state, new Money(60000), null, 1, null, c.A.Entitlements.Single().Number, c.A.Entitlements.Single().Heard + 1);

    /// <summary>The books answer the order that waits.</summary>
    public static IReadOnlyList<Event> Post(Case c, HandOverOrder order, PositionState state)
    {
        var duty = Assert.Single(c.A.Duties.OfType<PostHandOver>(), post => post.Order == order);
        return c.When(new Report([new FundsReported(duty.Id, Report(c, state))]));
    }
}
