using Subsidy.Core.Applications;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Clears flags, for who approves pay runs: the payment is in the next run, and the same finding is not made again for the application.
/// </summary>
public sealed class FlagDesk(IPayRunBooks runs, IClearances clearances, IPayeeIndex payees, PayRunDesk desk, ITownship township, TimeProvider time)
{
    /// <exception cref="BusyException">The run was changed by others all the time.</exception>
    public async Task<Refusal?> ClearAsync(PayRunId run, int chunk, ClearFlag command, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (await runs.LoadAsync(run, cancel) is not { } sheet || await runs.FindAsync(sheet, chunk, cancel) is not { } before)
                return NotThere();
            var line = before.Chunk.Lines.FirstOrDefault(one => one.Entitlement == command.Entitlement);
            if (line?.Flags.FirstOrDefault(one => one.Kind == command.Kind && one.Subject == command.Subject && one.Other == command.Other) is not { } flag)
                return NotThere();
            command = command with { Persons = [.. line.Persons, .. await FlagCheck.OthersAsync(payees, sheet.Run, line, flag, cancel)] };
            if (PayRunDecider.Decide(sheet.Run, command, township.Register, time.GetUtcNow()).Refusal is { } refusal)
                return refusal;
            // First what counts, then that it was done: whoever died in between does it again.
            await clearances.ClearAsync(line.Application, flag, command.Staff, command.Reason, time.GetUtcNow(), cancel);
            if (flag.ClearedBy is not null)
                return null;
            var cleared = before.Chunk with
            {
                Lines = [.. before.Chunk.Lines.Select(one => one == line
                    ? line with { Flags = [.. line.Flags.Select(other => other == flag ? flag with { ClearedBy = command.Staff } : other)] }
                    : one)],
            };
            if ((await desk.HandleAsync(run, command, new ChunkChange(before, cleared), cancel)).Written)
                return null;
        }
        throw new BusyException(run.ToString());
    }

    private static Refusal NotThere() => Refusal.Of(RefusalCode.NotFound, "没有这个疑点。", "There is no such flag.");
}
