using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Local.Bank;
using Subsidy.Storage.Payments;

namespace Subsidy.Local.Running;

/// <summary>Carries pay runs on and reads the bank's answers.</summary>
internal sealed partial class PayRunRound(IServiceProvider services, PayRunAlarms alarms, ILogger<PayRunRound> log)
    : Round<PayRunId>(TimeSpan.FromMinutes(1)), IPayRunNudges
{
    public Task NudgeAsync(PayRunId run, CancellationToken cancel)
    {
        Bell.Ring(run);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Carries on every run that is not over, and reads the inbox until nothing in it is taken any more. Returns whether anything was done.
    /// </summary>
    /// <exception cref="AggregateException">Some runs failed; all others were carried on.</exception>
    public Task<bool> WalkAsync(CancellationToken cancel) => AloneAsync(
        async () =>
        {
            var done = Bell.Take().Count > 0;
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
        },
        cancel);

    protected override Task WalkAllAsync(CancellationToken cancel) => WalkAsync(cancel);

    protected override Task TendAsync(PayRunId key, CancellationToken cancel) => CarryOnAsync(key, cancel);

    protected override void Failed(Exception failure)
    {
        if (failure is PayRunTendingException { InnerException: { } cause } one)
            alarms.Failed(one.Run.ToString(), cause);
        else
            RoundFailed(log, failure);
    }

    private async Task<bool> ReadInboxAsync(CancellationToken cancel)
    {
        await services.GetRequiredService<SimulatedBank>().SayDueAsync(cancel);
        var (any, taken) = (false, true);
        while (taken)
        {
            taken = false;
            await services.GetRequiredService<BankAnswers>().EmptyInboxAsync(
                async receipt =>
                {
                    any = true;
                    AnswerRead(log, receipt.Fate, receipt.Run?.ToString() ?? "?");
                    if (receipt is not { Fate: AnswerFate.Taken, Run: { } run })
                        return;
                    taken = true;
                    await CarryOnAsync(run, cancel);
                },
                cancel);
        }
        return any;
    }

    private Task CarryOnAsync(PayRunId run, CancellationToken cancel) => services.GetRequiredService<PayRuns>().TendAsync(run, cancel);

    [LoggerMessage(Level = LogLevel.Information, Message = "An answer of the bank was read: {Fate}, to run {Run}.")]
    private static partial void AnswerRead(ILogger logger, AnswerFate fate, string run);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round over the pay runs and the bank's answers had trouble; the next one takes it up again.")]
    private static partial void RoundFailed(ILogger logger, Exception exception);
}
