using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Applications;

namespace Subsidy.Functions.Applications;

/// <summary>
/// The orchestrations that follow applications. The client comes with the binding of whichever function runs first; it is the same
/// for all of them and lives as long as the process.
/// </summary>
public sealed partial class Instances(ILogger<Instances> log)
{
    /// <summary>Whoever lives is not started a second time; whoever has ended, however, may be.</summary>
    internal static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private DurableTaskClient? client;

    /// <summary>False until a function with a client has run.</summary>
    public bool Reachable => client is not null;

    internal DurableTaskClient Client => client ?? throw new InvalidOperationException("No function has brought a durable client yet.");

    public void Use(DurableTaskClient bound) => client = bound;

    /// <summary>The first life of an application is followed under its id, a later one under <c>{id}-{generation}</c>.</summary>
    public static string IdOf(Application application) =>
        application.Generation == 1 ? application.Id : $"{application.Id}-{application.Generation}";

    /// <summary>The application that an instance follows, in whichever life.</summary>
    public static string ApplicationOf(string instance) => instance.Split('-')[0];

    /// <summary>Starts following; that it is followed already counts as success, and then as a nudge.</summary>
    public async Task BeginAsync(Application application, CancellationToken cancel)
    {
        var options = new StartOrchestrationOptions(IdOf(application)).WithDedupeStatuses(Alive);
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(
                ApplicationOrchestration.Name, new Following(application.Id, application.Step), options, cancel);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await RaiseAsync(application, cancel);
        }
    }

    /// <summary>Tells the orchestration to look at its application; where it has ended, starts it.</summary>
    public async Task NudgeAsync(Application application, CancellationToken cancel)
    {
        try
        {
            await RaiseAsync(application, cancel);
        }
        catch (RpcException refused) when (refused.StatusCode is not (StatusCode.Unavailable or StatusCode.Cancelled))
        {
            // A finished orchestration takes no events, yet its application may move again: a closed permit is revoked.
            await BeginAsync(application, cancel);
        }
    }

    /// <summary>
    /// Brings an application that should have been looked at back to life: nudges the orchestration that runs, starts one where there is
    /// none or where it has failed, was terminated, or ended too early. One that an operator has suspended is left alone.
    /// </summary>
    public async Task ReviveAsync(Application application, CancellationToken cancel)
    {
        var id = IdOf(application);
        var instance = await Client.GetInstanceAsync(id, getInputsAndOutputs: false, cancel);
        switch (instance?.RuntimeStatus)
        {
            case OrchestrationRuntimeStatus.Suspended:
                LeftAlone(log, id);
                break;
            case OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending:
                await NudgeAsync(application, cancel);
                break;
            default:
                Restarted(log, id, instance?.RuntimeStatus.ToString() ?? "none");
                await BeginAsync(application, cancel);
                break;
        }
    }

    private Task RaiseAsync(Application application, CancellationToken cancel) =>
        Client.RaiseEventAsync(IdOf(application), ApplicationOrchestration.Nudge, null, cancel);

    [LoggerMessage(Level = LogLevel.Information, Message = "Instance {Instance} is suspended and left alone.")]
    private static partial void LeftAlone(ILogger logger, string instance);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {Instance} is started again; it was: {Was}.")]
    private static partial void Restarted(ILogger logger, string instance, string was);
}
