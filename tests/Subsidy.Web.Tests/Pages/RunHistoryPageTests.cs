using System.Net;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Storage.Streams;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed partial class RunHistoryPageTests
{
    private static readonly PayRunId Run = PayRunWalk.Run;

    private static readonly string Address = $"/finance/runs/{Run}/history";

    private const string Entitlement = "k7qm3wxtpb9c-once";

    private static readonly DateTimeOffset At = new(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly Total One = new(1, Money.FromYuan(600));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_opened_asked_approved_and_downloaded_how_often_and_which_answer_was_taken_is_read_from_the_runs_page()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        await site.SendRunAsync();
        foreach (var staff in new[] { "qian-duoduo", "bao-qingtian" })
            await site.Get<PayRunFiles>().DownloadAsync(Run, BankFileKind.PaymentOrder, staff, Cancel);
        await site.Get<PayRunFiles>().DownloadAsync(Run, BankFileKind.OneCard, "bao-qingtian", Cancel, instead: true);
        await site.AnswerRunAsync();

        var browser = await Browser.SignedInAsync(site, "bao-qingtian");
        await browser.OpenAsync($"/finance/runs/{Run}");
        Assert.Contains($"href=\"{Address}\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(Address);

        var events = site.Runs.EventsOf(Run);
        string Of<TEvent>(int which = 0) => Item(browser.Page, events.Where(recorded => recorded.Event is TEvent).ElementAt(which).Number);
        Assert.Contains("钱多多", Of<RunOpened>(), StringComparison.Ordinal);
        Assert.Contains("1 April 2026", Of<RunOpened>(), StringComparison.Ordinal);
        Assert.Contains("<td class=\"sum\">600.00</td>", Of<RunPrepared>(), StringComparison.Ordinal);
        Assert.Contains("鲍清田", Of<ApproversNamed>(), StringComparison.Ordinal);
        Assert.Contains("鲍清田", Of<ApproverAsked>(), StringComparison.Ordinal);
        Assert.Contains("鲍清田", Of<RunApproved>(), StringComparison.Ordinal);
        Assert.Contains("1 payment, ¥ 600.00", Of<RunCommitted>(), StringComparison.Ordinal);
        Assert.Contains(events.Select(recorded => recorded.Event).OfType<FilesWritten>().Single().File.Sha256, Of<FilesWritten>(), StringComparison.Ordinal);
        Assert.Equal(
            [("钱多多", true, "1"), ("鲍清田", true, "2"), ("鲍清田", false, "1")],
            Enumerable.Range(0, 3).Select(n => Of<FileDownloaded>(n)).Select(item =>
                (item.Contains("钱多多", StringComparison.Ordinal) ? "钱多多" : "鲍清田", item.Contains("pain.001", StringComparison.Ordinal), Value(item, "Which download of this file"))));
        Assert.Equal(
            [false, false, true],
            Enumerable.Range(0, 3).Select(n => Of<FileDownloaded>(n).Contains("They said that the other file is not handed in", StringComparison.Ordinal)));
        var taken = Of<AnswerTaken>();
        Assert.Contains("钱多多", Of<AnswerProposed>(), StringComparison.Ordinal);
        Assert.Contains("BANK-1", taken, StringComparison.Ordinal);
        Assert.Equal("handed in by 钱多多, confirmed by 鲍清田", Value(taken, "How it came"));
        Assert.Contains(events.Select(recorded => recorded.Event).OfType<AnswerTaken>().Single().Sha256, taken, StringComparison.Ordinal);
        Assert.Equal("1 payment, ¥ 600.00", Value(Of<AnswerApplied>(), "paid"));
        Assert.Contains("Done", Of<RunClosed>(), StringComparison.Ordinal);
        Assert.Equal(events.Count, browser.Page.Split("<li id=\"event-").Length - 1);
        // What proves it is the auditor's.
        Assert.DoesNotContain(site.RunHistories.Of(Run)[^1].Hash, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(".jsonl", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cleared_a_flag_and_why_a_run_was_discarded_is_told_with_their_reasons()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync(Calls.OfRelative());
        await site.PrepareRunAsync();
        var line = (await ChunkAsync(site)).Lines.Single();
        var flag = line.Flags.Single();
        Assert.Null(await site.Get<FlagDesk>().ClearAsync(
            Run, 0, new ClearFlag("bao-qingtian", line.Entitlement, flag.Kind, flag.Subject, flag.Other, "已核对，未参与审批"), Cancel));
        Assert.Null((await site.Get<PayRunDesk>().HandleAsync(Run, new DiscardRun("qian-duoduo", "日期错了"), Cancel)).Refusal);
        await site.CarryOnAsync();

        var browser = await Browser.SignedInAsync(site, "yan-ming");
        await browser.OpenAsync(Address);

        var cleared = Item(browser.Page, site.Runs.EventsOf(Run).Single(recorded => recorded.Event is FlagCleared).Number);
        Assert.Contains("鲍清田", cleared, StringComparison.Ordinal);
        Assert.Contains("<blockquote>已核对，未参与审批</blockquote>", cleared, StringComparison.Ordinal);
        Assert.Contains("A declared relative of: 徐建国", cleared, StringComparison.Ordinal);
        Assert.Contains($"href=\"/finance/cases/{filed.Id}\"", cleared, StringComparison.Ordinal);
        var discarded = Item(browser.Page, site.Runs.EventsOf(Run).Single(recorded => recorded.Event is DiscardOrdered).Number);
        Assert.Contains("钱多多", discarded, StringComparison.Ordinal);
        Assert.Contains("<blockquote>日期错了</blockquote>", discarded, StringComparison.Ordinal);
        Assert.Contains("Left out: flagged, to be looked at", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_ended_a_dispute_and_what_was_left_out_after_the_approval_is_told()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        await site.SendRunAsync();
        // The books have given it up; the bank has paid it.
        await site.Get<FundDesk>().HandleAsync(
            Payday.Fund, new Answer(Run.ToString(), [new BankAnswer(Payday.EntitlementOf(filed), 1, "DS02")]), Cancel);
        await site.AnswerRunAsync();
        Assert.Null(await site.Get<DisputeDesk>().EndAsync(
            Run, 0, $"{Payday.EntitlementOf(filed)}-1", "bao-qingtian", DisputeEnding.Close, "重复付款，另行追回", Cancel));

        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        await browser.OpenAsync(Address);

        var ended = Item(browser.Page, site.Runs.EventsOf(Run).Single(recorded => recorded.Event is DisputeEnded).Number);
        Assert.Contains("鲍清田", ended, StringComparison.Ordinal);
        Assert.Contains("<blockquote>重复付款，另行追回</blockquote>", ended, StringComparison.Ordinal);
        Assert.Contains($"{Payday.EntitlementOf(filed)}-1", ended, StringComparison.Ordinal);
        Assert.Equal("disputed, closed by a person", Value(ended, "Ended as"));
    }

    [Fact]
    public async Task By_which_document_an_answer_was_entered_by_hand_and_why_it_was_declined_is_told()
    {
        await using var site = await StartAsync();
        await site.PrepareRunAsync();
        await AppendAsync(site, new AnswerProposed("HAND-1", At, "sha", "qian-duoduo", null, "银行函〔2026〕7号"));
        await AppendAsync(site, new AnswerDeclined("sha", "bao-qingtian", "银行说没有发过"));

        var browser = await Browser.SignedInAsync(site, "yan-ming");
        await browser.OpenAsync(Address);

        var last = site.Runs.EventsOf(Run).Count;
        Assert.Equal("银行函〔2026〕7号", Value(Item(browser.Page, last - 1), "Where the bank says so"));
        Assert.Contains("<blockquote>银行说没有发过</blockquote>", Item(browser.Page, last), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(12, false)]
    public async Task Of_many_payments_that_were_left_out_only_the_sums_are_told(int lines, bool each)
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        await site.PrepareRunAsync();
        await AppendAsync(site, new LinesDropped(
            0, [.. Enumerable.Range(0, lines).Select(n => new DroppedLine($"k7qm3wxtpb{n:D2}-once", Money.FromYuan(100), n == 0 ? Exclusion.Withdrawn : Exclusion.Held))]));

        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        await browser.OpenAsync(Address);

        var dropped = Item(browser.Page, site.Runs.EventsOf(Run).Count);
        Assert.Equal($"{lines - 1} payments, ¥ {Money.FromYuan(100 * (lines - 1))}", Value(dropped, "held"));
        Assert.Equal("1 payment, ¥ 100.00", Value(dropped, "not wanted any more"));
        Assert.Equal(each ? lines : 0, dropped.Split("/finance/cases/").Length - 1);
    }

    [Fact]
    public async Task An_auditor_reads_the_verdict_and_takes_away_what_proves_it_and_nobody_else_does()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        await site.SendRunAsync();
        var auditor = await Browser.SignedInAsync(site, "yan-ming");
        await auditor.OpenAsync(Address);
        var lines = site.RunHistories.Of(Run);
        Assert.Contains($"Verified: {lines.Count} events", auditor.Page, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Contains(line.Hash, auditor.Page, StringComparison.Ordinal));

        await auditor.OpenAsync($"{Address}.jsonl");
        Assert.Equal(HttpStatusCode.OK, auditor.Status);
        var verdict = HistoryVerifier.Verify(auditor.Page.Split('\n'), lines[^1].Hash);
        Assert.Empty(verdict.Faults);
        Assert.Equal(lines.Count, verdict.Events);

        foreach (var staff in new[] { "qian-duoduo", "bao-qingtian" })
            Assert.Equal(HttpStatusCode.Forbidden, (await (await Browser.SignedInAsync(site, staff)).OpenAsync($"{Address}.jsonl")).Status);
        foreach (var unknown in new[] { "nonsense", new PayRunId(Payday.Fund, 7).ToString() })
            foreach (var page in new[] { "history", "history.jsonl" })
                Assert.Equal(HttpStatusCode.NotFound, (await auditor.OpenAsync($"/finance/runs/{unknown}/{page}")).Status);
    }

    [Fact]
    public async Task What_was_altered_or_taken_away_is_said_at_the_top_and_is_not_retold()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        await site.SendRunAsync();
        var approved = site.Runs.EventsOf(Run).Single(recorded => recorded.Event is RunApproved).Number;
        site.RunHistories.Tampering = lines =>
        [
            .. lines.Where(line => line.Number != 2)
                .Select(line => line.Number == approved ? line with { Text = line.Text.Replace("bao-qingtian", "qian-duoduo", StringComparison.Ordinal) } : line),
        ];

        var auditor = await Browser.SignedInAsync(site, "yan-ming");
        await auditor.OpenAsync(Address);
        Assert.Contains("Verification failed", auditor.Page, StringComparison.Ordinal);
        Assert.Contains("Event 2 is missing", auditor.Page, StringComparison.Ordinal);
        var item = Item(auditor.Page, approved);
        Assert.Contains("cannot be proven", item, StringComparison.Ordinal);
        Assert.DoesNotContain("The run was approved", item, StringComparison.Ordinal);
        Assert.Contains("runApproved", item, StringComparison.Ordinal);

        var preparer = await Browser.SignedInAsync(site, "qian-duoduo");
        await preparer.OpenAsync(Address);
        Assert.Contains("Please tell the auditor", preparer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("runApproved", preparer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_can_happen_to_a_run_is_told_in_the_readers_language()
    {
        Assert.Equal(
            typeof(PayRunEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType).ToHashSet(),
            Everything.Select(happened => happened.GetType()).ToHashSet());
        await using var site = await StartAsync();
        await site.PrepareRunAsync();
        var first = (await site.Runs.LoadAsync(Run, Cancel))!.Run.Version + 1;
        foreach (var happened in Everything)
            await AppendAsync(site, happened);
        var browser = await Browser.SignedInAsync(site, "bao-qingtian");
        foreach (var (language, letters) in new[] { ("zh-CN", @"\p{IsCJKUnifiedIdeographs}"), ("en", "^[A-Za-z]") })
        {
            browser.Language = language;
            await browser.OpenAsync(Address);
            for (var number = first; number < first + Everything.Length; number++)
            {
                var item = Item(browser.Page, number);
                Assert.DoesNotMatch(@"\b(Event|FileKind|Exclusion|Outcome|Flag|Actor)\.[A-Z]", item);
                Assert.All(Label().Matches(item).Select(match => match.Groups["label"].Value).Where(label => label is not "SHA-256"), label => Assert.Matches(letters, label));
                Assert.Equal(
                    Everything[number - first] is FlagCleared or DisputeEnded or DiscardOrdered or AnswerDeclined,
                    item.Contains("<blockquote>已核对</blockquote>", StringComparison.Ordinal));
            }
        }
    }

    private static readonly PayRunEvent[] Everything =
    [
        new RunOpened(new DateOnly(2026, 4, 1), new Debtor("青溪镇财政所", "36990001010000000018", new FinancialInstitution("青溪农村商业银行")), "qian-duoduo"),
        new LinesCollected(1, 3),
        new PayeesLookedUp(),
        new RunPrepared(new Preparation(
            One, Enum.GetValues<Exclusion>().ToDictionary(why => why, _ => One), new Dictionary<string, Total> { ["transport-subsidy"] = One },
            new RunBefore(Run, One), "digest") { Concerned = ["wen-ruijie"], Deciders = ["yan-ming"] }),
        new ApproversNamed(["bao-qingtian", "gone"], true, At),
        new ApproversNamed([], false, null),
        new AskingTaken(At),
        new ApproverAsked("bao-qingtian", "mail-1"),
        new ApproverAsked("bao-qingtian", null),
        new ApproverNotAsked("bao-qingtian", "rejected", 3, At, false),
        new ApproverNotAsked("bao-qingtian", "rejected", 9, null, true),
        new ApprovalMailReturned("bao-qingtian", "bounce"),
        new RunApproved("bao-qingtian", "digest"),
        new LinesDropped(0, [.. Enum.GetValues<Exclusion>().Select(why => new DroppedLine(Entitlement, One.Sum, why))]),
        new RunCommitted(new Order(One, new DateOnly(2026, 4, 1), At, "digest")),
        new FilesWritten(new BankFile("sha", 2000), new BankFile("sha", 1000)),
        new FilesWritten(new BankFile("sha", 2000), null),
        new FileDownloaded(BankFileKind.PaymentOrder, "bao-qingtian"),
        new FileDownloaded(BankFileKind.OneCard, "bao-qingtian", Instead: true),
        new AnswerProposed("BANK-1", At, "sha", "qian-duoduo", null),
        new AnswerProposed("HAND-1", At, "sha", "qian-duoduo", null, "已核对"),
        new AnswerDeclined("sha", "bao-qingtian", "已核对"),
        new AnswerTaken("BANK-2", At, "sha", null),
        new AnswerApplied("BANK-2", Enum.GetValues<LineOutcome>().ToDictionary(outcome => outcome, _ => One)),
        .. Enum.GetValues<FlagKind>().Select(kind => new FlagCleared(
            Entitlement, kind, kind is FlagKind.Rejected ? "MD07" : "wen-ruijie", kind is FlagKind.Staff or FlagKind.Relative ? null : "k7qm3wxtpb9c", "bao-qingtian", "已核对")),
        new DisputeEnded(Entitlement, 2, One.Sum, LineOutcome.Resolved, "bao-qingtian", "已核对"),
        new DiscardOrdered("qian-duoduo", "已核对"),
        new RunDiscarded(),
        new RunClosed(),
    ];

    private static async Task<PayChunk> ChunkAsync(TestSite site) =>
        (await site.Runs.FindAsync((await site.Runs.LoadAsync(Run, Cancel))!, 0, Cancel))!.Chunk;

    /// <summary>What nobody asks for here, as it would stand in the stream.</summary>
    private static async Task AppendAsync(TestSite site, PayRunEvent happened)
    {
        var before = (await site.Runs.LoadAsync(Run, Cancel))!;
        var recorded = new PayRunRecorded(before.Run.Version + 1, site.Time.GetUtcNow(), Actor.Engine, happened);
        Assert.NotNull(await site.Runs.AppendAsync(before, before.Run with { Version = recorded.Number }, [recorded], null, Cancel));
    }

    private static string Item(string page, int number)
    {
        var item = page[page.IndexOf($"<li id=\"event-{number}\"", StringComparison.Ordinal)..];
        return item[..(item.IndexOf("<li id=", 1, StringComparison.Ordinal) is > 0 and var next ? next : item.IndexOf("</ol>", StringComparison.Ordinal))];
    }

    /// <summary>What stands beside a label.</summary>
    private static string Value(string item, string label)
    {
        var after = item[(item.IndexOf($"<dt>{label}</dt>", StringComparison.Ordinal) + label.Length)..];
        return after[(after.IndexOf("<dd>", StringComparison.Ordinal) + 4)..after.IndexOf("</dd>", StringComparison.Ordinal)].Trim();
    }

    [GeneratedRegex("<dt>(?<label>[^<]*)</dt>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
}
