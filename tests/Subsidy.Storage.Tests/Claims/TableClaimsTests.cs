using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Tests.Claims;

public sealed class TableClaimsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly Claim Father = new("sample|live|father|", "live", 1, 0);
    private static readonly Claim Mother = new("sample|live|mother|", "live", 1, 0);
    private static readonly Claim Twice = new("sample|rolling|father|", "rolling", 2, 12);

    private Store store = null!;

    private IClaims Claims => store.Get<IClaims>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await Store.OpenAsync(azurite);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_claim_is_held_by_one_application_only()
    {
        Assert.Null(await Claims.TakeAsync("a", [Father], Now, Cancel));

        Assert.Equal(new ClaimConflict("live", "a"), await Claims.TakeAsync("b", [Father], Now, Cancel));
    }

    [Fact]
    public async Task Taking_again_what_one_holds_changes_nothing()
    {
        await Claims.TakeAsync("a", [Father, Twice], Now, Cancel);
        Assert.Null(await Claims.TakeAsync("a", [Father, Twice], Now, Cancel));

        Assert.Null(await Claims.TakeAsync("b", [Twice], Now, Cancel));
    }

    [Fact]
    public async Task A_conflict_gives_back_what_was_taken_before_it()
    {
        await Claims.TakeAsync("a", [Mother], Now, Cancel);
        Assert.NotNull(await Claims.TakeAsync("b", [Mother, Father], Now, Cancel));

        Assert.Null(await Claims.TakeAsync("c", [Father], Now, Cancel));
    }

    [Fact]
    public async Task A_claim_that_is_given_back_is_free_for_others_and_only_ones_own_can_be_given_back()
    {
        await Claims.TakeAsync("a", [Father], Now, Cancel);
        await Claims.ReleaseAsync("b", [Father], Cancel);
        Assert.NotNull(await Claims.TakeAsync("b", [Father], Now, Cancel));

        await Claims.ReleaseAsync("a", [Father], Cancel);
        await Claims.ReleaseAsync("a", [Father], Cancel);
        Assert.Null(await Claims.TakeAsync("b", [Father], Now, Cancel));
    }

    [Fact]
    public async Task A_counted_claim_is_taken_so_often_in_so_many_months()
    {
        Assert.Null(await Claims.TakeAsync("a", [Twice], Now, Cancel));
        Assert.Null(await Claims.TakeAsync("b", [Twice], Now.AddMonths(6), Cancel));
        Assert.NotNull(await Claims.TakeAsync("c", [Twice], Now.AddMonths(11), Cancel));

        Assert.Null(await Claims.TakeAsync("c", [Twice], Now.AddMonths(12).AddDays(1), Cancel));
    }

    [Fact]
    public async Task Of_many_who_want_the_same_at_once_exactly_as_many_get_it_as_may()
    {
        var exclusive = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Claims.TakeAsync($"a{i}", [Father], Now, Cancel)));
        var counted = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Claims.TakeAsync($"a{i}", [Twice], Now, Cancel)));

        Assert.Single(exclusive, conflict => conflict is null);
        Assert.Equal(2, counted.Count(conflict => conflict is null));
    }
}
