using Subsidy.Web.Clock;

namespace Subsidy.Functions.Applications;

/// <summary>In Development: once the clock was moved, the patrol finds what fell due.</summary>
internal sealed class PatrolAfterAdvance(Patrol patrol, Instances instances) : IAfterAdvance
{
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (instances.Reachable)
            await patrol.WalkAsync(TimeSpan.Zero, cancellation);
    }
}
