using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Crashes;

/// <summary>Several at once on one application: nothing is lost, nothing is done twice.</summary>
public sealed class RaceTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_loses_the_race_decides_again_on_what_the_winner_left()
    {
        await using var store = await Store.OpenAsync(azurite);
        var (office, life) = await OnNoticeAsync(store);
        var desk = new Desk(store.Get<IStreams>(), office, office, office, office, store.Time);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i =>
            desk.HandleAsync(life.Id, new RaiseObjection($"objection{i}", null, null, $"reason {i}"), null, Cancel)));

        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        var events = await store.Get<IStreams>().ReadAsync(life.Id, Cancel).ToListAsync(Cancel);
        Assert.Equal(5, events.Count(stored => stored.Recorded.Event is Objected));
        await life.PatrolAsync();
        await life.CheckAsync();
    }

    [Fact]
    public async Task The_same_request_twice_at_once_makes_one_application()
    {
        await using var store = await Store.OpenAsync(azurite);
        var life = new Life(store, Office.WithOnePaper(), 1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => life.SubmitAsync()));
        await life.PatrolAsync();
        await life.CheckAsync();
    }

    [Fact]
    public async Task Turns_at_once_send_each_mail_once()
    {
        await using var store = await Store.OpenAsync(azurite);
        var office = Office.WithOnePaper();
        var life = new Life(store, office, 1);
        await life.SubmitAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => life.TurnAsync()));
        Assert.NotEmpty(office.Sent);
        Assert.Equal(office.Sent.Distinct().Count(), office.Sent.Count);
        await life.PatrolAsync();
        await life.CheckAsync();
    }

    [Fact]
    public async Task The_patrol_finds_every_application_whose_turn_was_lost_and_no_other()
    {
        await using var store = await Store.OpenAsync(azurite);
        var office = Office.WithOnePaper();
        var lost = new List<string>();
        for (var i = 1; i <= 6; i++)
        {
            var life = new Life(store, office, i);
            await life.SubmitAsync();
            if (i % 2 == 0)
                await life.TurnAsync();
            else
                lost.Add(life.Id);
        }

        store.Wire.Restart();
        var due = await store.Get<IStreams>().DueAsync(store.Time.GetUtcNow(), Cancel).ToListAsync(Cancel);
        Assert.Equal(lost.Order(), due.Select(one => one.Id).Order());
        Assert.Equal(Rows.Shards.Count(), store.Wire.Sent);
    }

    private static async Task<(Office Office, Life Life)> OnNoticeAsync(Store store)
    {
        var office = Office.WithOnePaper();
        var life = new Life(store, office, 1);
        await life.SubmitAsync();
        await life.TurnAsync();
        await life.ApproveAsync();
        await life.TurnAsync();
        return (office, life);
    }
}
