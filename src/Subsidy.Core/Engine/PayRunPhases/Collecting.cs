using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Lists what is due into chunks, the oldest first. A chunk that is there stays as it is, and goes on being counted; so two who collect at
/// once, or one after a crash, never list an entitlement twice.
/// </summary>
internal sealed class Collecting(IPayRunBooks runs, IFundBooks books)
{
    public async Task<EndCollecting> CollectAsync(PayRunSheet sheet, CancellationToken cancel)
    {
        while (true)
        {
            var chunks = await runs.ChunksAsync(sheet, cancel).ToListAsync(cancel);
            var listed = chunks.SelectMany(chunk => chunk.Lines).Select(line => line.Entitlement).ToHashSet();
            if (await AddAsync(sheet, chunks.Count, listed, cancel) is { } count)
                return new EndCollecting(count, listed.Count);
        }
    }

    /// <returns>How many chunks there are; null when somebody else has added one.</returns>
    private async Task<int?> AddAsync(PayRunSheet sheet, int next, HashSet<string> listed, CancellationToken cancel)
    {
        var lines = new List<PayLine>();
        await foreach (var position in books.DueAsync(sheet.Run.Id.Fund, sheet.Run.Until, cancel))
        {
            if (listed.Count == PaymentOrder.MaxTransfers) // What is left is due in the next run.
                break;
            if (!listed.Add(position.Entitlement))
                continue;
            lines.Add(new PayLine(position.Entitlement, position.Scheme, position.Village, position.Amount, position.Attempt));
            if (lines.Count == PayChunk.MostLines)
            {
                if (!await AddAsync(lines))
                    return null;
                lines = [];
            }
        }
        return lines.Count == 0 || await AddAsync(lines) ? next : null;

        Task<bool> AddAsync(List<PayLine> full) => runs.AddAsync(sheet, new PayChunk(next++, ChunkState.Collected, 0, full), cancel);
    }
}
