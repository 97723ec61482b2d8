using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Ends what the bank has said and the books did not take: for who approves pay runs, and never who prepared this one. The bank's word is
/// offered to the books once more, and entered where they take it now; or the payment is closed with a reason, and nothing is entered. What
/// the books have by now, because somebody entered it and died, ends as entered however it is ended: the run says what the books say.
/// </summary>
public sealed class DisputeDesk(IPayRunBooks runs, IFundBooks books, FundDesk fundDesk, PayRunDesk desk, ITownship township, TimeProvider time)
{
    private readonly RunFunds funds = new(fundDesk);

    /// <param name="endToEndId">Of the payment.</param>
    /// <param name="reason">What was found out, and what becomes of the money.</param>
    /// <exception cref="BusyException">The run was changed by others all the time.</exception>
    public async Task<Refusal?> EndAsync(
        PayRunId run, int chunk, string endToEndId, string staff, DisputeEnding ending, string reason, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (await runs.LoadAsync(run, cancel) is not { } sheet || await runs.FindAsync(sheet, chunk, cancel) is not { } before
                || before.Chunk.Included.FirstOrDefault(one => one.EndToEndId == endToEndId) is not { } line)
            {
                return Refusal.Of(RefusalCode.NotFound, "批次中没有这笔款项。", "There is no such payment in the run.");
            }
            var command = new EndDispute(staff, line.Entitlement, line.Attempt, line.Amount, line.DisputeEnded, LineOutcome.Resolved, reason) { Persons = line.Persons };
            // Refused before the books are asked.
            if (PayRunDecider.Decide(sheet.Run, command, township.Register, time.GetUtcNow()).Refusal is { } refusal)
                return refusal;
            if (line.Outcome is not LineOutcome.Disputed)
                return Refusal.Of(RefusalCode.Invalid, "这笔款项没有争议。", "Nothing about this payment is disputed.");
            var booked = ending is DisputeEnding.Book ? await BookAsync(sheet.Run, line, cancel) : await BookedAsync(sheet.Run, line, cancel);
            if (ending is DisputeEnding.Book && booked is null)
                return Refusal.Of(RefusalCode.Invalid, "账簿不能登记银行的答复，请写明情况后结案。", "The books do not take what the bank says. Close it with what was found out.");
            command = command with { Outcome = booked ?? LineOutcome.Resolved };
            var ended = before.Chunk with
            {
                Lines = [.. before.Chunk.Lines.Select(one => one == line
                    ? line with { Outcome = command.Outcome, DisputeEnded = new DisputeEnd(staff, time.GetUtcNow(), reason) }
                    : one)],
            };
            var (written, late) = await desk.HandleAsync(run, command, new ChunkChange(before, ended), cancel);
            if (written || late is not null)
                return late;
        }
        throw new BusyException(run.ToString());
    }

    /// <summary>What the bank says, in the books; null when they do not take it. May be repeated by whoever finds that another died here.</summary>
    private async Task<LineOutcome?> BookAsync(PayRun run, PayLine line, CancellationToken cancel)
    {
        var positions = await funds.AnswerAsync(run.Id, [new BankAnswer(line.Entitlement, line.Attempt, line.Code)], cancel);
        return Taken(run, line, positions.GetValueOrDefault(line.Entitlement));
    }

    /// <summary>What the bank says, where the books have it already; null where they do not.</summary>
    private async Task<LineOutcome?> BookedAsync(PayRun run, PayLine line, CancellationToken cancel) =>
        Taken(run, line, (await books.LoadAsync(run.Id.Fund, [line.Entitlement], null, cancel)).View.Positions is [var position] ? position : null);

    private static LineOutcome? Taken(PayRun run, PayLine line, Position? position)
    {
        var said = line.Code is null ? LineOutcome.Settled : LineOutcome.Failed;
        return Answering.IsTaken(run, line, said, position) ? said : null;
    }
}

public enum DisputeEnding
{
    /// <summary>The bank is right: it is entered, where the books take it now.</summary>
    Book,
    /// <summary>Nothing is entered here; it ends as booked where the books have the bank's word by now.</summary>
    Close,
}
