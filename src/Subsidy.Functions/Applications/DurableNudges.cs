using Microsoft.Extensions.Logging;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Functions.Applications;

/// <summary>Nudges by external event.</summary>
public sealed partial class DurableNudges(Instances instances, ILogger<DurableNudges> log) : INudges
{
    public async Task NudgeAsync(Application application, bool begins, CancellationToken cancel)
    {
        try
        {
            if (begins)
                await instances.BeginAsync(application, cancel);
            else
                await instances.NudgeAsync(application, cancel);
        }
#pragma warning disable CA1031 // The decision is in the table already; to fail the request now would be a lie. The patrol makes up for it.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NudgeLost(log, application.Id, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The nudge of application {Id} was lost; the patrol will find it.")]
    private static partial void NudgeLost(ILogger logger, string id, Exception exception);
}
