using System.Text.Json.Nodes;
using Subsidy.Core.Applications;

namespace Subsidy.Storage.Tests.Crashes;

/// <summary>What an application costs in requests to storage. A change that makes it dearer must say so here.</summary>
public sealed class CostTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_three_step_application_stays_under_thirty_table_requests()
    {
        await using var store = await Store.OpenAsync(azurite);
        var office = new Office();
        office = new Office { Transport = office.Transport with { Route = [.. office.Transport.Route.Take(3)] } };
        var life = new Life(store, office, 1);

        await life.SubmitAsync();
        await life.TurnAsync();
        await life.ApproveAsync();
        await life.TurnAsync();
        store.Time.Advance(TimeSpan.FromDays(10));
        await life.TurnAsync();
        await life.ApproveAsync();
        await life.TurnAsync();

        var requests = store.Wire.Requests.Count(request => !request.Contains("quarantine", StringComparison.Ordinal) && !request.Contains("papers", StringComparison.Ordinal));
        Assert.Equal("townshipReview", (await life.FindAsync())!.Step);
        Assert.InRange(requests, 20, 30);
    }
}
