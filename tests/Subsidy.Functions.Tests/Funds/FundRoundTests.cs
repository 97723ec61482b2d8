using Microsoft.Azure.Functions.Worker;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Functions.Funds;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests.Funds;

public sealed class FundRoundTests(AzuriteFixture azurite)
{
    private static readonly FundKey Fund = new("rural-revitalisation", 2026);

    [Fact]
    public async Task Whoever_waits_hears_by_the_timer_that_there_is_money_and_the_orchestration_takes_it_up()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        await worker.SubmitAsync();
        var granted = await worker.WalkAsync();
        Assert.Equal(EntitlementState.Waiting, Assert.Single(granted.Entitlements).State);

        await AppropriateAsync(head, yuan: 1000);
        await RoundAsync(head);

        var told = await head.SettledAsync(worker.Id);
        Assert.Equal(EntitlementState.Reserved, Assert.Single(told.Entitlements).State);
        await RoundAsync(head);
        Assert.Equal(told.Version, (await head.SettledAsync(worker.Id)).Version);
        await worker.CheckAsync();
    }

    [Fact]
    public async Task A_fund_year_with_trouble_fails_the_round_once_all_others_are_tended()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        await worker.SubmitAsync();
        await worker.WalkAsync();
        await AppropriateAsync(head, yuan: 1000);
        await head.Get<FundDesk>().HandleAsync(new FundKey("broken", 2026), new Appropriate(Actor.Engine, "x", new Money(100), "x"), head.Guard);
        await head.Store.Settings.Table("funds").DeleteEntityAsync("broken-2026", "head", cancellationToken: head.Guard);
        await head.Store.Settings.Table("funds").AddEntityAsync(new Azure.Data.Tables.TableEntity("broken-2026", "head"), head.Guard);

        await Assert.ThrowsAsync<AggregateException>(() => RoundAsync(head));

        Assert.Equal(EntitlementState.Reserved, Assert.Single((await head.SettledAsync(worker.Id)).Entitlements).State);
    }

    private static Task RoundAsync(RunningHead head) => head.Get<FundRound>().RunAsync(new TimerInfo(), head.Engine.Client, head.Guard);

    private static async Task AppropriateAsync(RunningHead head, long yuan)
    {
        var answer = await head.Get<FundDesk>().HandleAsync(
            Fund, new Appropriate(Actor.Staff("wen-ruijie"), "opening", Money.FromYuan(yuan), "青财预〔2026〕2号"), head.Guard);
        Assert.Null(answer.Refusal);
    }
}
