using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Subsidy.Functions.Applications;
using Subsidy.Storage.Indexes;

namespace Subsidy.Functions.Indexes;

/// <summary>One orchestration at a time, under one id, so that every instance of the app sees the same.</summary>
internal sealed class DurableIndexRebuilding(Instances instances) : IIndexRebuilding
{
    public const string Instance = "index-rebuild";

    public async Task BeginAsync(CancellationToken cancel)
    {
        try
        {
            await instances.Client.ScheduleNewOrchestrationInstanceAsync(
                IndexOrchestration.Name, new StartOrchestrationOptions(Instance).WithDedupeStatuses(Instances.Alive), cancel);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // It is running: what was asked for happens.
        }
    }

    public async Task<Rebuilding?> LastAsync(CancellationToken cancel) =>
        await instances.Client.GetInstanceAsync(Instance, getInputsAndOutputs: true, cancel) switch
        {
            null => null,
            { RuntimeStatus: OrchestrationRuntimeStatus.Completed } done =>
                new Rebuilding(RebuildingState.Done, done.LastUpdatedAt, done.ReadOutputAs<Rebuilt>()),
            { IsCompleted: true } over => new Rebuilding(RebuildingState.Failed, over.LastUpdatedAt),
            var running => new Rebuilding(RebuildingState.Running, running.CreatedAt),
        };
}
