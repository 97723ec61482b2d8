using Subsidy.Core.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>What has happened to a pay run: for whoever reads it, and for auditors to prove.</summary>
public interface IPayRunHistories
{
    /// <summary>
    /// The run as lines for <see cref="HistoryVerifier"/>, with its number in the application's place: one program verifies both, offline.
    /// A missing event is left out, for the verifier to find.
    /// </summary>
    IAsyncEnumerable<HistoryLine> ExportAsync(PayRunId run, CancellationToken cancel);

    /// <summary>Verifies the stored events against the hash and the number in the head. Null when there is no such run.</summary>
    Task<HistoryVerdict?> VerifyAsync(PayRunId run, CancellationToken cancel);

    /// <summary>The events that stand there, in order, each with what it says.</summary>
    IAsyncEnumerable<PayRunHistoryEvent> ReadAsync(PayRunId run, CancellationToken cancel);
}

/// <param name="Recorded">
/// What it says; null where its hash does not bear that out, because it was altered or what it follows is gone, and where it says nothing that
/// an event could.
/// </param>
public sealed record PayRunHistoryEvent(HistoryLine Line, PayRunRecorded? Recorded);
