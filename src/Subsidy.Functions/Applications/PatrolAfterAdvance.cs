using Subsidy.Functions.Funds;
using Subsidy.Web.Clock;

namespace Subsidy.Functions.Applications;

/// <summary>In Development: once the clock was moved, the patrol finds what fell due, and the funds are tended.</summary>
internal sealed class PatrolAfterAdvance(Patrol patrol, FundRound funds, Instances instances) : IAfterAdvance
{
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (!instances.Reachable)
            return;
        await patrol.WalkAsync(TimeSpan.Zero, cancellation);
        await funds.WalkAsync(cancellation);
    }
}
