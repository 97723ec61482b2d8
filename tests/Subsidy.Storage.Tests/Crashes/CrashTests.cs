using Subsidy.Core.Applications;

namespace Subsidy.Storage.Tests.Crashes;

/// <summary>
/// Something breaks at every request to storage, one after the other, of a submission and of a decision: the request is lost, or its
/// answer; once, or everything from there on (the process died). Whatever it was, the next turn finishes the work.
/// </summary>
public sealed class CrashTests(AzuriteFixture azurite)
{
    public static TheoryData<Fault, bool> Breakages => new()
    {
        { Fault.BeforeServer, false },
        { Fault.AfterServer, false },
        { Fault.BeforeServer, true },
        { Fault.AfterServer, true },
    };

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task A_submission_that_breaks_anywhere_is_finished_by_the_next_turn(Fault fault, bool dies)
    {
        await using var store = await Store.OpenAsync(azurite);
        var office = Office.WithOnePaper();
        var requests = await EveryRequestAsync(store, office, fault, dies, _ => Task.CompletedTask, async life =>
        {
            await life.SubmitAsync();
            await life.TurnAsync();
        });
        Assert.InRange(requests, 15, 30);
    }

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task A_decision_that_breaks_anywhere_is_finished_by_the_next_turn(Fault fault, bool dies)
    {
        await using var store = await Store.OpenAsync(azurite);
        var office = Office.WithOnePaper();
        var requests = await EveryRequestAsync(
            store,
            office,
            fault,
            dies,
            async life =>
            {
                await life.SubmitAsync();
                await life.TurnAsync();
            },
            async life =>
            {
                if ((await life.FindAsync())!.Step == "villageCheck")
                    await life.ApproveAsync();
                await life.TurnAsync();
                Assert.Equal(Status.OnNotice, (await life.FindAsync())!.Status);
            });
        Assert.InRange(requests, 6, 20);
    }

    /// <summary>Breaks the first request of a scenario, on another application the second, and so on, until nothing is left to break.</summary>
    /// <returns>How many requests the scenario has.</returns>
    private static async Task<int> EveryRequestAsync(
        Store store, Office office, Fault fault, bool dies, Func<Life, Task> before, Func<Life, Task> scenario)
    {
        for (var broken = 1; ; broken++)
        {
            var life = new Life(store, office, broken);
            await before(life);
            var struck = false;
            store.Wire.Restart();
            store.Wire.Breaks = (number, _) =>
            {
                var now = number == broken || (dies && number > broken);
                struck |= now;
                // Once a process is dead it asks for nothing more.
                return !now ? Fault.None : number == broken ? fault : Fault.BeforeServer;
            };
            try
            {
                await scenario(life);
            }
            catch (Exception) when (struck)
            {
                // The person saw an error, or nothing at all.
            }
            store.Wire.Breaks = (_, _) => Fault.None;

            await life.PatrolAsync();
            await life.CheckAsync();
            await scenario(life);
            await life.PatrolAsync();
            await life.CheckAsync();
            Assert.NotNull(await life.FindAsync());
            if (!struck)
                return broken - 1;
        }
    }
}
