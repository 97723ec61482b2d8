using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Local.Running;

/// <summary>
/// Serves the queues of the funds and tells applications what became of their money: at once where the books have changed, and all of
/// them at the start and now and then, for whatever an earlier run left untold.
/// </summary>
internal sealed partial class FundRound(IServiceProvider services, ILogger<FundRound> log) : BackgroundService, IFundBell
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private readonly Bell<FundKey> bell = new();
    private readonly SemaphoreSlim walking = new(1, 1);

    public void Ring(FundKey key) => bell.Ring(key);

    /// <summary>Tends every fund-year, after whatever round is under way. Returns how many applications were told something.</summary>
    /// <exception cref="AggregateException">Some fund-years had trouble; all others were tended.</exception>
    public async Task<int> WalkAsync(CancellationToken cancel)
    {
        // Resolved when it is used: the desk inside it rings this bell.
        var delivery = services.GetRequiredService<FundNewsDelivery>();
        await walking.WaitAsync(cancel);
        try
        {
            return await delivery.TendAsync(cancel);
        }
        finally
        {
            walking.Release();
        }
    }

    public override void Dispose()
    {
        bell.Dispose();
        walking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delivery = services.GetRequiredService<FundNewsDelivery>();
        await TryAsync(() => WalkAsync(stoppingToken), stoppingToken);
        while (true)
        {
            if (await bell.WaitAsync(Every, stoppingToken))
                await TendChangedAsync(delivery, stoppingToken);
            else
                await TryAsync(() => WalkAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task TendChangedAsync(FundNewsDelivery delivery, CancellationToken cancel)
    {
        await walking.WaitAsync(cancel);
        try
        {
            foreach (var key in bell.Take())
                await TryAsync(() => delivery.TendAsync(key, cancel), cancel);
        }
        finally
        {
            walking.Release();
        }
    }

    private async Task TryAsync(Func<Task> walk, CancellationToken cancel)
    {
        try
        {
            await walk();
        }
#pragma warning disable CA1031 // One fund's trouble must not stop the others; it is tended again, and stands in the log.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            foreach (var one in failure is AggregateException many ? many.InnerExceptions : [failure])
                TendingFailed(log, one);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round over the funds had trouble; the next one takes it up again.")]
    private static partial void TendingFailed(ILogger logger, Exception exception);
}
