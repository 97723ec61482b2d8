using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Functions.Applications;

/// <summary>
/// Nudges by external event. The client comes with the binding of whichever function runs; it is the same for all of them.
/// </summary>
public sealed partial class DurableNudges(Instances instances, ILogger<DurableNudges> log) : INudges
{
    private DurableTaskClient? client;

    public void Use(DurableTaskClient bound) => client ??= bound;

    public async Task NudgeAsync(Application application, bool begins, CancellationToken cancel)
    {
        if (client is not { } found)
            return; // No request has come in since the process started; the patrol finds the due row.
        try
        {
            if (begins)
                await instances.BeginAsync(found, application, cancel);
            else
                await Instances.NudgeAsync(found, application, cancel);
        }
#pragma warning disable CA1031 // The decision is in the table already; to fail the request now would be a lie. The patrol makes up for it.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Lost(log, application.Id, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The nudge of application {Id} was lost; the patrol will find it.")]
    private static partial void Lost(ILogger logger, string id, Exception exception);
}
