using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Subsidy.Functions.Applications;

/// <summary>
/// Follows one application to its end. It knows nothing of schemes or steps, so that code can be deployed under applications that live
/// for months: it takes a turn, then sleeps until the next deadline or a nudge. What it awaits, and in which order, must never change:
/// running instances replay their history through it (a test replays one that an earlier build recorded).
/// </summary>
public static class ApplicationOrchestration
{
    public const string Name = "Application";
    public const string Nudge = "Nudge";

    /// <summary>Turns after which the history is begun anew. An ordinary walk stays below, so that it can be read in one piece.</summary>
    public const int TurnsKept = 200;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5,
        firstRetryInterval: TimeSpan.FromSeconds(5),
        backoffCoefficient: 3,
        maxRetryInterval: TimeSpan.FromMinutes(10)));

    [Function(Name)]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Following following)
    {
        // The wait is there before the first turn and kept until it completes: a nudge that comes during a turn is not lost.
        var nudge = context.WaitForExternalEvent<string?>(Nudge);
        var step = following.Step;

        for (var turns = 0; turns < TurnsKept; turns++)
        {
            // One turn answers every nudge that came before it.
            while (nudge.IsCompleted)
                nudge = context.WaitForExternalEvent<string?>(Nudge);

            var turn = await context.CallActivityAsync<TurnTaken>(TakeTurn.Name, new TurnOrder(following.Application, step), Retries);
            step = turn.Step;
            context.SetCustomStatus(new { turn.Step, turn.Due });
            if (turn.Final)
                return turn.Status;
            await SleepAsync(context, nudge, turn.Wake);
        }

        // The new history begins with a turn, which answers the nudges of this one too; they need not be carried over.
        context.ContinueAsNew(following with { Step = step }, preserveUnprocessedEvents: false);
        return "";
    }

    private static async Task SleepAsync(TaskOrchestrationContext context, Task nudge, DateTimeOffset? wake)
    {
        if (wake is not { } at)
        {
            await nudge;
            return;
        }
        // Also when the nudge is there already: whether it is may look different at a replay, and what is scheduled must not.
        using var awake = new CancellationTokenSource();
        await Task.WhenAny(nudge, context.CreateTimer(at.UtcDateTime, awake.Token));
        // Otherwise the orchestration would not be over before its last timer is. Not CancelAsync: an orchestrator may await durable
        // tasks only, and that one goes through the thread pool.
#pragma warning disable CA1849, MA0042
        awake.Cancel();
#pragma warning restore CA1849, MA0042
    }
}

/// <param name="Application">Application id.</param>
/// <param name="Step">The step where it was last, for whoever reads the history.</param>
public sealed record Following(string Application, string? Step);
