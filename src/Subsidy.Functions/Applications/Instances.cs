using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Applications;

namespace Subsidy.Functions.Applications;

/// <summary>The orchestrations that follow applications.</summary>
public sealed partial class Instances(ILogger<Instances> log)
{
    /// <summary>The first life of an application is followed under its id, a later one under <c>{id}-{generation}</c>.</summary>
    public static string IdOf(Application application) =>
        application.Generation == 1 ? application.Id : $"{application.Id}-{application.Generation}";

    /// <summary>Starts following; that it is followed already counts as success.</summary>
    public async Task BeginAsync(DurableTaskClient client, Application application, CancellationToken cancel)
    {
        var id = IdOf(application);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                ApplicationOrchestration.Name, new Following(application.Id, application.Step), new StartOrchestrationOptions(id), cancel);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.AlreadyExists)
        {
            await client.RaiseEventAsync(id, ApplicationOrchestration.Nudge, null, cancel);
        }
    }

    public static Task NudgeAsync(DurableTaskClient client, Application application, CancellationToken cancel) =>
        client.RaiseEventAsync(IdOf(application), ApplicationOrchestration.Nudge, null, cancel);

    /// <summary>
    /// Brings an application that should have been looked at back to life: nudges the orchestration that runs, starts one where there is
    /// none or where it has failed, was terminated, or ended too early. One that an operator has suspended is left alone.
    /// </summary>
    public async Task ReviveAsync(DurableTaskClient client, Application application, CancellationToken cancel)
    {
        var id = IdOf(application);
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancel);
        switch (instance?.RuntimeStatus)
        {
            case OrchestrationRuntimeStatus.Suspended:
                LeftAlone(log, id);
                break;
            case OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending:
                await NudgeAsync(client, application, cancel);
                break;
            default:
                Restarted(log, id, instance?.RuntimeStatus.ToString() ?? "none");
                await BeginAsync(client, application, cancel);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Instance {Instance} is suspended and left alone.")]
    private static partial void LeftAlone(ILogger logger, string instance);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {Instance} is started again; it was: {Was}.")]
    private static partial void Restarted(ILogger logger, string instance, string was);
}
