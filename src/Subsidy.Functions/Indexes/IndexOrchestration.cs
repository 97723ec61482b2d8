using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Subsidy.Storage.Indexes;

namespace Subsidy.Functions.Indexes;

/// <summary>Rebuilds the indexes shard by shard, so that no piece outlasts what the platform gives a function.</summary>
public static class IndexOrchestration
{
    public const string Name = "IndexRebuild";

    private const int AtOnce = 8;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 3));

    [Function(Name)]
    public static async Task<Rebuilt> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var written = 0;
        foreach (var shards in IndexRebuild.Shards.Chunk(AtOnce))
            written += (await Task.WhenAll(shards.Select(shard => context.CallActivityAsync<int>(IndexActivities.Write, shard, Retries)))).Sum();
        return new Rebuilt(written, await context.CallActivityAsync<int>(IndexActivities.Sweep, Retries));
    }
}
