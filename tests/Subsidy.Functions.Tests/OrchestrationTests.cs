using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Tests;

public sealed class OrchestrationTests
{
    private const string Id = "k7qm3wxtpb9c";
    private static readonly DateTimeOffset Past = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset FarAway = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Script script = new();

    [Fact]
    public async Task The_first_act_is_a_turn_and_a_final_turn_is_the_last()
    {
        await using var engine = await StartAsync();

        var scene = await script.NextAsync();
        Assert.Equal(new TurnOrder(Id, null), scene.Order);
        scene.Ends(Script.Turn(step: null, final: true));

        var end = await engine.EndAsync(Id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal("Closed", end.ReadOutputAs<string>());
        Assert.True(script.Nothing);
    }

    [Fact]
    public async Task The_status_shows_the_step_and_when_it_is_due_and_each_turn_is_told_the_step()
    {
        await using var engine = await StartAsync();

        (await script.NextAsync()).Ends(Script.Turn("village", FarAway));
        await engine.Client.RaiseEventAsync(Id, ApplicationOrchestration.Nudge, null, TestContext.Current.CancellationToken);
        var second = await script.NextAsync();

        Assert.Equal("village", second.Order.Step);
        var status = (await engine.Client.GetInstanceAsync(Id, true, TestContext.Current.CancellationToken))!.SerializedCustomStatus;
        Assert.Equal("""{"step":"village","due":"2999-01-01T00:00:00+00:00"}""", status, ignoreCase: true);
    }

    [Fact]
    public async Task A_nudge_that_comes_during_a_turn_leads_to_another_turn()
    {
        await using var engine = await StartAsync();

        var first = await script.NextAsync();
        await engine.Client.RaiseEventAsync(Id, ApplicationOrchestration.Nudge, null, TestContext.Current.CancellationToken);
        first.Ends(Script.Turn(wake: null));

        (await script.NextAsync()).Ends(Script.Turn(final: true));
        await engine.EndAsync(Id);
    }

    [Fact]
    public async Task Nudges_that_come_together_are_answered_by_one_turn()
    {
        await using var engine = await StartAsync();

        var first = await script.NextAsync();
        for (var i = 0; i < 5; i++)
            await engine.Client.RaiseEventAsync(Id, ApplicationOrchestration.Nudge, null, TestContext.Current.CancellationToken);
        first.Ends(Script.Turn(wake: FarAway));

        var second = await script.NextAsync();
        second.Ends(Script.Turn(wake: FarAway));
        // Were there a third turn of its own accord, this nudge would lead to a fourth.
        await engine.Client.RaiseEventAsync(Id, ApplicationOrchestration.Nudge, null, TestContext.Current.CancellationToken);
        (await script.NextAsync()).Ends(Script.Turn(final: true));
        await engine.EndAsync(Id);
        Assert.True(script.Nothing);
    }

    [Fact]
    public async Task A_deadline_wakes_it_without_a_nudge()
    {
        await using var engine = await StartAsync();

        (await script.NextAsync()).Ends(Script.Turn(wake: Past));
        (await script.NextAsync()).Ends(Script.Turn(final: true));

        await engine.EndAsync(Id);
    }

    [Fact]
    public async Task A_failed_turn_is_taken_again()
    {
        await using var engine = await StartAsync();

        (await script.NextAsync()).Fails();
        (await script.NextAsync()).Ends(Script.Turn(final: true));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync(Id)).RuntimeStatus);
    }

    [Fact]
    public async Task Its_history_begins_anew_beyond_two_hundred_turns_and_it_goes_on_where_it_was()
    {
        await using var engine = await StartAsync();

        for (var i = 0; i < ApplicationOrchestration.TurnsKept; i++)
            (await script.NextAsync()).Ends(Script.Turn("township", wake: Past));
        var anew = await script.NextAsync();
        Assert.Equal(new TurnOrder(Id, "township"), anew.Order);
        anew.Ends(Script.Turn("township", wake: null));
        await engine.Client.RaiseEventAsync(Id, ApplicationOrchestration.Nudge, null, TestContext.Current.CancellationToken);
        (await script.NextAsync()).Ends(Script.Turn(final: true));

        var end = await engine.EndAsync(Id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(new Following(Id, "township"), end.ReadInputAs<Following>());
    }

    private async Task<Engine> StartAsync()
    {
        var engine = await Engine.StartAsync(script.PlayAsync, TestContext.Current.CancellationToken);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            ApplicationOrchestration.Name, new Following(Id, null), new StartOrchestrationOptions(Id), TestContext.Current.CancellationToken);
        return engine;
    }
}
