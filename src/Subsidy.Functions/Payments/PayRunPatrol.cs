using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Payments;

/// <summary>Finds pay runs that somebody has left in the middle: what a lost nudge or a failed orchestration left behind.</summary>
public sealed partial class PayRunPatrol(IPayRunBooks books, PayRuns runs, DurablePayRunNudges nudges, Instances instances, ILogger<PayRunPatrol> log)
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
            await TryAsync(() => ReviveAsync(run, cancel));
        await TryAsync(() => runs.TidyAsync(cancel));
        if (failures.Count > 0)
            throw new AggregateException("Not every pay run could be looked after.", failures);

        async Task TryAsync(Func<Task> look)
        {
            try
            {
                await look();
            }
#pragma warning disable CA1031 // One run's trouble must not keep the patrol from the others; the walk fails at its end.
            catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LookFailed(log, failure);
                failures.Add(failure);
            }
        }
    }

    private async Task ReviveAsync(PayRunId id, CancellationToken cancel)
    {
        if ((await books.LoadAsync(id, cancel))?.Run is { Final: false } run)
            await nudges.BeginAsync(run, cancel);
        else
            await books.ForgetAsync(id, cancel);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The patrol could not look after a pay run.")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}
