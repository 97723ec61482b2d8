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

    private const int AtOnce = 8;

    [Function("Patrol")]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        instances.Use(client);
        return WalkAsync(Grace, cancel);
    }

    /// <summary>Revives every application that has been due for longer than <paramref name="grace"/>, and returns their ids.</summary>
    /// <exception cref="AggregateException">Some could not be revived; all others were.</exception>
    public async Task<IReadOnlyList<string>> WalkAsync(TimeSpan grace, CancellationToken cancel)
    {
        var found = new List<string>();
        var failures = new List<Exception>();
        await foreach (var batch in streams.DueAsync(time.GetUtcNow() - grace, cancel).Chunk(AtOnce).WithCancellation(cancel))
        {
            found.AddRange(batch.Select(due => due.Id));
            var outcomes = await Task.WhenAll(batch.Select(due => ReviveAsync(due.Id, cancel)));
            failures.AddRange(outcomes.OfType<Exception>());
        }
        PatrolWalked(log, found.Count);
        return failures.Count == 0 ? found : throw new AggregateException("Not every application could be revived.", failures);
    }

    private async Task<Exception?> ReviveAsync(string id, CancellationToken cancel)
    {
        try
        {
            if (await streams.LoadAsync(id, cancel) is { } head)
                await instances.ReviveAsync(head.Application, cancel);
            return null;
        }
#pragma warning disable CA1031 // One application's trouble must not keep the patrol from the others; the walk fails at its end.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ReviveFailed(log, id, failure);
            return failure;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The patrol found {Found} applications that were due.")]
    private static partial void PatrolWalked(ILogger logger, int found);

    [LoggerMessage(Level = LogLevel.Error, Message = "The patrol could not revive application {Id}.")]
    private static partial void ReviveFailed(ILogger logger, string id, Exception exception);
}
