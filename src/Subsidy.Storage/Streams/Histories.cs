using System.Runtime.CompilerServices;

namespace Subsidy.Storage.Streams;

/// <summary>Exports and verifies what is stored, for auditors. Reads the stored bytes only: no key is used, so erased people stay erased.</summary>
public sealed class Histories
{
    private readonly StreamTable table;

    internal Histories(StreamTable table) => this.table = table;

    /// <summary>The stream as lines for <see cref="HistoryVerifier"/>. A missing event is left out, for the verifier to find.</summary>
    public async IAsyncEnumerable<HistoryLine> ExportAsync(string id, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await table.FindHeadAsync(id, cancel) is not { } head)
            yield break;
        await foreach (var line in LinesAsync(id, head.Version, cancel))
            yield return line;
    }

    /// <summary>Verifies the stored stream against the hash and the number in its head. Null when there is no such application.</summary>
    public async Task<HistoryVerdict?> VerifyAsync(string id, CancellationToken cancel)
    {
        if (await table.FindHeadAsync(id, cancel) is not { Version: > 0 } head)
            return null;
        var lines = await LinesAsync(id, head.Version, cancel).ToListAsync(cancel);
        var verdict = HistoryVerifier.Verify(lines.Select(line => line.ToJson()), Convert.ToHexStringLower(head.Hash));
        // One that came later, by a transaction, has moved the head; one that somebody put there has not.
        return await table.FindEventAsync(id, head.Version + 1, cancel) is null || (await table.FindHeadAsync(id, cancel))?.Version != head.Version
            ? verdict
            : verdict with { Faults = [.. verdict.Faults, $"Event {head.Version + 1} stands there, but the head does not know it."] };
    }

    private IAsyncEnumerable<HistoryLine> LinesAsync(string id, int last, CancellationToken cancel) =>
        HistoryLine.ChainAsync(id, table.EventsAsync(id, last, cancel).OfType<EventRow>().Select(row => (row.Number, row.Text, row.Hash)));
}
