using System.Runtime.CompilerServices;
using System.Text.Json;
using Subsidy.Core;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <param name="Chain">Whether the entries are as they were written.</param>
/// <param name="Books">Whether what they say is sound, and head and positions agree with it.</param>
/// <param name="PositionsCompared">False when the fund-year was changed all the time; then the positions were left out.</param>
public sealed record FundVerdict(HistoryVerdict Chain, IReadOnlyList<LedgerFault> Books, bool PositionsCompared)
{
    /// <summary>What is no fault of the books, and what a person should look at all the same.</summary>
    public IReadOnlyList<LedgerFault> Remarks { get; init; } = [];

    public bool Sound => Chain.Sound && Books.Count == 0;
}

/// <summary>Exports and verifies the stored ledgers, for auditors.</summary>
public sealed class FundLedgers
{
    /// <summary>How often a fund-year that is changed while it is read is read again.</summary>
    private const int Attempts = 5;

    private readonly FundTable table;

    internal FundLedgers(FundTable table) => this.table = table;

    /// <summary>
    /// The ledger as lines for <see cref="HistoryVerifier"/>, with the fund-year in the application's place: one program verifies both,
    /// offline. A missing entry is left out, for the verifier to find.
    /// </summary>
    public async IAsyncEnumerable<HistoryLine> ExportAsync(FundKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in LinesAsync(await table.HeadAsync(key, cancel), cancel))
            yield return line;
    }

    /// <summary>Verifies chain and books against the head. Null when there are no such books.</summary>
    public async Task<FundVerdict?> VerifyAsync(FundKey key, CancellationToken cancel)
    {
        var head = await table.HeadAsync(key, cancel);
        if (head.ETag is null)
            return null;
        List<Position>? positions = null;
        for (var attempt = 0; positions is null && attempt < Attempts; attempt++)
        {
            var turn = head.Turn;
            positions = await table.PositionsAsync(key, openOnly: false, cancel).ToListAsync(cancel);
            head = await table.HeadAsync(key, cancel);
            if (head.Turn != turn)
                positions = null;
        }

        var lines = await LinesAsync(head, cancel).ToListAsync(cancel);
        var chain = HistoryVerifier.Verify(lines.Select(line => line.ToJson()), Convert.ToHexStringLower(head.Hash));
        // One that came later, by a transaction, has moved the head; one that somebody put there has not.
        if (await table.FindAsync(key, FundRows.Entry(head.Fund.Version + 1), cancel) is not null && (await table.HeadAsync(key, cancel)).Turn == head.Turn)
            chain = chain with { Faults = [.. chain.Faults, $"Entry {head.Fund.Version + 1} stands there, but the head does not know it."] };
        var (entries, unreadable) = Read(key, lines);
        return new FundVerdict(chain, unreadable ?? LedgerCheck.Run(key, entries, head.Fund, positions), positions is not null)
        {
            Remarks = VoucherCheck.Run(entries),
        };
    }

    /// <summary>All entries; or those before one that cannot be read, and which it is.</summary>
    private static (List<LedgerEntry> Entries, IReadOnlyList<LedgerFault>? Unreadable) Read(FundKey key, List<HistoryLine> lines)
    {
        var entries = new List<LedgerEntry>(lines.Count);
        foreach (var line in lines)
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize<LedgerEntry>(line.Text, StoredJson.Options)!);
            }
            catch (JsonException)
            {
                return (entries, [new LedgerFault(line.Number, new Text($"{key}：第{line.Number}条无法读取。", $"{key}: entry {line.Number} cannot be read."))]);
            }
        }
        return (entries, null);
    }

    private IAsyncEnumerable<HistoryLine> LinesAsync(FundHeadRow head, CancellationToken cancel) => HistoryLine.ChainAsync(
        head.Fund.Key.ToString(), table.EntriesAsync(head.Fund.Key, 0, head.Fund.Version, cancel).Select(row => (row.Number, row.Text, row.Hash)));
}
