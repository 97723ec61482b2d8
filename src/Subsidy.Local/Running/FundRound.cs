using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Local.Running;

/// <summary>Serves the queues of the funds and tells applications what became of their money.</summary>
internal sealed partial class FundRound(IServiceProvider services, ILogger<FundRound> log) : Round<FundKey>(TimeSpan.FromMinutes(5)), IFundBell
{
    public void Ring(FundKey key) => Bell.Ring(key);

    /// <summary>Tends every fund-year, after whatever round is under way. Returns how many applications were told something.</summary>
    /// <exception cref="AggregateException">Some fund-years had trouble; all others were tended.</exception>
    public Task<int> WalkAsync(CancellationToken cancel) => AloneAsync(() => Delivery.TendAsync(cancel), cancel);

    protected override Task WalkAllAsync(CancellationToken cancel) => WalkAsync(cancel);

    protected override Task TendAsync(FundKey key, CancellationToken cancel) => Delivery.TendAsync(key, cancel);

    protected override void Failed(Exception failure) => TendingFailed(log, failure);

    /// <summary>Resolved when it is used: the desk inside it rings this bell.</summary>
    private FundNewsDelivery Delivery => services.GetRequiredService<FundNewsDelivery>();

    [LoggerMessage(Level = LogLevel.Error, Message = "A round over the funds had trouble; the next one takes it up again.")]
    private static partial void TendingFailed(ILogger logger, Exception exception);
}
