using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Payments;

/// <summary>Every minute: reads what the bank has put into the inbox, and has the runs that it answers carried on.</summary>
public sealed partial class BankInbox(BankAnswers answers, IPayRunNudges nudges, Instances instances, ILogger<BankInbox> log)
{
    [Function("BankInbox")]
    public Task RunAsync([TimerTrigger("50 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        instances.Use(client);
        return ReadAsync(cancel);
    }

    public Task ReadAsync(CancellationToken cancel) => answers.EmptyInboxAsync(
        async receipt =>
        {
            AnswerRead(log, receipt.Fate, receipt.Run?.ToString() ?? "?");
            // One that has to wait for the answer before it: that one may have lost its orchestration.
            if (receipt is { Fate: AnswerFate.Taken or AnswerFate.NotYet, Run: { } run })
                await nudges.NudgeAsync(run, cancel);
        },
        cancel);

    [LoggerMessage(Level = LogLevel.Information, Message = "An answer of the bank was read: {Fate}, to run {Run}.")]
    private static partial void AnswerRead(ILogger logger, AnswerFate fate, string run);
}
