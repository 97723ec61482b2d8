using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests;

/// <summary>What an application costs in requests to storage, beside those of the engine itself. A change that makes it dearer must say so here.</summary>
public sealed class CostTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_three_step_application_stays_under_forty_table_requests()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        head.Store.Wire.Restart();
        await worker.SubmitAsync();
        await worker.DecideAsync();
        await head.PassDeadlineByTimerAsync(worker.Id);
        Assert.Equal("townshipNotice", (await worker.DecideAsync()).Step);

        var requests = head.Store.Wire.Requests.Count(request =>
            !request.Contains("papers", StringComparison.Ordinal) && !request.Contains("quarantine", StringComparison.Ordinal));
        TestContext.Current.AddAttachment("requests", $"{requests - head.Looks}");
        // 29 mostly; a few more when the first turn and the request that handed the application in take its claims at the same time.
        Assert.InRange(requests - head.Looks, 20, 39);
    }
}
