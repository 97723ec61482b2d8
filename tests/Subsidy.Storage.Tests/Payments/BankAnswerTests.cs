using System.Text;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs.Specialized;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>Answers of the bank that are not what they should be: nothing moves, the file is kept, and somebody can read why.</summary>
public sealed class BankAnswerTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_broken_or_hostile_or_foreign_is_refused_kept_and_listed()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var foreign = office.AllSettled(run, "m1") with { OriginalMessageId = "SOMEBODY-ELSE" };
        byte[][] files =
        [
            "not xml at all"u8.ToArray(),
            Encoding.UTF8.GetBytes("""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document>&e;</Document>"""),
            (await PayOffice.BytesAsync(office.AllSettled(run, "m2")))[..^20],
            await PayOffice.BytesAsync(foreign),
            await PayOffice.BytesAsync(foreign with { OriginalMessageId = "rural-revitalisation-2026-0009" }),
            // Storage takes none of these as a name, and must not be asked.
            await CalledAsync("a/b-2026-0001"),
            await CalledAsync("a\\b?#-2026-0001"),
            await CalledAsync("100%-2026-0001"),
            await CalledAsync("资金\u0085-2026-0001"),
        ];
        foreach (var file in files)
            Assert.Equal(AnswerFate.Refused, (await office.UploadAsync(file)).Fate);
        await UntouchedAsync(office, run);
        var listed = await office.Store.Get<IRefusedAnswers>().ListAsync(Cancel);
        Assert.Equal(files.Length, listed.Count);
        foreach (var refused in listed)
            Assert.Contains(await office.Store.Get<IBankFiles>().FindAsync(refused.Name, Cancel), files);
        Assert.All(listed, refused => Assert.Equal(PayOffice.Preparer, refused.Source));

        async Task<byte[]> CalledAsync(string id) =>
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(await PayOffice.BytesAsync(foreign)).Replace(foreign.OriginalMessageId, id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("count")]
    [InlineData("sum")]
    [InlineData("amount")]
    [InlineData("settled amount")]
    [InlineData("unknown")]
    [InlineData("attempt")]
    public async Task What_was_tampered_with_is_refused_as_a_whole(string how)
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var sound = office.Report(run, "m1", PayOffice.Settled(1), PayOffice.Settled(2));
        var tampered = how switch
        {
            "count" => sound with { OriginalCount = 2 },
            "sum" => sound with { OriginalControlSum = Money.FromYuan(301) },
            "amount" => sound with { Transactions = [PayOffice.Settled(1), PayOffice.Settled(2) with { Amount = Money.FromYuan(99) }] },
            "settled amount" => sound with { Transactions = [PayOffice.Settled(1) with { SettledAmount = Money.FromYuan(1) }] },
            "unknown" => sound with { Transactions = [PayOffice.Settled(1), PayOffice.Settled(77)] },
            _ => sound with { Transactions = [PayOffice.Settled(1, attempt: 2)] },
        };
        var receipt = await office.AnswerAsync(tampered);
        Assert.Equal((AnswerFate.Refused, run.Id), (receipt.Fate, receipt.Run!.Value));
        await UntouchedAsync(office, run);
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(sound)).Fate);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_another_under_its_name_is_refused()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var answer = office.Report(run, "m1", PayOffice.Settled(1), PayOffice.Rejected(2));
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(answer)).Fate);
        var after = await office.Desk.FindAsync(run.Id, Cancel);
        Assert.Equal(AnswerFate.Repeated, (await office.AnswerAsync(answer)).Fate);
        Assert.Equal(AnswerFate.Refused, (await office.AnswerAsync(answer with { Transactions = [PayOffice.Settled(3)] })).Fate);
        Assert.Equal(after!.Version, (await office.Desk.FindAsync(run.Id, Cancel))!.Version);
        Assert.Equal(after.Outcomes, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes);
    }

    [Fact]
    public async Task An_answer_that_is_older_or_settles_what_was_rejected_is_refused()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.Report(run, "m1", PayOffice.Rejected(2)));
        var older = office.Report(run, "m0", PayOffice.Settled(1));
        Assert.Equal(AnswerFate.Refused, (await office.AnswerAsync(older with { CreatedAt = older.CreatedAt.AddMinutes(-1) })).Fate);
        Assert.Equal(AnswerFate.Refused, (await office.AnswerAsync(office.Report(run, "m2", PayOffice.Settled(1), PayOffice.Settled(2)))).Fate);
        Assert.Equal(AnswerFate.Refused, (await office.AnswerAsync(office.AllSettled(run, "m3"))).Fate);
        Assert.Equal(PositionState.Committed, (await office.PositionAsync(1)).State);
    }

    /// <summary>Everything after one from the year 2062 would be older than it, and refused for ever.</summary>
    [Fact]
    public async Task An_answer_of_a_time_at_which_it_cannot_have_been_made_is_refused()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var answer = office.AllSettled(run, "m1");
        Assert.Equal(AnswerFate.Refused, (await office.AnswerAsync(answer with { CreatedAt = answer.CreatedAt.AddYears(36) })).Fate);
        Assert.Equal(AnswerFate.Refused, (await office.AnswerAsync(answer with { CreatedAt = run.Ordered!.At.AddDays(-2) })).Fate);
        await UntouchedAsync(office, run);
        // The bank's clock need not be ours, nor in our time zone.
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(answer with { CreatedAt = run.Ordered.At.AddHours(-8) })).Fate);
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(answer with { MessageId = "m2", CreatedAt = answer.CreatedAt.AddHours(8) })).Fate);
    }

    [Fact]
    public async Task Who_waits_in_the_inbox_for_the_answer_before_it_is_not_overtaken_by_the_next()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        Assert.Equal(AnswerFate.Taken, (await office.UploadAsync(await PayOffice.BytesAsync(office.Report(run, "m1", PayOffice.Settled(1))))).Fate);
        var second = await PayOffice.BytesAsync(office.Report(run, "m2", PayOffice.Settled(2)));
        var third = await PayOffice.BytesAsync(office.Report(run, "m3", PayOffice.Settled(3)) with { CreatedAt = office.Store.Time.GetUtcNow().AddMinutes(1) });
        // While the inbox is read, the first answer is applied.
        var inbox = new SlowInbox(second, third) { BeforeThird = () => office.Runs.RunToEndAsync(run.Id, 4, Cancel) };
        var answers = new BankAnswers(
            office.Books, office.Store.Get<IBankFiles>(), inbox, office.Store.Get<IRefusedAnswers>(), office.Desk, office.Store.Time);

        Assert.Equal([AnswerFate.NotYet, AnswerFate.NotYet], (await PayOffice.EmptyAsync(answers)).Select(receipt => receipt.Fate));
        Assert.Equal([AnswerFate.Taken, AnswerFate.Taken], (await PayOffice.EmptyAsync(answers)).Select(receipt => receipt.Fate));
        await office.Runs.RunToEndAsync(run.Id, 4, Cancel);
        Assert.Equal(3, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Settled].Count);
    }

    [Fact]
    public async Task Money_that_comes_back_after_it_was_settled_is_a_return_also_when_the_run_is_closed()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.AllSettled(run, "m1"));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.Report(run, "m2", PayOffice.Rejected(2, "AC06")))).Fate);
        var closed = (await office.Desk.FindAsync(run.Id, Cancel))!;
        Assert.Equal((PayRunState.Closed, 2, 1), (closed.State, closed.Outcomes[LineOutcome.Settled].Count, closed.Outcomes[LineOutcome.Failed].Count));
        var returned = await office.PositionAsync(2);
        Assert.Equal((PositionState.Failed, "AC06"), (returned.State, returned.Code));
    }

    [Fact]
    public async Task What_the_books_do_not_take_back_because_part_of_it_was_repaid_is_left_to_a_person()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.AllSettled(run, "m1"));
        var recovery = $"{PayOffice.Entitlement(2)}-recovery";
        await office.BooksAsync(new RaiseClaim(Actor.Engine, recovery, PayOffice.Entitlement(2), Money.FromYuan(50)));
        await office.BooksAsync(new SettleClaim(Actor.Engine, "1", recovery, PayOffice.Entitlement(2), Money.FromYuan(20), ClaimEnd.Repaid, "v"));
        await office.AnswerAsync(office.Report(run, "m2", PayOffice.Rejected(2)));
        Assert.Equal(1, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Disputed].Count);
        Assert.Equal(PositionState.Paid, (await office.PositionAsync(2)).State);

        var disputes = office.Store.Get<DisputeDesk>();
        Task<Refusal?> EndAsync(string staff, DisputeEnding ending, string reason) =>
            disputes.EndAsync(run.Id, 0, $"{PayOffice.Entitlement(2)}-1", staff, ending, reason, Cancel);
        Assert.Equal(RefusalCode.NotAllowed, (await EndAsync(PayOffice.Preparer, DisputeEnding.Close, "?"))!.Code);
        var register = office.Register;
        office.Register = register with
        {
            Staff = [.. register.Staff.Select(member => member.Id == PayOffice.Approver ? member with { Relatives = [PayOffice.Person(2)] } : member)],
        };
        Assert.Equal(RefusalCode.NotAllowed, (await EndAsync(PayOffice.Approver, DisputeEnding.Close, "?"))!.Code);
        office.Register = register;
        Assert.Equal(RefusalCode.Invalid, (await EndAsync(PayOffice.Approver, DisputeEnding.Book, "银行退回"))!.Code);
        Assert.Equal(1, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Disputed].Count);
        Assert.Null(await EndAsync(PayOffice.Approver, DisputeEnding.Close, "余款已入账，多收的20元已退还"));
        Assert.Equal(RefusalCode.AlreadyDone, (await EndAsync(PayOffice.Approver, DisputeEnding.Close, "再来一次"))!.Code);

        var ended = (await office.Desk.FindAsync(run.Id, Cancel))!;
        Assert.Equal((false, 1), (ended.Outcomes.ContainsKey(LineOutcome.Disputed), ended.Outcomes[LineOutcome.Resolved].Count));
        var line = (await office.LinesAsync(run.Id)).Single(one => one.Entitlement == PayOffice.Entitlement(2));
        Assert.Equal((LineOutcome.Resolved, "余款已入账，多收的20元已退还"), (line.Outcome, line.DisputeEnded!.Reason));
        var said = (await office.Books.ReadAsync(run.Id, Cancel).ToListAsync(Cancel)).Single(stored => stored.Recorded.Event is DisputeEnded);
        Assert.DoesNotContain("余款", said.Text, StringComparison.Ordinal);
        Assert.Equal("余款已入账，多收的20元已退还", ((DisputeEnded)said.Recorded.Event).Reason);
        // That the bank says it once more changes nothing.
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.Report(run, "m3", PayOffice.Rejected(2)))).Fate);
        Assert.Equal(1, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Resolved].Count);
    }

    [Fact]
    public async Task A_payment_that_the_books_gave_up_and_the_bank_made_keeps_the_run_open_until_a_person_has_decided()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var before = await office.PositionAsync(2);
        await office.BooksAsync(new Answer(run.Id.ToString(), [new BankAnswer(PayOffice.Entitlement(2), 1, "DS02")]));
        await office.AnswerAsync(office.AllSettled(run, "m1"));
        var disputed = (await office.Desk.FindAsync(run.Id, Cancel))!;
        Assert.Equal((PayRunState.Sent, PositionState.Committed, 1), (disputed.State, before.State, disputed.Outcomes[LineOutcome.Disputed].Count));
        // The bank says it again: no contradiction.
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.AllSettled(run, "m2"))).Fate);

        Assert.Equal(RefusalCode.Invalid, (await EndAsync(DisputeEnding.Book))!.Code);
        Assert.Null(await EndAsync(DisputeEnding.Close));
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);

        Task<Refusal?> EndAsync(DisputeEnding ending) =>
            office.Store.Get<DisputeDesk>().EndAsync(run.Id, 0, $"{PayOffice.Entitlement(2)}-1", PayOffice.Approver, ending, "追回另行办理", Cancel);
    }

    [Fact]
    public async Task What_the_books_take_after_all_is_entered()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        // Somebody has found a payment disputed that stands in the books as it was ordered.
        await office.AnswerAsync(office.Report(run, "m1", PayOffice.Settled(1), PayOffice.Settled(3)));
        var sheet = (await office.Books.LoadAsync(run.Id, Cancel))!;
        var chunk = (await office.Books.FindAsync(sheet, 0, Cancel))!;
        var outcomes = new Dictionary<LineOutcome, Total> { [LineOutcome.Settled] = new(2, Money.FromYuan(200)), [LineOutcome.Disputed] = new(1, Money.FromYuan(100)) };
        var applied = new PayRunRecorded(sheet.Run.Version + 1, office.Store.Time.GetUtcNow(), Actor.Engine, new AnswerApplied("m", outcomes));
        var lines = chunk.Chunk.Lines.Select(line => line.Outcome is LineOutcome.Pending ? line with { Outcome = LineOutcome.Disputed } : line);
        Assert.NotNull(await office.Books.AppendAsync(
            sheet, PayRunFold.Evolve(run.Id, sheet.Run, applied), [applied], new ChunkChange(chunk, chunk.Chunk with { Lines = [.. lines] }), Cancel));

        Assert.Null(await office.Store.Get<DisputeDesk>().EndAsync(
            run.Id, 0, $"{PayOffice.Entitlement(2)}-1", PayOffice.Approver, DisputeEnding.Book, "银行流水已核对", Cancel));
        Assert.Equal(PositionState.Paid, (await office.PositionAsync(2)).State);
        var closed = (await office.Desk.FindAsync(run.Id, Cancel))!;
        Assert.Equal((PayRunState.Closed, 3), (closed.State, closed.Outcomes[LineOutcome.Settled].Count));
    }

    /// <summary>One approver has had it entered and died before the run was told; another closes it.</summary>
    [Fact]
    public async Task A_dispute_that_is_closed_when_the_books_have_the_banks_word_already_ends_as_the_books_say()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.AllSettled(run, "m1"));
        var (entitlement, recovery) = (PayOffice.Entitlement(2), $"{PayOffice.Entitlement(2)}-recovery");
        await office.BooksAsync(new RaiseClaim(Actor.Engine, recovery, entitlement, Money.FromYuan(40)));
        await office.BooksAsync(new SettleClaim(Actor.Engine, "1", recovery, entitlement, Money.FromYuan(20), ClaimEnd.Offset, "next"));
        await office.AnswerAsync(office.Report(run, "m2", PayOffice.Rejected(2)));
        Assert.Equal(1, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Disputed].Count);
        await office.BooksAsync(new SettleClaim(Actor.Engine, "2", recovery, entitlement, Money.FromYuan(20), ClaimEnd.OffsetUndone, "next"));
        await office.BooksAsync(new Answer(run.Id.ToString(), [new BankAnswer(entitlement, 1, "AC04")]));
        Assert.Equal(PositionState.Failed, (await office.PositionAsync(2)).State);

        Assert.Null(await office.Store.Get<DisputeDesk>().EndAsync(
            run.Id, 0, $"{entitlement}-1", PayOffice.Approver, DisputeEnding.Close, "无需处理", Cancel));

        var ended = (await office.Desk.FindAsync(run.Id, Cancel))!;
        Assert.Equal((1, false), (ended.Outcomes[LineOutcome.Failed].Count, ended.Outcomes.ContainsKey(LineOutcome.Resolved)));
        Assert.Equal(LineOutcome.Failed, (await office.LinesAsync(run.Id)).Single(line => line.Entitlement == entitlement).Outcome);
    }

    [Fact]
    public async Task The_inbox_is_emptied_and_what_is_not_final_keeps_the_payment_pending()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var inbox = office.Store.Settings.Container("bank-inbox");
        var accepted = office.AllSettled(run, "m1") with { Group = new ReportedStatus("ACCP") };
        await inbox.UploadBlobAsync("1.xml", BinaryData.FromBytes(await PayOffice.BytesAsync(accepted)), Cancel);
        await inbox.UploadBlobAsync("2.xml", BinaryData.FromBytes(await PayOffice.BytesAsync(office.AllSettled(run, "m2"))), Cancel);
        // The second waits until the first is applied.
        Assert.Equal([AnswerFate.Taken, AnswerFate.NotYet], (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(3, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Pending].Count);
        Assert.Equal([AnswerFate.Taken], (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
        Assert.Empty(await office.EmptyInboxAsync());
    }

    [Fact]
    public async Task An_answer_that_comes_under_the_name_of_the_one_being_read_is_read_next()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var blob = office.Store.Settings.Container("bank-inbox").GetBlobClient("answer.xml");
        await blob.UploadAsync(BinaryData.FromBytes(await PayOffice.BytesAsync(office.Report(run, "m1", PayOffice.Settled(1)))), Cancel);
        var later = await PayOffice.BytesAsync(office.Report(run, "m2", PayOffice.Settled(2), PayOffice.Settled(3)));
        var come = false;
        office.Store.Wire.Breaks = (_, request) =>
        {
            if (!come && request.Method == RequestMethod.Delete)
            {
                come = true;
                blob.UploadAsync(BinaryData.FromBytes(later), overwrite: true, Cancel).GetAwaiter().GetResult();
            }
            return Fault.None;
        };

        Assert.Equal([AnswerFate.Taken], (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal([AnswerFate.Taken], (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
        Assert.Empty(await office.EmptyInboxAsync());
    }

    [Fact]
    public async Task Answers_are_taken_in_the_order_in_which_they_were_made_whatever_they_are_called()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var inbox = office.Store.Settings.Container("bank-inbox");
        var older = office.Report(run, "m1", PayOffice.Settled(1));
        var newer = office.Report(run, "m2", PayOffice.Settled(2), PayOffice.Settled(3)) with { CreatedAt = older.CreatedAt.AddMinutes(1) };
        await inbox.UploadBlobAsync("b7.xml", BinaryData.FromBytes(await PayOffice.BytesAsync(older)), Cancel);
        await inbox.UploadBlobAsync("a9.xml", BinaryData.FromBytes(await PayOffice.BytesAsync(newer)), Cancel);
        await inbox.UploadBlobAsync("c.xml", BinaryData.FromString("no answer at all"), Cancel);

        Assert.Equal([AnswerFate.Refused, AnswerFate.Taken, AnswerFate.NotYet], (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal([AnswerFate.Taken], (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
    }

    [Fact]
    public async Task A_file_that_cannot_be_removed_keeps_no_other_waiting_and_is_reported()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var inbox = office.Store.Settings.Container("bank-inbox");
        await inbox.UploadBlobAsync("a.xml", BinaryData.FromString("no answer at all"), Cancel);
        await inbox.UploadBlobAsync("b.xml", BinaryData.FromBytes(await PayOffice.BytesAsync(office.AllSettled(run, "m1"))), Cancel);
        // Whoever put it there has a lease on it still.
        await new BlobLeaseClient(inbox.GetBlobClient("a.xml")).AcquireAsync(TimeSpan.FromSeconds(-1), cancellationToken: Cancel);

        var fates = new List<AnswerFate>();
        var failure = await Assert.ThrowsAsync<AggregateException>(() => office.Answers.EmptyInboxAsync(
            receipt =>
            {
                fates.Add(receipt.Fate);
                return Task.CompletedTask;
            },
            Cancel));

        Assert.Equal(412, Assert.IsType<RequestFailedException>(Assert.Single(failure.InnerExceptions)).Status);
        Assert.Equal([AnswerFate.Refused, AnswerFate.Taken], fates);
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
    }

    /// <summary>It would be refused as the older one for ever, and the run never closed.</summary>
    [Fact]
    public async Task An_answer_that_could_not_be_taken_is_not_overtaken_by_the_next()
    {
        await using var office = await SentAsync();
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var inbox = office.Store.Settings.Container("bank-inbox");
        var first = office.Report(run, "m1", PayOffice.Settled(1));
        var second = office.Report(run, "m2", PayOffice.Settled(2)) with { CreatedAt = first.CreatedAt.AddMinutes(1) };
        await inbox.UploadBlobAsync("1.xml", BinaryData.FromBytes(await PayOffice.BytesAsync(first)), Cancel);
        await inbox.UploadBlobAsync("2.xml", BinaryData.FromBytes(await PayOffice.BytesAsync(second)), Cancel);
        var broken = false;
        office.Store.Wire.Breaks = (_, request) =>
        {
            var now = !broken && request.Uri.Path.Contains("payruns", StringComparison.Ordinal);
            broken |= now;
            return now ? Fault.BeforeServer : Fault.None;
        };

        await Assert.ThrowsAsync<AggregateException>(() => office.EmptyInboxAsync());
        Assert.Null((await office.Desk.FindAsync(run.Id, Cancel))!.Answer);
        Assert.Equal([AnswerFate.Taken, AnswerFate.NotYet], (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));
    }

    private async Task<PayOffice> SentAsync()
    {
        var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        for (var n = 1; n <= 3; n++)
            await office.OweAsync(n);
        Assert.Equal(PayRunState.Sent, (await office.SendAsync()).State);
        return office;
    }

    private static async Task UntouchedAsync(PayOffice office, PayRun run)
    {
        Assert.Equal(run.Version, (await office.Desk.FindAsync(run.Id, Cancel))!.Version);
        for (var n = 1; n <= 3; n++)
            Assert.Equal(PositionState.Committed, (await office.PositionAsync(n)).State);
    }

    private sealed class SlowInbox(byte[] second, byte[] third) : IBankInbox
    {
        private readonly SortedDictionary<string, byte[]> files = new() { ["2.xml"] = second, ["3.xml"] = third };

        private int opened;

        public required Func<Task> BeforeThird { get; init; }

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([.. files.Keys]);

        public async Task<InboxFile?> OpenAsync(string name, CancellationToken cancel)
        {
            // First to see how old it is, then to take it.
            if (name is "3.xml" && ++opened % 2 == 0)
                await BeforeThird();
            return new InboxFile(name, "1", new MemoryStream(files[name]));
        }

        public Task RemoveAsync(InboxFile file, CancellationToken cancel) => Task.FromResult(files.Remove(file.Name));
    }
}
