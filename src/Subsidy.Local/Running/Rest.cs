using Subsidy.Web.Clock;

namespace Subsidy.Local.Running;

/// <summary>The moment when nothing is left to be done: no turn is due, no application has yet to hear of its money.</summary>
internal sealed class Rest(Agenda agenda, FundRound funds) : IAfterAdvance
{
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        // A turn may change the books, and what the books say may give an application something to do.
        do
            await agenda.RestAsync(cancellation);
        while (await funds.WalkAsync(cancellation) > 0);
    }
}
