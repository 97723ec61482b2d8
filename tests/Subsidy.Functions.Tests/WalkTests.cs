using Microsoft.DurableTask.Client;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests;

/// <summary>Whole walks of the shipped schemes: the orchestration follows each to its end, and ends with it.</summary>
public sealed class WalkTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_house_is_followed_from_the_meeting_to_the_completed_building()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var house = Cases.House(head);
        await house.SubmitAsync();
        var closed = await house.WalkAsync();

        Assert.Equal(Status.Closed, closed.Status);
        Assert.Equal(
            ["groupMeeting", "groupNotice", "committeeReview", "conversion", "firstVisit", "jointReview", "leaderApproval", "permits", "settingOut", "completion"],
            await house.PassedAsync());
        Assert.Equal(["homesteadApproval", "planningPermit"], closed.Permits.Select(permit => permit.Kind));
        await EndsAsync(head, house, "Closed");
    }

    [Fact]
    public async Task A_transport_subsidy_is_followed_to_the_fund_and_no_longer_than_it_is_wanted()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        await worker.SubmitAsync();
        var granted = await worker.WalkAsync();

        Assert.Equal(Status.AwaitingFunds, granted.Status);
        Assert.Equal(new Money(60000), granted.Entitlement!.Amount);
        Assert.Equal(["villageCheck", "villageNotice", "townshipReview", "townshipNotice", "countyReview", "countyNotice"], await worker.PassedAsync());
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await head.Engine.FindAsync(worker.Id)).RuntimeStatus);

        await worker.TakenAsync(new Withdraw(null));
        await EndsAsync(head, worker, "Withdrawn");
    }

    [Fact]
    public async Task Relief_that_the_county_refuses_is_followed_until_no_appeal_is_left()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var household = Cases.Relief(head);
        await household.SubmitAsync();
        await household.WalkAsync(until: "countyReview");
        var refused = await household.DecideAsync(Decision.Reject);
        Assert.Equal(Status.Rejected, refused.Status);
        Assert.False(refused.Final);

        await head.PassDeadlineAsync(household.Id);
        await EndsAsync(head, household, "Rejected");
    }

    [Fact]
    public async Task An_emergency_is_followed_through_the_papers_that_come_later()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var household = Cases.Emergency(head);
        await household.SubmitAsync();
        await household.WalkAsync(until: "emergencyOver");
        var granted = await household.WalkAsync();

        Assert.Equal(Status.AwaitingFunds, granted.Status);
        Assert.Equal(["emergencyApproval", "payFirst", "emergencyOver", "papers", "afterCheck"], await household.PassedAsync());
        await household.TakenAsync(new Withdraw(null));
        await EndsAsync(head, household, "Withdrawn");
    }

    private static async Task EndsAsync(RunningHead head, Case followed, string status)
    {
        var end = await head.Engine.EndAsync(followed.Id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(status, end.ReadOutputAs<string>());
        await followed.CheckAsync();
    }
}
