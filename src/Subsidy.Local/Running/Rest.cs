using Subsidy.Web.Clock;

namespace Subsidy.Local.Running;

/// <summary>
/// The moment when nothing is left to be done: no turn is due, no pay run to be carried on, no answer of the bank unread, and every
/// application has heard of its money.
/// </summary>
internal sealed class Rest(Agenda agenda, PayRunRound runs, FundRound funds) : IAfterAdvance
{
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        // A turn may change the books, and what the books and the bank say may give an application something to do.
        bool moved;
        do
        {
            await agenda.RestAsync(cancellation);
            moved = await runs.WalkAsync(cancellation) | await funds.WalkAsync(cancellation) > 0;
        }
        while (moved || !agenda.Resting);
    }
}
