using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Functions.Applications;
using Subsidy.Storage.Payments;

namespace Subsidy.Functions.Payments;

/// <summary>The pieces of a pay run. Each may be repeated. Inputs and outputs name runs, phases and chunks, never people or sums.</summary>
public sealed class PayRunActivities(PayRuns runs, PayRunDesk desk, Instances instances, PayRunAlarms alarms)
{
    public const string Plan = "PlanPayRun";
    public const string Do = "DoPayRunChunks";
    public const string Finish = "FinishPayRunPhase";

    [Function(Plan)]
    public Task<PayRunPlan> PlanAsync([ActivityTrigger] PayRunOrder order, CancellationToken cancel) => LoggedAsync(order.Run, async run =>
    {
        var work = await runs.PlanAsync(run, cancel);
        var state = (await desk.FindAsync(run, cancel))?.State.ToString() ?? "none";
        return work is null ? new PayRunPlan(state, null, []) : new PayRunPlan(state, work.Phase, ChunkSlice.Of(work.Chunks));
    }, cancel);

    /// <param name="client">The applications that are told of their money are nudged by it.</param>
    [Function(Do)]
    public Task DoAsync([ActivityTrigger] PayRunSlice slice, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        instances.Use(client);
        return LoggedAsync(slice.Run, async run =>
        {
            foreach (var chunk in slice.Slice.Chunks)
                await runs.DoChunkAsync(run, slice.Phase, chunk, cancel);
            return true;
        }, cancel);
    }

    [Function(Finish)]
    public Task FinishAsync([ActivityTrigger] PayRunPhaseEnd end, CancellationToken cancel) =>
        LoggedAsync(end.Run, run => runs.FinishAsync(run, end.Phase, cancel), cancel);

    private async Task<T> LoggedAsync<T>(string run, Func<PayRunId, Task<T>> piece, CancellationToken cancel)
    {
        try
        {
            return await piece(PayRunId.Parse(run) ?? throw new InvalidOperationException($"{run} is no number of a pay run."));
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            alarms.Failed(run, failure);
            // The failure stands in the orchestration's history, where only its kind may be read: a message may quote what it choked on.
            throw new PayRunException($"{failure.GetType().Name} in pay run {run}; the log has it.");
        }
    }
}
