using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Payments;

namespace Subsidy.Functions.Housekeeping;

/// <summary>
/// Purges the histories of orchestrations whose applications or pieces of pay runs are at their end. The stream of application and pay run
/// stays: that is the record, the orchestration's history is only how the engine got there.
/// </summary>
public sealed partial class HistoryPurge(IStreams streams, ILogger<HistoryPurge> log)
{
    /// <summary>Long enough to look into what an applicant asks about afterwards.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromDays(30);

    /// <summary>One that failed is evidence until the patrol has brought it back to life, which replaces its history.</summary>
    private static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated];

    // 03:40 in China. Broken off by the platform's time limit, it goes on the next night.
    [Function("HistoryPurge")]
    public Task RunAsync([TimerTrigger("0 40 19 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        PurgeAsync(client, TimeProvider.System.GetUtcNow() - Rest, cancel); // The engine's times are the platform's, whatever clock was moved.

    /// <summary>Purges what ended before <paramref name="before"/>, and returns how many.</summary>
    public async Task<int> PurgeAsync(DurableTaskClient client, DateTimeOffset before, CancellationToken cancel)
    {
        var purged = 0;
        // The engine can be asked only when instances were created; an application lives for months, so when it ended is looked at here.
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(CreatedTo: before, Statuses: Ended)).WithCancellation(cancel))
        {
            if (instance.LastUpdatedAt >= before || !await IsOverAsync(instance, cancel))
                continue;
            await client.PurgeInstanceAsync(instance.InstanceId, cancel);
            purged++;
        }
        Purged(log, purged);
        return purged;
    }

    /// <summary>
    /// A pay run's is over with the piece of work that it is named after; an application's with the application, also when there is no such
    /// application any more: a copy was restored that does not have it.
    /// </summary>
    private async Task<bool> IsOverAsync(OrchestrationMetadata instance, CancellationToken cancel)
    {
        if (instance.Name != ApplicationOrchestration.Name)
            return instance.Name == PayRunOrchestration.Name;
        var head = await streams.LoadAsync(Instances.ApplicationOf(instance.InstanceId), cancel);
        return head is null or { Application: { Final: true, Duties.Count: 0 } };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The histories of {Purged} finished orchestrations were purged.")]
    private static partial void Purged(ILogger logger, int purged);
}
