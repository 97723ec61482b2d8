using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Subsidy.Storage.Papers;

namespace Subsidy.Functions.Housekeeping;

/// <summary>Sweeps papers that no event names, every hour: what a closed page or a crash has left behind.</summary>
public sealed partial class PaperSweeping(PaperSweep sweep, TimeProvider time, ILogger<PaperSweeping> log)
{
    [Function("PaperSweep")]
    public async Task RunAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancel) =>
        Swept(log, await sweep.RunAsync(time.GetUtcNow(), cancel));

    [LoggerMessage(Level = LogLevel.Information, Message = "The sweep took away {Papers} papers that nobody names.")]
    private static partial void Swept(ILogger logger, int papers);
}
