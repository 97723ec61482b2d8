using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Subsidy.Core.Payments;
using Subsidy.Functions.Payments;

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
        plans.Enqueue(Plan(PayRunPhase.Commit, [.. Enumerable.Range(0, 100)]));
        Engine? running = null;
        string? shown = null;
        slice = async what => shown = what.Slice.Chunks[0] == 60 ? (await running!.FindAsync(Instance)).SerializedCustomStatus : shown;
        await using var engine = running = await StartAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync(Instance)).RuntimeStatus);

        Assert.Equal(101, done.Distinct().Count());
        var atOnce = engine.Recorder.Of(Instance).PastEvents.Aggregate(
            (Now: 0, Most: 0),
            (count, happened) => happened.TaskScheduled is not null ? (count.Now + 1, Math.Max(count.Most, count.Now + 1))
                : happened.TaskCompleted is not null ? (count.Now - 1, count.Most) : count).Most;
        Assert.Equal(PayRunOrchestration.AtOnce, atOnce);
        var progress = JsonNode.Parse(shown!)!;
        Assert.Equal("Commit", progress["Phase"]!.GetValue<string>());
        Assert.InRange(progress["Done"]!.GetValue<int>(), 60 - PayRunOrchestration.AtOnce, 60);
        Assert.Equal(100, progress["Of"]!.GetValue<int>());
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
