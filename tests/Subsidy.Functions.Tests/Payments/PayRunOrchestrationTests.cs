using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;
using Subsidy.Core.Payments;
using Subsidy.Functions.Payments;
using Subsidy.Functions.Tests.Replaying;

namespace Subsidy.Functions.Tests.Payments;

/// <summary>The orchestration alone, with plans and slices that the test supplies.</summary>
public sealed class PayRunOrchestrationTests
{
    private const string Run = "relief-2026-0001";
    private const string Instance = "relief-2026-0001-collect";

    private readonly ConcurrentQueue<PayRunPlan> plans = new();
    private readonly ConcurrentQueue<string> done = new();
    private Func<PayRunSlice, Task> slice = _ => Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Phases_follow_one_another_and_each_ends_when_all_its_slices_are_done()
    {
        plans.Enqueue(Plan(PayRunPhase.Look, 0, 1, 2));
        plans.Enqueue(Plan(PayRunPhase.Gather, 0, 1, 2));
        await using var engine = await StartAsync();

        var end = await engine.EndAsync(Instance);

        Assert.Equal("Prepared", end.ReadOutputAs<string>());
        Assert.Equal(["Gather 0", "Gather 1", "Gather 2", "Look 0", "Look 1", "Look 2"], done.Where(what => !what.StartsWith("End", StringComparison.Ordinal)).Order());
        Assert.Equal("End Look", done.ElementAt(3));
        Assert.Equal("End Gather", done.Last());
    }

