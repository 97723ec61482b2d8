using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests;

/// <summary>Nothing hangs on an event: it may be lost, and it may come more than once.</summary>
public sealed class NudgeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_decision_whose_nudge_was_lost_is_found_by_the_patrol_once_it_is_overdue()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        await worker.SubmitAsync();
        worker.Desk = head.DeskWithoutNudges;
        await worker.TakenAsync(await worker.BallotAsync());

        // What has become due just now is in the hands of its own orchestration.
        Assert.Empty(await head.Patrol.WalkAsync(TimeSpan.FromMinutes(2), head.Guard));
        Assert.NotEmpty((await head.FindAsync(worker.Id)).Duties);

        head.Time.Advance(TimeSpan.FromMinutes(2));
        await head.Patrol.RunAsync(new TimerInfo(), head.Engine.Client, head.Guard);
        Assert.Equal(Status.OnNotice, (await head.SettledAsync(worker.Id)).Status);
        await worker.CheckAsync();
    }

    [Fact]
    public async Task An_application_whose_start_was_lost_is_followed_from_the_next_patrol_on()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        worker.Desk = head.DeskWithoutNudges;
        await worker.HandInAsync();
        Assert.Null(await head.Engine.Client.GetInstanceAsync(worker.Id, head.Guard));

        Assert.Equal([worker.Id], await head.Patrol.WalkAsync(TimeSpan.Zero, head.Guard));
        Assert.Equal("villageCheck", (await head.SettledAsync(worker.Id)).Step);
        await worker.CheckAsync();
    }

    [Fact]
    public async Task An_application_that_moves_again_after_its_end_is_followed_again()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var house = Cases.House(head);
        await house.SubmitAsync();
        var closed = await house.WalkAsync();
        await head.Engine.EndAsync(house.Id);

        var leader = closed.Acts.Any(act => act.Staff == "gao-weimin") ? "yuan-suqin" : "gao-weimin";
        house.Desk = head.DeskWithoutNudges;
        await house.TakenAsync(new Revoke(leader, "批准依据不实"));
        await head.Patrol.WalkAsync(TimeSpan.Zero, head.Guard);

        await head.SettledAsync(house.Id);
        Assert.Equal("Revoked", (await head.Engine.EndAsync(house.Id)).ReadOutputAs<string>());
        Assert.False((await head.FindAsync(house.Id)).ClaimsHeld);
        await house.CheckAsync();
    }

    [Fact]
    public async Task Nudges_that_come_three_times_do_nothing_twice()
    {
        var (events, mails) = await WalkAsync(times: 1);
        var (eventsOfThree, mailsOfThree) = await WalkAsync(times: 3);
        Assert.Equal(events, eventsOfThree);
        Assert.Equal(mails, mailsOfThree);
    }

    private async Task<(IReadOnlyList<string> Events, IReadOnlyList<string> Mails)> WalkAsync(int times)
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var nudges = new Repeated(new DurableNudges(head.Instances, NullLogger<DurableNudges>.Instance), times);
        var worker = Cases.Transport(head);
        worker.Desk = new Desk(head.Get<IStreams>(), head.Shelf, head.Shelf, head.Shelf, nudges, head.Time);
        await worker.SubmitAsync();
        await worker.WalkAsync();
        await worker.TakenAsync(new Withdraw(null));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await head.Engine.EndAsync(worker.Id)).RuntimeStatus);
        await worker.CheckAsync();
        return (await worker.EventsAsync(), head.Mails);
    }

    private sealed class Repeated(INudges nudges, int times) : INudges
    {
        public async Task NudgeAsync(Application application, bool begins, CancellationToken cancel)
        {
            for (var time = 0; time < times; time++)
                await nudges.NudgeAsync(application, begins, cancel);
        }
    }
}
