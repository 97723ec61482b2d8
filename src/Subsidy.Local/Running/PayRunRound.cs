using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Local.Bank;

namespace Subsidy.Local.Running;

/// <summary>
/// Carries pay runs on and reads the bank's answers: at once where somebody has done something to a run, and all of it at the start and
/// every minute, for whatever a crash has left in the middle.
/// </summary>
internal sealed partial class PayRunRound(IServiceProvider services, ILogger<PayRunRound> log) : BackgroundService, IPayRunNudges
{
    /// <summary>Chunks at a time.</summary>
    private const int AtOnce = 4;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Bell<PayRunId> bell = new();
    private readonly SemaphoreSlim walking = new(1, 1);

    public Task NudgeAsync(PayRunId run, CancellationToken cancel)
    {
        bell.Ring(run);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Carries on every run that is not over, and reads the inbox until nothing in it is taken any more. Returns whether anything was done.
    /// </summary>
    /// <exception cref="AggregateException">Some runs failed; all others were carried on.</exception>
    public async Task<bool> WalkAsync(CancellationToken cancel)
    {
        await walking.WaitAsync(cancel);
        try
        {
            var done = bell.Take().Count > 0;
            try
            {
                await services.GetRequiredService<PayRuns>().TendAsync(cancel);
            }
            finally
            {
                // Also when a run failed: the answers to all others are read.
                done |= await ReadInboxAsync(cancel);
            }
            return done;
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
        await TryAsync(() => WalkAsync(stoppingToken), stoppingToken);
        while (true)
        {
            if (await bell.WaitAsync(Every, stoppingToken))
                await CarryNudgedAsync(stoppingToken);
            else
                await TryAsync(() => WalkAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task CarryNudgedAsync(CancellationToken cancel)
    {
        await walking.WaitAsync(cancel);
        try
        {
            foreach (var run in bell.Take())
                await TryAsync(() => CarryOnAsync(run, cancel), cancel);
        }
        finally
        {
            walking.Release();
        }
    }

    private async Task<bool> ReadInboxAsync(CancellationToken cancel)
    {
        await services.GetRequiredService<SimulatedBank>().SayDueAsync(cancel);
        var any = false;
        while (true)
        {
            var receipts = await services.GetRequiredService<BankAnswers>().EmptyInboxAsync(cancel);
            any |= receipts.Count > 0;
            foreach (var receipt in receipts)
                AnswerRead(log, receipt.Fate, receipt.Run?.ToString() ?? "?");
            List<PayRunId> taken = [.. receipts.Where(receipt => receipt.Fate is AnswerFate.Taken).Select(receipt => receipt.Run!.Value).Distinct()];
            if (taken.Count == 0)
                return any;
            foreach (var run in taken)
                await CarryOnAsync(run, cancel);
        }
    }

    private Task<PayRun?> CarryOnAsync(PayRunId run, CancellationToken cancel) =>
        services.GetRequiredService<PayRuns>().RunToEndAsync(run, AtOnce, cancel);

    private async Task TryAsync(Func<Task> walk, CancellationToken cancel)
    {
        try
        {
            await walk();
        }
#pragma warning disable CA1031 // One run's trouble must not stop the others; it is carried on within a minute, and stands in the log.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            foreach (var one in failure is AggregateException many ? many.InnerExceptions : [failure])
                RunFailed(log, one);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "An answer of the bank was read: {Fate}, to run {Run}.")]
    private static partial void AnswerRead(ILogger logger, AnswerFate fate, string run);

    [LoggerMessage(Level = LogLevel.Error, Message = "A pay run could not be carried on; it is taken up again within a minute.")]
    private static partial void RunFailed(ILogger logger, Exception exception);
}
