using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Funds;

/// <summary>Every minute: serves the queues of the funds and tells applications what became of their money.</summary>
public sealed partial class FundRound(FundNewsDelivery delivery, Instances instances, ILogger<FundRound> log)
{
    /// <summary>
    /// Well below what the platform gives a function. What is not told by then is told by the next round: the news stays in the books.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Function("FundRound")]
    public async Task RunAsync([TimerTrigger("20 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        instances.Use(client);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bounded.CancelAfter(Longest);
        try
        {
            await WalkAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            BrokenOff(log, Longest);
        }
    }

    /// <summary>Returns how many applications were told something.</summary>
    /// <exception cref="AggregateException">Some fund-years had trouble; all others were tended.</exception>
    public async Task<int> WalkAsync(CancellationToken cancel)
    {
        try
        {
            var told = await delivery.TendAsync(cancel);
            if (told > 0)
                Told(log, told);
            return told;
        }
        catch (AggregateException failures) when (!cancel.IsCancellationRequested)
        {
            foreach (var failure in failures.InnerExceptions)
                TendingFailed(log, failure);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The round over the funds told {Told} applications of their money.")]
    private static partial void Told(ILogger logger, int told);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The round over the funds was broken off after {Longest}; the next one goes on.")]
    private static partial void BrokenOff(ILogger logger, TimeSpan longest);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round over the funds had trouble; the next one takes it up again.")]
    private static partial void TendingFailed(ILogger logger, Exception exception);
}
