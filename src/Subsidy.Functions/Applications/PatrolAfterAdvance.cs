using Subsidy.Functions.Funds;
using Subsidy.Functions.Payments;
using Subsidy.Web.Clock;

namespace Subsidy.Functions.Applications;

/// <summary>In Development: once the clock was moved, what the timers do every few minutes is done at once.</summary>
internal sealed class PatrolAfterAdvance(Patrol patrol, PayRunPatrol runs, BankInbox bank, FundRound funds, Instances instances) : IAfterAdvance
{
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (!instances.Reachable)
            return;
        await patrol.WalkAsync(TimeSpan.Zero, cancellation);
        await bank.ReadAsync(cancellation);
        await runs.WalkAsync(cancellation);
        await funds.WalkAsync(cancellation);
    }
}
