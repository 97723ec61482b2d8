using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Storage.Tests.Crashes;

namespace Subsidy.Storage.Tests.Funds;

/// <summary>
/// Something breaks at every request to storage, one after the other, of a fund's life: the request is lost, or its answer; once, or
/// everything from there on. Whoever begins again from the start finds it done once.
/// </summary>
public sealed class FundCrashTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CrashTests.Breakages), MemberType = typeof(CrashTests))]
    public async Task A_fund_whose_life_breaks_anywhere_ends_as_if_nothing_had_happened(Fault fault, bool dies)
    {
        await using var store = await Store.OpenAsync(azurite);
        List<string>? sound = null;
        for (var broken = 0; ; broken++)
        {
            var purse = new Purse(store, new FundKey("relief", 2026 + broken));
            var struck = false;
            store.Wire.Restart();
            store.Wire.Breaks = (number, _) =>
            {
                var now = broken > 0 && (number == broken || (dies && number > broken));
                struck |= now;
                return !now ? Fault.None : number == broken ? fault : Fault.BeforeServer;
            };
            try
            {
                await LiveAsync(purse);
            }
            catch (Exception) when (struck)
            {
                // The caller saw an error, or died.
            }
            store.Wire.Breaks = (_, _) => Fault.None;
            await LiveAsync(purse);
            await purse.CheckAsync();

            List<string> ledger = [.. (await purse.LedgerAsync()).Select(stored => stored.Text)];
            sound ??= ledger;
            Assert.Equal(sound, ledger);
            if (broken > 0 && !struck)
            {
                Assert.InRange(broken, 30, 60);
                return;
            }
        }
    }

    [Fact]
    public async Task A_transaction_whose_answer_got_lost_has_happened_once()
    {
        await using var store = await Store.OpenAsync(azurite, retries: 3);
        var purse = new Purse(store);
        // The answer to every first attempt gets lost; the client tries again by itself.
        var batches = 0;
        store.Wire.Breaks = (_, request) =>
            request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && ++batches % 2 == 1 ? Fault.AfterServer : Fault.None;
        await LiveAsync(purse);
        Assert.True(batches > 10);
        await purse.CheckAsync();
        Assert.Equal(Money.FromYuan(200), (await purse.FundAsync()).BalanceOf(Account.Paid));
    }

    [Fact]
    public async Task A_lost_answer_to_a_transaction_without_an_entry_is_recognised_too()
    {
        await using var store = await Store.OpenAsync(azurite, retries: 3);
        var purse = new Purse(store);
        await purse.AppropriateAsync(100);
        await purse.ReserveAsync(1);
        var sheet = await purse.Books.LoadAsync(Purse.Key, [Purse.Entitlement(1)], null, Cancel);
        var gathered = FundDecider.Decide(sheet.View, new Gather("run", [Purse.Entitlement(1)]), store.Time.GetUtcNow());
        Assert.Empty(gathered.Entries);
        store.Wire.Restart();
        store.Wire.Breaks = (number, _) => number == 1 ? Fault.AfterServer : Fault.None;
        Assert.NotNull(await purse.Books.AppendAsync(sheet, gathered, null, Cancel));

        // Another who does the very same is not taken for oneself.
        Assert.Null(await purse.Books.AppendAsync(sheet, gathered, null, Cancel));
    }

    [Fact]
    public async Task The_success_of_another_writer_is_not_taken_for_ones_own()
    {
        await using var store = await Store.OpenAsync(azurite);
        var purse = new Purse(store);
        var sheet = await purse.Books.LoadAsync(Purse.Key, [], new FundEntry("appropriation|opening"), Cancel);
        var decided = FundDecider.Decide(sheet.View, new Appropriate(Actor.Engine, "opening", Money.FromYuan(1), "1"), store.Time.GetUtcNow());
        Assert.NotNull(await purse.Books.AppendAsync(sheet, decided, new FundEntry("appropriation|opening"), Cancel));
        Assert.Null(await purse.Books.AppendAsync(sheet, decided, new FundEntry("appropriation|opening"), Cancel));
    }

    /// <summary>Two are paid, one of them at the second attempt; one waits until there is money. Every line may be said again.</summary>
    private static async Task LiveAsync(Purse purse)
    {
        List<string> both = [Purse.Entitlement(1), Purse.Entitlement(2)];
        await purse.AppropriateAsync(200);
        await purse.ReserveAsync(1);
        await purse.ReserveAsync(2);
        await purse.ReserveAsync(3);
        await purse.AppropriateAsync(100, "increase");
        await purse.ServeAsync();
        if ((await purse.DueAsync()).Contains(both[0]))
            await purse.DoAsync(new Gather("run", both));
        await purse.DoAsync(new Commit("run", both));
        await purse.DoAsync(new Answer("run", [new BankAnswer(both[0], 1, null), new BankAnswer(both[1], 1, "AC04")]));
        await purse.DoAsync(new Retry(both[1], 1));
        if ((await purse.DueAsync()).Contains(both[1]))
            await purse.DoAsync(new Gather("again", [both[1]]));
        await purse.DoAsync(new Commit("again", [both[1]]));
        await purse.DoAsync(new Answer("again", [new BankAnswer(both[1], 2, null)]));
        await purse.Books.HeardAsync(purse.FundYear, await purse.Books.NewsAsync(purse.FundYear, Cancel).ToListAsync(Cancel), Cancel);
    }
}
