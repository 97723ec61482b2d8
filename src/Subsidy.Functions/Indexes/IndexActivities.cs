using Microsoft.Azure.Functions.Worker;
using Subsidy.Storage.Indexes;

namespace Subsidy.Functions.Indexes;

/// <summary>The pieces of a rebuild. Each may be done again.</summary>
public sealed class IndexActivities(IndexRebuild rebuild)
{
    public const string Write = "WriteIndexes";
    public const string Sweep = "SweepIndexes";

    [Function(Write)]
    public Task<int> WriteAsync([ActivityTrigger] string shard, CancellationToken cancel) => rebuild.WriteAsync(shard, cancel);

    [Function(Sweep)]
    public Task<int> SweepAsync([ActivityTrigger] object? nothing, CancellationToken cancel) => rebuild.SweepAsync(cancel);
}
