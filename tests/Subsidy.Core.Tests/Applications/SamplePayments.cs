using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>One payment, as far as it has come, and what the books tell of it.</summary>
internal static class SamplePayments
{
    public static readonly FundKey Relief = new("relief", 2026);
    public static readonly Scheme Once = Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000");
    public static readonly Payee OtherAccount = new("张三丰", "8807654321", "农商行");
    public static readonly Payee OtherPerson = new("李四", "8807654321", "农商行");

    public static Case Granted()
    {
        var c = new Case(Once).Accepted();
        c.Vote("office1");
        return c;
    }

    public static HearFunds Told(Case c, PositionState state, int attempt = 1, string? code = null, int? change = null) => new(new FundReport(
        $"{Case.Id}-once", Relief, state, new Money(60000), state is PositionState.Waiting or PositionState.Reserved ? null : "run-1", attempt, code,
        c.A.Entitlement?.Number ?? c.A.Entitlements[^1].Number, change ?? c.A.Entitlements[^1].Heard + 1));

    public static Case Ordered()
    {
        var c = Granted();
        c.When(Told(c, PositionState.Reserved));
        c.When(Told(c, PositionState.Committed));
        return c;
    }

    public static Case Failed(string code = "AC04")
    {
        var c = Ordered();
        c.When(Told(c, PositionState.Failed, code: code));
        return c;
    }

    public static Case PaidOut()
    {
        var c = Ordered();
        c.When(Told(c, PositionState.Paid));
        return c;
    }
}
