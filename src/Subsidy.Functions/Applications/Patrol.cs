using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;

namespace Subsidy.Functions.Applications;

/// <summary>Finds applications whose time has come and gone: what a lost nudge, a failed or a terminated orchestration left behind.</summary>
public sealed partial class Patrol(IStreams streams, Instances instances, TimeProvider time, ILogger<Patrol> log)
{
    /// <summary>What became due just now is in the hands of its own orchestration.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    [Function("Patrol")]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        WalkAsync(client, Grace, cancel);

    public async Task WalkAsync(DurableTaskClient client, TimeSpan grace, CancellationToken cancel)
    {
        var found = 0;
        await foreach (var due in streams.DueAsync(time.GetUtcNow() - grace, cancel))
        {
            if (await streams.LoadAsync(due.Id, cancel) is { } head)
            {
                await instances.ReviveAsync(client, head.Application, cancel);
                found++;
            }
        }
        Walked(log, found);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The patrol found {Found} applications that were due.")]
    private static partial void Walked(ILogger logger, int found);
}
