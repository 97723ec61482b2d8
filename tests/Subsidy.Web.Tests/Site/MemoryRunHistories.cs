using System.Runtime.CompilerServices;
using System.Text;
using Subsidy.Core.Payments;
using Subsidy.Storage.Payments;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Web.Tests.Site;

/// <summary>The histories of pay runs in memory: each event is written, once, as storage would have written it.</summary>
internal sealed class MemoryRunHistories(MemoryRuns runs) : IPayRunHistories
{
    private readonly byte[] _key = new byte[DataKeys.Length];
    private readonly Dictionary<PayRunId, List<HistoryLine>> _lines = [];

    /// <summary>What somebody makes of the stored lines.</summary>
    public Func<IReadOnlyList<HistoryLine>, IReadOnlyList<HistoryLine>> Tampering { get; set; } = lines => lines;

    public IAsyncEnumerable<HistoryLine> ExportAsync(PayRunId run, CancellationToken cancel) => Tampering(Of(run)).ToAsyncEnumerable();

    public async Task<HistoryVerdict?> VerifyAsync(PayRunId run, CancellationToken cancel) =>
        await runs.LoadAsync(run, cancel) is null ? null : HistoryVerifier.Verify(Tampering(Of(run)).Select(line => line.ToJson()), Of(run)[^1].Hash);

    public async IAsyncEnumerable<PayRunHistoryEvent> ReadAsync(PayRunId run, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in ExportAsync(run, cancel))
            yield return PayRunHistories.Read(run, line, _key);
    }

    public IReadOnlyList<HistoryLine> Of(PayRunId run)
    {
        if (!_lines.TryGetValue(run, out var lines))
            _lines[run] = lines = [];
        foreach (var recorded in runs.EventsOf(run).Skip(lines.Count))
        {
            var previous = lines is [.., var last] ? Convert.FromHexString(last.Hash) : HashChain.Genesis;
            var text = PayRunCodec.Encode(run, recorded, _key);
            var hash = HashChain.Next(previous, run.ToString(), recorded.Number, text);
            lines.Add(new HistoryLine(run.ToString(), recorded.Number, Convert.ToHexStringLower(previous), Convert.ToHexStringLower(hash), Encoding.UTF8.GetString(text)));
        }
        return lines;
    }
}