    [Fact]
    public async Task A_large_run_is_done_by_so_many_at_a_time_and_shows_how_far_it_is()
    {
        plans.Enqueue(Plan(PayRunPhase.Commit, [.. Enumerable.Range(0, 90)]));
        Engine? running = null;
        string? shown = null;
        slice = async what => shown = what.Slice.Chunks[0] == 60 ? (await running!.FindAsync(Instance)).SerializedCustomStatus : shown;
        await using var engine = running = await StartAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync(Instance)).RuntimeStatus);

        Assert.Equal(91, done.Distinct().Count());
        var atOnce = engine.Recorder.Of(Instance).PastEvents.Aggregate(
            (Now: 0, Most: 0),
            (count, happened) => happened.TaskScheduled is not null ? (count.Now + 1, Math.Max(count.Most, count.Now + 1))
                : happened.TaskCompleted is not null ? (count.Now - 1, count.Most) : count).Most;
        Assert.Equal(PayRunOrchestration.AtOnce, atOnce);
        var progress = JsonNode.Parse(shown!)!;
        Assert.Equal("Commit", progress["Phase"]!.GetValue<string>());
        // Those behind it may have overtaken it by the time it looks.
        Assert.InRange(progress["Done"]!.GetValue<int>(), 60 - PayRunOrchestration.AtOnce, 89);
        Assert.Equal(90, progress["Of"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_slice_that_fails_once_is_done_again_and_keeps_no_other_waiting()
    {
        plans.Enqueue(Plan(PayRunPhase.Commit, [.. Enumerable.Range(0, 12)]));
        var failures = 0;
        slice = what => what.Slice.Chunks[0] == 3 && Interlocked.Increment(ref failures) == 1
            ? throw new PayRunException("The worker died.")
            : Task.CompletedTask;
        await using var engine = await StartAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync(Instance)).RuntimeStatus);
        Assert.Equal(2, failures);
        Assert.Equal("Commit 3", done.ElementAt(11));
    }

    [Fact]
    public async Task After_a_hundred_slices_the_history_is_begun_anew_and_goes_on_with_the_next_phase()
    {
        foreach (var slices in new[] { PayRunOrchestration.SlicesKept - 40, 40, 10 })
            plans.Enqueue(Plan(PayRunPhase.Look, [.. Enumerable.Range(0, slices)]));
        await using var engine = await StartAsync();

        Assert.Equal("Prepared", (await engine.EndAsync(Instance)).ReadOutputAs<string>());

        Assert.Equal(PayRunOrchestration.SlicesKept + 10, done.Count(what => what.StartsWith("Look", StringComparison.Ordinal)));
        var history = engine.Recorder.Of(Instance).PastEvents;
        Assert.Equal(10, history.Count(happened => happened.TaskScheduled?.Name == PayRunActivities.Do));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(100, 100)]
    [InlineData(101, 51)]
    [InlineData(1000, 100)]
    public void A_phase_of_any_size_has_a_hundred_slices_at_most_and_a_plan_of_a_few_kilobytes(int chunks, int slices)
    {
        var plan = new PayRunPlan("Looking", PayRunPhase.Look, ChunkSlice.Of([.. Enumerable.Range(0, chunks)]));
        Assert.Equal(slices, plan.Slices.Count);
        Assert.Equal(Enumerable.Range(0, chunks), plan.Slices.SelectMany(one => one.Chunks));
        Assert.InRange(JsonSerializer.Serialize(plan).Length, 1, 8 * 1024);
    }

    /// <summary>The file is what the next test attached to its result once. It stays as it is; others may come to stand beside it.</summary>
    [Fact]
    public async Task A_history_that_an_earlier_build_recorded_is_replayed_by_this_one()
    {
        var recorded = await RecordedAsync();

        var (then, now) = Replay.Of<PayRunOrder>(recorded, PayRunOrchestration.RunAsync);
        Assert.Contains(recorded.PastEvents, happened => happened.TimerFired is not null);
        Assert.Contains(recorded.PastEvents, happened => happened.TaskFailed is not null);
        Assert.Equal([.. then, "Completed \"Prepared\""], now);
    }

    [Fact]
    public async Task A_history_of_today_can_be_replayed()
    {
        plans.Enqueue(Plan(PayRunPhase.Collect, 0));
        plans.Enqueue(Plan(PayRunPhase.Look, [.. Enumerable.Range(0, 12)]));
        plans.Enqueue(Plan(PayRunPhase.Gather, [.. Enumerable.Range(0, 12)]));
        var failures = 0;
        slice = what => what is { Phase: PayRunPhase.Gather, Slice.Chunks: [5] } && Interlocked.Increment(ref failures) == 1
            ? throw new PayRunException("The worker died.")
            : Task.CompletedTask;
        await using var engine = await StartAsync();
        await engine.EndAsync(Instance);

        var history = engine.Recorder.Of(Instance);
        var (then, now) = Replay.Of<PayRunOrder>(history, PayRunOrchestration.RunAsync);
        Assert.Equal([.. then, "Completed \"Prepared\""], now);

        // Without the paths of the machine that built it, for the day when another one is to be kept.
        foreach (var failed in history.PastEvents.Where(happened => happened.TaskFailed is not null))
            failed.TaskFailed.FailureDetails.StackTrace = "";
        TestContext.Current.AddAttachment("history.json", new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(history));
    }

    [Fact]
    public async Task A_replay_finds_out_code_that_asks_in_another_order()
    {
        var (then, now) = Replay.Of<PayRunOrder>(await RecordedAsync(), async (context, order) =>
        {
            await context.CallActivityAsync(PayRunActivities.Finish, new PayRunPhaseEnd(order.Run, PayRunPhase.Collect));
            return await PayRunOrchestration.RunAsync(context, order);
        });
        Assert.NotEqual([.. then, "Completed \"Prepared\""], now);
    }

    private static async Task<OrchestratorRequest> RecordedAsync([CallerFilePath] string here = "") => JsonParser.Default.Parse<OrchestratorRequest>(
        await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(here)!, "..", "Replaying", "pay-run.json"), Cancel));

    private static PayRunPlan Plan(PayRunPhase phase, params int[] chunks) =>
        new(phase.ToString(), phase, [.. chunks.Select(chunk => new ChunkSlice([chunk]))]);

    private async Task<Engine> StartAsync()
    {
        var engine = await Engine.StartAsync(_ => throw new NotSupportedException(), Register, Cancel);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            PayRunOrchestration.Name, new PayRunOrder(Run), new StartOrchestrationOptions(Instance), Cancel);
        return engine;
    }

    private void Register(DurableTaskRegistry tasks) => tasks.AddPayRuns(
        _ => Task.FromResult(plans.TryDequeue(out var plan) ? plan : new PayRunPlan("Prepared", null, [])),
        async what =>
        {
            await slice(what);
            done.Enqueue($"{what.Phase} {what.Slice.Chunks[0]}");
        },
        end =>
        {
            done.Enqueue($"End {end.Phase}");
            return Task.CompletedTask;
        });
}
