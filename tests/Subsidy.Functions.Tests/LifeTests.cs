using Microsoft.DurableTask.Client;
using Subsidy.Core.Applications;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests;

/// <summary>What operators do to an orchestration, and what the engine does to it, leaves its application whole.</summary>
public sealed class LifeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_terminated_orchestration_is_patrolled_back_to_life_when_its_application_is_due()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = await OnNoticeAsync(head);
        await head.Engine.Client.TerminateInstanceAsync(worker.Id, (object?)null, head.Guard);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await head.Engine.EndAsync(worker.Id)).RuntimeStatus);

        var noticed = await head.PassDeadlineAsync(worker.Id);
        Assert.Equal("townshipReview", noticed.Step);
        await EndAsync(head, worker);
    }

    [Fact]
    public async Task A_suspended_orchestration_is_left_alone_until_it_is_resumed()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = await OnNoticeAsync(head);
        await head.Engine.Client.SuspendInstanceAsync(worker.Id, null, head.Guard);
        var suspended = await head.Engine.UntilAsync(worker.Id, OrchestrationRuntimeStatus.Suspended);
        var nudges = Nudges(head, worker);

        await head.MoveToDeadlineAsync(worker.Id);
        Assert.Equal([worker.Id], await head.Patrol.WalkAsync(TimeSpan.Zero, head.Guard));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await head.Engine.FindAsync(worker.Id)).RuntimeStatus);

        await head.Engine.Client.ResumeInstanceAsync(worker.Id, null, head.Guard);
        var running = await head.Engine.UntilAsync(worker.Id, OrchestrationRuntimeStatus.Running);
        Assert.Equal(suspended.CreatedAt, running.CreatedAt);
        Assert.Equal(nudges, Nudges(head, worker));
        Assert.Equal("townshipReview", (await head.PassDeadlineAsync(worker.Id)).Step);
        await EndAsync(head, worker);
    }

    [Fact]
    public async Task A_start_of_what_runs_already_counts_as_success_and_changes_nothing()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        var submitted = await worker.SubmitAsync();
        var started = await head.Engine.FindAsync(worker.Id);

        await Task.WhenAll(head.Instances.BeginAsync(submitted, head.Guard), head.Instances.BeginAsync(submitted, head.Guard));
        Assert.Equal(started.CreatedAt, (await head.Engine.FindAsync(worker.Id)).CreatedAt);
        await worker.WalkAsync();
        await EndAsync(head, worker);
    }

    [Fact]
    public async Task A_history_begun_anew_in_the_middle_of_a_walk_is_not_noticed_by_the_application()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = await OnNoticeAsync(head);
        var before = await worker.EventsAsync();
        await head.TakeTurnsAsync(worker.Id, ApplicationOrchestration.TurnsKept);

        var anew = await head.Engine.FindAsync(worker.Id);
        Assert.Equal(new Following(worker.Id, "villageNotice"), anew.ReadInputAs<Following>());
        Assert.Equal(before, await worker.EventsAsync());
        await worker.WalkAsync();
        await EndAsync(head, worker);
    }

    private static async Task<Case> OnNoticeAsync(RunningHead head)
    {
        var worker = Cases.Transport(head);
        await worker.SubmitAsync();
        await worker.WalkAsync(until: "villageNotice");
        return worker;
    }

    private static async Task EndAsync(RunningHead head, Case worker)
    {
        await worker.WalkAsync();
        await worker.TakenAsync(new Withdraw(null));
        var end = await head.Engine.EndAsync(worker.Id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal("Withdrawn", end.ReadOutputAs<string>());
        await worker.CheckAsync();
    }

    private static int Nudges(RunningHead head, Case worker)
    {
        var history = head.Engine.Recorder.Of(worker.Id);
        return history.PastEvents.Concat(history.NewEvents).Count(happened => happened.EventRaised is not null);
    }
}
