using System.Globalization;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Payments;

/// <summary>
/// Starts an orchestration for what a run needs done. Its id names run and phase (and which answer of the bank), so that one piece of work
/// is followed once, and the next piece is not mistaken for it.
/// </summary>
public sealed partial class DurablePayRunNudges(IPayRunBooks runs, Instances instances, TimeProvider time, ILogger<DurablePayRunNudges> log) : IPayRunNudges
{
    public async Task NudgeAsync(PayRunId run, CancellationToken cancel)
    {
        try
        {
            if ((await runs.LoadAsync(run, cancel))?.Run is { } found)
                await BeginAsync(found, cancel);
        }
#pragma warning disable CA1031 // What was decided is in the table already; to fail the request now would be a lie. The patrol makes up for it.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NudgeLost(log, run.ToString(), failure);
        }
    }

    /// <summary>Null when nothing is to be done without people and bank at that moment.</summary>
    public static string? InstanceOf(PayRun run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.PhaseAt(now) switch
        {
            null => null,
            // Those who may approve it are asked once, and reminded: each is work of its own.
            PayRunPhase.Ask => string.Create(CultureInfo.InvariantCulture, $"{run.Id}-ask-{run.Version}"),
            PayRunPhase.Answer => string.Create(CultureInfo.InvariantCulture, $"{run.Id}-answer-{run.Answer!.Number}"),
            { } phase => $"{run.Id}-{phase.ToString().ToLowerInvariant()}",
        };
    }

    /// <summary>Starts it; that it is followed already counts as success. One that has failed is started anew, one that is suspended left alone.</summary>
    public async Task BeginAsync(PayRun run, CancellationToken cancel)
    {
        if (InstanceOf(run, time.GetUtcNow()) is not { } instance)
            return;
        try
        {
            await instances.Client.ScheduleNewOrchestrationInstanceAsync(
                PayRunOrchestration.Name, new PayRunOrder(run.Id.ToString()), new StartOrchestrationOptions(instance).WithDedupeStatuses(Instances.Alive), cancel);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Whoever lives asks what is to be done before it ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The nudge of pay run {Run} was lost; the patrol will find it.")]
    private static partial void NudgeLost(ILogger logger, string run, Exception exception);
}
