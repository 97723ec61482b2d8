using Subsidy.Storage.Papers;

namespace Subsidy.Local.Running;

/// <summary>Sweeps papers that no event names: what a closed page or a crash has left behind.</summary>
internal sealed class Housekeeping(PaperSweep sweep, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await sweep.RunAsync(time.GetUtcNow(), stoppingToken);
    }
}
