using System.Text;
using System.Text.RegularExpressions;
using Microsoft.DurableTask.Client;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Functions.Payments;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests.Payments;

/// <summary>A subsidy is paid on real storage: a run, its orchestrations, a bank file, the bank's answer in the inbox.</summary>
public sealed class PayRunTests(AzuriteFixture azurite)
{
    private const string Preparer = "qian-duoduo";
    private const string Approver = "bao-qingtian";
    private static readonly FundKey Fund = new("rural-revitalisation", 2026);

    [Fact]
    public async Task A_subsidy_is_paid_by_a_run_that_one_prepares_and_another_approves()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = await GrantedAsync(head);

        var run = await SentAsync(head);
        Assert.Equal(EntitlementState.Ordered, Assert.Single((await head.SettledAsync(worker.Id)).Entitlements).State);
        await AnswerAsync(head, run, "ACSC", "BANK-1");

        Assert.Equal(Status.Paid, (await head.SettledAsync(worker.Id)).Status);
        Assert.Equal(PayRunState.Closed, (await FindAsync(head, run.Id)).State);
        await worker.CheckAsync();
        NothingPersonal(head, $"{run.Id}-collect", $"{run.Id}-commit");
    }

    [Fact]
    public async Task The_same_answer_twice_changes_nothing_the_second_time()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = await GrantedAsync(head);
        var run = await SentAsync(head);
        var file = await AnswerAsync(head, run, "ACSC", "BANK-1");
        var before = await head.SettledAsync(worker.Id);
        var version = (await FindAsync(head, run.Id)).Version;

        await DropAsync(head, "again.xml", file);
        await head.Get<BankInbox>().ReadAsync(head.Guard);

        Assert.Equal(before.Version, (await head.SettledAsync(worker.Id)).Version);
        Assert.Equal(version, (await FindAsync(head, run.Id)).Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_piece_that_breaks_before_or_after_its_effect_is_done_again_and_pays_once(bool before)
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = await GrantedAsync(head);
        var broken = new HashSet<int>();
        var slices = 0;
        // Of the commitment and of the answer, the first attempt breaks; the approvers are asked before.
        head.AroundSlice = async slice =>
        {
            var breaks = Interlocked.Increment(ref slices) is 5 or 8 && broken.Add(slices);
            if (breaks && before)
                throw new PayRunException("The worker died.");
            await slice();
            if (breaks)
                throw new PayRunException("The answer was lost.");
        };
        var run = await SentAsync(head);
        await AnswerAsync(head, run, "ACSC", "BANK-1");

        Assert.Equal(2, broken.Count);
        Assert.Equal(Status.Paid, (await head.SettledAsync(worker.Id)).Status);
        var ledger = await head.Get<IFundBooks>().ReadAsync(Fund, head.Guard).ToListAsync(head.Guard);
        Assert.Single(ledger, stored => stored.Entry.Kind is EntryKind.Settled);
        await worker.CheckAsync();
    }

    [Fact]
    public async Task A_run_whose_nudge_was_lost_is_found_by_the_patrol()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        await GrantedAsync(head);
        var desk = new PayRunDesk(head.Get<IPayRunBooks>(), head.Shelf, head.Shelf, new Lost(), head.Time);
        var opened = await desk.OpenAsync(Preparer, Fund, new DateOnly(2026, 12, 31), "form", head.Guard);
        Assert.Null(opened.Refusal);

        await head.Get<PayRunPatrol>().WalkAsync(head.Guard);

        await head.Engine.EndAsync($"{opened.Run!.Id}-collect");
        Assert.Equal(PayRunState.Prepared, (await FindAsync(head, opened.Run.Id)).State);
    }

    private static async Task<Case> GrantedAsync(RunningHead head)
    {
        await head.Get<FundDesk>().HandleAsync(Fund, new Appropriate(Actor.Staff("wen-ruijie"), "opening", Money.FromYuan(1000), "青财预〔2026〕2号"), head.Guard);
        var worker = Cases.Transport(head);
        await worker.SubmitAsync();
        await worker.WalkAsync();
        return worker;
    }

    private static async Task<PayRun> SentAsync(RunningHead head)
    {
        var desk = head.Get<PayRunDesk>();
        var opened = (await desk.OpenAsync(Preparer, Fund, new DateOnly(2026, 12, 31), "form", head.Guard)).Run!;
        await head.Engine.EndAsync($"{opened.Id}-collect");
        var prepared = (await FindAsync(head, opened.Id)).Prepared!;
        Assert.Equal(1, prepared.Included.Count);
        Assert.Null((await desk.HandleAsync(opened.Id, new ApproveRun(Approver, prepared.Digest), head.Guard)).Refusal);
        await head.Engine.EndAsync($"{opened.Id}-commit");
        var sent = await FindAsync(head, opened.Id);
        Assert.Equal(PayRunState.Sent, sent.State);
        return sent;
    }

    /// <summary>The bank puts its answer into the inbox, and the timer reads it.</summary>
    private static async Task<byte[]> AnswerAsync(RunningHead head, PayRun run, string code, string messageId)
    {
        using var file = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(
            new PaymentStatusReport(messageId, head.Time.GetUtcNow(), run.Id.ToString(), new ReportedStatus(code), []), file, head.Guard);
        // Its instance is called after the event that takes the answer; it may have ended before anybody can look.
        var taken = (await FindAsync(head, run.Id)).Version + 1;
        await DropAsync(head, $"{messageId}.xml", file.ToArray());
        await head.Get<BankInbox>().ReadAsync(head.Guard);
        await head.Engine.EndAsync($"{run.Id}-answer-{taken}");
        return file.ToArray();
    }

    private static async Task DropAsync(RunningHead head, string name, byte[] content) =>
        await head.Store.Settings.Container("bank-inbox").GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), head.Guard);

    private static async Task<PayRun> FindAsync(RunningHead head, PayRunId run) => (await head.Get<PayRunDesk>().FindAsync(run, head.Guard))!;

    private static void NothingPersonal(RunningHead head, params string[] instances)
    {
        foreach (var instance in instances)
        {
            var text = Regex.Unescape(Regex.Unescape(head.Engine.Recorder.Of(instance).ToString()));
            foreach (var personal in new[] { "张三丰", "369900197903125017", "13800000000", "6222020000000000000", "60000", "600.00", "k7qm3wxtpb9c" })
                Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
        }
    }

    private sealed class Lost : IPayRunNudges
    {
        public Task NudgeAsync(PayRunId run, CancellationToken cancel) => Task.CompletedTask;
    }
}
