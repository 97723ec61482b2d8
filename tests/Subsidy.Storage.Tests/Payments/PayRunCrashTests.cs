using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Storage.Tests.Crashes;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>
/// Something breaks at every request to storage, one after the other, of a run's life: the request is lost, or its answer; once, or
/// everything from there on. Whoever goes on from there finishes it, and everything has happened once.
/// </summary>
public sealed class PayRunCrashTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CrashTests.Breakages), MemberType = typeof(CrashTests))]
    public async Task A_run_that_breaks_anywhere_is_finished_and_pays_everybody_once(Fault fault, bool dies)
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        // Every request breaks in one of the four ways; each in all four would take minutes.
        var way = (fault is Fault.BeforeServer ? 0 : 1) + (dies ? 2 : 0);
        for (var broken = 1 + way; ; broken += 4)
        {
            office.Turn($"fund{broken}");
            await office.AppropriateAsync(1000);
            var (first, second) = (2 * broken, (2 * broken) + 1);
            await office.OweAsync(first);
            await office.OweAsync(second);

            var struck = false;
            office.Store.Wire.Restart();
            office.Store.Wire.Breaks = (number, _) =>
            {
                var now = number == broken || (dies && number > broken);
                struck |= now;
                // Once a process is dead it asks for nothing more.
                return !now ? Fault.None : number == broken ? fault : Fault.BeforeServer;
            };
            try
            {
                await LiveAsync(office, first, second);
            }
            catch (Exception) when (struck)
            {
                // Somebody saw an error, or the process died.
            }
            office.Store.Wire.Breaks = (_, _) => Fault.None;
            await LiveAsync(office, first, second);
            await CheckAsync(office, first, second);
            if (!struck)
            {
                Assert.InRange(broken, 60, 200);
                return;
            }
        }
    }

    /// <summary>Opened, approved, sent, answered; every line may be said again.</summary>
    private static async Task LiveAsync(PayOffice office, int first, int second)
    {
        var runs = await office.Desk.AllAsync(office.Fund, Cancel);
        // Somebody who saw no answer looks at the list before they open another.
        var run = runs.Count > 0 ? (await office.Runs.RunToEndAsync(runs[0].Id, 1, Cancel))! : await office.OpenRunAsync(1);
        run = await office.ApproveAsync(run.Id, 1);
        await office.AnswerAsync(Answer(run, first, second));
        await office.Runs.RunToEndAsync(run.Id, 1, Cancel);
    }

    private static PaymentStatusReport Answer(PayRun run, int first, int second) => new(
        $"answer-{run.Id}", run.Ordered!.At, run.Id.ToString(), null,
        [PayOffice.Settled(first), PayOffice.Rejected(second)], run.Ordered.Total.Count, run.Ordered.Total.Sum);

    private static async Task CheckAsync(PayOffice office, int first, int second)
    {
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        Assert.Equal((1, PayRunState.Closed), (run.Id.Number, run.State));
        Assert.Equal((1, 1), (run.Outcomes[LineOutcome.Settled].Count, run.Outcomes[LineOutcome.Failed].Count));
        Assert.Equal(PositionState.Paid, (await office.PositionAsync(first)).State);
        Assert.Equal(PositionState.Failed, (await office.PositionAsync(second)).State);
        var ledger = await office.Store.Get<IFundBooks>().ReadAsync(office.Fund, Cancel).ToListAsync(Cancel);
        Assert.Equal([2, 1, 1], new[] { EntryKind.Committed, EntryKind.Settled, EntryKind.Failed }.Select(kind => ledger.Count(stored => stored.Entry.Kind == kind)));
        var file = await office.FileAsync(run.Id);
        Assert.Equal((2, Money.FromYuan(200)), (file.Transfers.Count, file.Order!.ControlSum));
        Assert.Equal(run.File!.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            (await office.Store.Get<PayRunFiles>().RebuildAsync(run.Id, BankFileKind.PaymentOrder, Cancel))!)));
        var events = await office.Books.ReadAsync(run.Id, Cancel).Select(stored => stored.Recorded.Event).ToListAsync(Cancel);
        Assert.All(
            [typeof(RunOpened), typeof(RunPrepared), typeof(RunApproved), typeof(RunCommitted), typeof(FilesWritten), typeof(AnswerTaken), typeof(AnswerApplied), typeof(RunClosed)],
            type => Assert.Single(events, e => e.GetType() == type));
        await office.Runs.TendAsync(Cancel);
        await office.Store.Get<FundNewsDelivery>().TellAsync(office.Fund, Cancel);
        Assert.Equal(Status.Paid, (await office.ApplicationAsync(first)).Status);
        Assert.Equal(EntitlementState.Failed, (await office.ApplicationAsync(second)).Entitlement!.State);
        Assert.Empty(await office.Books.UnfinishedAsync(Cancel));
        Assert.Empty(await office.Store.Get<IRefusedAnswers>().ListAsync(Cancel));
    }
}
