using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;

namespace Subsidy.Functions.Tests.Replaying;

/// <summary>Runs code over a recorded history, as a worker does that was put up under a running orchestration.</summary>
internal static class Replay
{
    /// <summary>
    /// For each time that the orchestration was awake: what it asked for then (turns, timers, its end) and what the code asks for at
    /// that point of the same history. The last time is only in the second: the history ends before it.
    /// </summary>
    public static (IReadOnlyList<string> Then, IReadOnlyList<string> Now) Of<TInput>(
        OrchestratorRequest history, Func<TaskOrchestrationContext, TInput, Task<string>> code)
    {
        var events = history.PastEvents.Concat(history.NewEvents).ToList();
        var starts = Enumerable.Range(0, events.Count).Where(i => events[i].OrchestratorStarted is not null).ToList();
        var (then, now) = (new List<string>(), new List<string>());
        foreach (var (start, end) in starts.Zip([.. starts.Skip(1), events.Count]))
        {
            var awake = events[start..end];
            then.AddRange(awake.Select(Asked).OfType<string>());
            var request = new OrchestratorRequest { InstanceId = history.InstanceId, ExecutionId = history.ExecutionId };
            request.PastEvents.AddRange(events[..start]);
            request.NewEvents.AddRange(awake.Where(happened => happened.OrchestratorCompleted is null && Asked(happened) is null));
            now.AddRange(Run(request, code).Actions.Select(Asked));
        }
        return (then, now);
    }

    private static OrchestratorResponse Run<TInput>(OrchestratorRequest request, Func<TaskOrchestrationContext, TInput, Task<string>> code)
    {
        var answer = GrpcOrchestrationRunner.LoadAndRun<TInput, string>(
            Convert.ToBase64String(request.ToByteArray()), async (context, input) => await code(context, input!));
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
    }

    private static string? Asked(HistoryEvent happened) => happened switch
    {
        { TaskScheduled: { } task } => $"{happened.EventId} {task.Name} {task.Input}",
        { TimerCreated: { } timer } => $"{happened.EventId} timer {timer.FireAt}",
        _ => null,
    };

    private static string Asked(OrchestratorAction action) => action switch
    {
        { ScheduleTask: { } task } => $"{action.Id} {task.Name} {task.Input}",
        { CreateTimer: { } timer } => $"{action.Id} timer {timer.FireAt}",
        { CompleteOrchestration: { } end } => $"{end.OrchestrationStatus} {end.Result}{end.FailureDetails?.ErrorMessage}",
        _ => action.OrchestratorActionTypeCase.ToString(),
    };
}
