using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Functions.Applications;
using Subsidy.Storage.Payments;

namespace Subsidy.Functions.Payments;

/// <summary>Finds pay runs that somebody has left in the middle: what a lost nudge or a failed orchestration left behind.</summary>
public sealed partial class PayRunPatrol(
    IPayRunBooks books, PayRuns runs, DurablePayRunNudges nudges, Instances instances, PayRunAlarms alarms, TimeProvider time, ILogger<PayRunPatrol> log)
{
    [Function("PayRunPatrol")]
    public Task RunAsync([TimerTrigger("40 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        instances.Use(client);
        return WalkAsync(cancel);
    }

    /// <summary>Has every run carried on that is not over, and gives back what was gathered too late.</summary>
    /// <exception cref="AggregateException">Some could not be; all others were.</exception>
    public async Task WalkAsync(CancellationToken cancel)
    {
        var failures = new List<Exception>();
        foreach (var run in await books.UnfinishedAsync(cancel))
            await TryAsync(() => ReviveAsync(run, cancel), failure => alarms.Failed(run.ToString(), failure));
        await TryAsync(() => runs.TidyAsync(cancel), failure => TidyingFailed(log, failure));
        if (failures.Count > 0)
            throw new AggregateException("Not every pay run could be looked after.", failures);

        async Task TryAsync(Func<Task> look, Action<Exception> tell)
        {
            try
            {
                await look();
            }
#pragma warning disable CA1031 // One run's trouble must not keep the patrol from the others; the walk fails at its end.
            catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
            {
                tell(failure);
                failures.Add(failure);
            }
        }
    }

    private async Task ReviveAsync(PayRunId id, CancellationToken cancel)
    {
        if ((await books.LoadAsync(id, cancel))?.Run is not { Final: false } run)
        {
            await books.ForgetAsync(id, cancel);
            return;
        }
        // Whatever the orchestrations say of themselves: they may be suspended, or be started and die again and again.
        if (run.StandsStill(time.GetUtcNow()))
            alarms.StandsStill(id);
        await nudges.BeginAsync(run, cancel);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The patrol could not give back what was gathered too late.")]
    private static partial void TidyingFailed(ILogger logger, Exception exception);
}
