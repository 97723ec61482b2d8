using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Undoes what a worker has done that was held up for so long that its run had gone on without it: gathered for a run that gathers no more,
/// or committed what the run's file does not order. Neither was ever shown to the bank.
/// </summary>
internal sealed class LateWork(IPayRunBooks runs, IFundBooks books, RunFunds funds, FundNewsDelivery news)
{
    /// <summary>ISO 20022: the order was cancelled. The books take it as a payment that failed, and the application has it tried again.</summary>
    private const string Cancelled = "DS02";

    public async Task UndoAsync(FundKey fund, CancellationToken cancel)
    {
        // The fund-year counts them: where no run holds anything, which is most of the time, nobody walks through the positions.
        if ((await books.LoadAsync(fund, [], null, cancel)).View.Fund.Schemes.Values.All(tally => tally.Of(PositionState.Gathered, PositionState.Committed).Count == 0))
            return;
        var held = await books.OpenAsync(fund, cancel)
            .Where(position => position.State is PositionState.Gathered or PositionState.Committed).ToListAsync(cancel);
        foreach (var group in held.GroupBy(position => position.Run!))
            if (PayRunId.Parse(group.Key) is { } id && await runs.LoadAsync(id, cancel) is { } sheet && IsPastCommitting(sheet.Run))
                await UndoAsync(sheet, group.ToLookup(position => position.State), cancel);
    }

    private async Task UndoAsync(PayRunSheet sheet, ILookup<PositionState, Position> held, CancellationToken cancel)
    {
        await funds.ScatterAsync(sheet.Run.Id, held[PositionState.Gathered].Select(position => position.Entitlement), cancel);
        var committed = held[PositionState.Committed].ToList();
        // As a rule they are just those that are pending, and nobody has to read the lines.
        if (committed.Count <= sheet.Run.Outcomes.GetValueOrDefault(LineOutcome.Pending).Count && sheet.Run.Answer is null)
            return;
        var ordered = new HashSet<string>();
        await foreach (var chunk in runs.ChunksAsync(sheet, cancel))
            ordered.UnionWith(chunk.Included.Select(line => line.EndToEndId));
        var late = committed.Where(position => !ordered.Contains(position.EndToEndId)).ToList();
        await funds.AnswerAsync(sheet.Run.Id, late.Select(position => new BankAnswer(position.Entitlement, position.Attempt, Cancelled)), cancel);
        await news.TellAsync(sheet.Run.Id.Fund, [.. late.Select(position => position.Entitlement)], cancel);
    }

    private static bool IsPastCommitting(PayRun run) =>
        run.State is PayRunState.Writing or PayRunState.Sent or PayRunState.Closed or PayRunState.Discarded;
}
