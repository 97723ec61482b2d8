using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Subsidy.Core.Payments;

namespace Subsidy.Functions.Payments;

/// <summary>
/// Carries one pay run on until people or the bank are awaited: asks what is to be done, has it done to all chunks, several at a time,
/// ends the phase, and asks again. It knows nothing of phases; whatever it repeats is done once. What it awaits, and in which order, must
/// never change while runs are under way.
/// </summary>
public static class PayRunOrchestration
{
    public const string Name = "PayRun";

    /// <summary>Slices at a time: enough to keep the storage busy, and far from what a fund-year's partition takes.</summary>
    public const int AtOnce = 8;

    /// <summary>
    /// Slices after which the history is begun anew: each of them has it replayed from its beginning. A run of an ordinary size stays below,
    /// so that it can be read in one piece.
    /// </summary>
    public const int SlicesKept = 100;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5,
        firstRetryInterval: TimeSpan.FromSeconds(5),
        backoffCoefficient: 3,
        maxRetryInterval: TimeSpan.FromMinutes(10)));

    [Function(Name)]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, PayRunOrder order)
    {
        for (var slices = 0; slices < SlicesKept;)
        {
            var plan = await context.CallActivityAsync<PayRunPlan>(PayRunActivities.Plan, order, Retries);
            if (plan.Phase is not { } phase)
            {
                context.SetCustomStatus(new { plan.State });
                return plan.State;
            }
            slices += plan.Slices.Count;
            await FanOutAsync(context, order.Run, phase, plan.Slices);
            await context.CallActivityAsync(PayRunActivities.Finish, new PayRunPhaseEnd(order.Run, phase), Retries);
        }
        context.ContinueAsNew(order);
        return "";
    }

    /// <summary>Has every slice done. Those that fail, when all attempts are used up, keep none of the others waiting.</summary>
    /// <exception cref="PayRunException">Some failed: the patrol starts again with what is left.</exception>
    private static async Task FanOutAsync(TaskOrchestrationContext context, string run, PayRunPhase phase, IReadOnlyList<ChunkSlice> slices)
    {
        var (done, failed) = (0, 0);
        var running = new List<Task>(AtOnce);
        context.SetCustomStatus(new { Phase = phase.ToString(), Done = done, Of = slices.Count });
        for (var next = 0; next < slices.Count || running.Count > 0;)
        {
            while (next < slices.Count && running.Count < AtOnce)
                running.Add(context.CallActivityAsync(PayRunActivities.Do, new PayRunSlice(run, phase, slices[next++]), Retries));
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            try
            {
                await ended;
                done++;
            }
            catch (TaskFailedException)
            {
                failed++;
            }
            context.SetCustomStatus(new { Phase = phase.ToString(), Done = done, Failed = failed, Of = slices.Count });
        }
        if (failed > 0)
            throw new PayRunException($"{failed} of {slices.Count} slices of {phase} failed in pay run {run}; the log has why.");
    }
}
