using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Subsidy.Core.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>Exports and verifies the stored bytes without a key; opens them only to be read.</summary>
internal sealed class PayRunHistories(PayRunTable table, KeyRing keyRing) : IPayRunHistories
{
    public async IAsyncEnumerable<HistoryLine> ExportAsync(PayRunId run, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await table.HeadAsync(run, cancel) is not { } head)
            yield break;
        await foreach (var line in LinesAsync(run, cancel))
            if (line.Number <= head.Run.Version)
                yield return line;
    }

    public async Task<HistoryVerdict?> VerifyAsync(PayRunId run, CancellationToken cancel)
    {
        if (await table.HeadAsync(run, cancel) is not { } head)
            return null;
        var last = head.Run.Version;
        var lines = await LinesAsync(run, cancel).ToListAsync(cancel);
        var verdict = HistoryVerifier.Verify(
            lines.Where(line => line.Number <= last).Select(line => line.ToJson()), Convert.ToHexStringLower(head.Hash));
        var beyond = lines.Where(line => line.Number > last).ToList();
        // Those that came later, by a transaction, have moved the head; one that somebody put there has not.
        return beyond.Count == 0 || (await table.HeadAsync(run, cancel))?.Run.Version != last
            ? verdict
            : verdict with { Faults = [.. verdict.Faults, .. beyond.Select(line => $"Event {line.Number} stands there, but the head does not know it.")] };
    }

    public async IAsyncEnumerable<PayRunHistoryEvent> ReadAsync(PayRunId run, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await table.HeadAsync(run, cancel) is not { } head)
            yield break;
        var key = await keyRing.UnwrapKeyAsync(run.ToString(), head.KekId, head.WrappedKey, cancel);
        await foreach (var line in LinesAsync(run, cancel))
            if (line.Number <= head.Run.Version)
                yield return Read(run, line, key);
    }

    /// <summary>A text that is not as it was written is nothing to retell, and may not even be one.</summary>
    internal static PayRunHistoryEvent Read(PayRunId run, HistoryLine line, byte[] key)
    {
        var text = Encoding.UTF8.GetBytes(line.Text);
        var hash = HashChain.Next(Convert.FromHexString(line.PreviousHash), line.Application, line.Number, text);
        if (Convert.ToHexStringLower(hash) != line.Hash)
            return new PayRunHistoryEvent(line, null);
        try
        {
            return new PayRunHistoryEvent(line, PayRunCodec.Decode(run, text, key));
        }
        catch (Exception e) when (e is JsonException or CryptographicException or FormatException)
        {
            return new PayRunHistoryEvent(line, null); // Whoever forged it can reckon, too.
        }
    }

    /// <summary>Everything that stands there, what the head does not know too.</summary>
    private IAsyncEnumerable<HistoryLine> LinesAsync(PayRunId run, CancellationToken cancel) => HistoryLine.ChainAsync(
        run.ToString(),
        table.RangeAsync(run.ToString(), PayRunRows.Kinds.Event, null, cancel)
            .Select(row => (PayRunRows.NumberOf(row.RowKey), SplitBytes.Read(row), row.GetBinary("Hash"))));
}
