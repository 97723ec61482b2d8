using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Keys;

namespace Subsidy.Web.Intake;

/// <summary>What is answered to a submission, and answered again when it is repeated.</summary>
internal sealed class Receipts(IStreams streams, Turns turns, AccessKeys keys)
{
    public IntakeAnswer Of(Application application) =>
        new(application.Id, application.Reference, keys.Of(application.Id), application.Status, application.Step);

    /// <summary>Takes the claims, for which an applicant waits, and says how it stands then.</summary>
    public async Task<IntakeAnswer> AfterClaimsAsync(Head head, CancellationToken cancel)
    {
        var claimed = await turns.TakeClaimsAsync(head, cancel);
        return Of(claimed.Head!.Application);
    }

    /// <summary>
    /// The answer that the first request was given, or would have been given had the process lived: the events up to the moment at which
    /// the claims were settled. How it stands now is for <c>GET</c> to say.
    /// </summary>
    public async Task<IntakeAnswer> AgainAsync(Head head, CancellationToken cancel)
    {
        await turns.TakeClaimsAsync(head, cancel);
        DateTimeOffset? settled = null;
        var first = new List<Recorded>();
        await foreach (var stored in streams.ReadAsync(head.Application.Id, cancel))
        {
            if (stored.Recorded.At > settled)
                break;
            first.Add(stored.Recorded);
            if (stored.Recorded.Event is ClaimsTaken or DuplicateFound)
                settled ??= stored.Recorded.At;
        }
        return Of(Evolver.Fold(head.Application.Id, first));
    }
}
