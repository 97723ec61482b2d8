using Azure;
using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Township;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>Pay runs from what is due to the bank's last word, on real storage.</summary>
public sealed class PayRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_and_twenty_payments_go_out_in_one_file_and_every_one_is_answered()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(20_000);
        await Parallel.ForEachAsync(Enumerable.Range(0, 120), Cancel, async (n, _) => await office.OweAsync(n, 100));

        var prepared = await office.OpenRunAsync();
        Assert.Equal(PayRunState.Prepared, prepared.State);
        Assert.Equal("rural-revitalisation-2026-0001", prepared.Id.ToString());
        Assert.Equal((3, 120), (prepared.Chunks, prepared.Lines));
        Assert.Equal(new Total(120, Money.FromYuan(12_000)), prepared.Prepared!.Included);

        var sent = await office.ApproveAsync(prepared.Id);
        Assert.Equal(PayRunState.Sent, sent.State);
        Assert.Equal(new Total(120, Money.FromYuan(12_000)), sent.Ordered!.Total);
        Assert.Equal(sent.Prepared!.Digest, sent.Ordered.Digest);
        Assert.NotNull(sent.OneCard);
        var file = await office.FileAsync(sent.Id);
        Assert.Equal((120, Money.FromYuan(12_000), new DateOnly(2026, 3, 31)), (file.Order!.Count, file.Order.ControlSum, file.Order.ExecutionDate));
        Assert.Equal(120, file.Transfers.Select(transfer => transfer.EndToEndId).Distinct().Count());
        Assert.Equal(Status.Paying, (await office.ApplicationAsync(7)).Status);
        Assert.Equal((1, 1), ((await office.PositionAsync(7)).PayeeAt, (await office.ApplicationAsync(7)).Entitlement!.PayeeAt));
        Assert.Equal(Money.FromYuan(12_000), await BalanceAsync(office, Account.Committed));
        Assert.Null(await office.Runs.NextRemarkableAsync(sent.Id, -1, Cancel));

        // Some are settled, one is rejected, of the others nothing is said yet.
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.Report(
            sent, "bank-1", [.. Enumerable.Range(0, 60).Select(n => PayOffice.Settled(n)), PayOffice.Rejected(60)]))).Fate);
        Assert.Equal([1, null], [await office.Runs.NextRemarkableAsync(sent.Id, 0, Cancel), await office.Runs.NextRemarkableAsync(sent.Id, 1, Cancel)]);
        var half = (await office.Desk.FindAsync(sent.Id, Cancel))!;
        Assert.Equal(PayRunState.Sent, half.State);
        Assert.Equal((60, 1, 59), (half.Outcomes[LineOutcome.Settled].Count, half.Outcomes[LineOutcome.Failed].Count, half.Outcomes[LineOutcome.Pending].Count));
        Assert.Equal(Status.Paid, (await office.ApplicationAsync(7)).Status);
        Assert.Equal(EntitlementState.Failed, (await office.ApplicationAsync(60)).Entitlement!.State);

        await office.AnswerAsync(office.Report(half, "bank-2", [.. Enumerable.Range(61, 59).Select(n => PayOffice.Settled(n))]));
        var closed = (await office.Desk.FindAsync(sent.Id, Cancel))!;
        Assert.Equal(PayRunState.Closed, closed.State);
        Assert.Equal(Money.FromYuan(11_900), await BalanceAsync(office, Account.Paid));
        Assert.Equal(Money.Zero, await BalanceAsync(office, Account.Committed));
        Assert.Equal(Money.FromYuan(100), await BalanceAsync(office, Account.Reserved));

        await office.Runs.TendAsync(Cancel);
        Assert.Empty(await office.Books.UnfinishedAsync(Cancel));
        Assert.Empty(await office.Store.Get<IFundBooks>().NewsAsync(office.Fund, Cancel).ToListAsync(Cancel));
        Assert.Equal(0, office.Rung); // A run tells its applications itself.
        await CheckEventsAsync(office, closed);
    }

    [Fact]
    public async Task An_account_that_is_corrected_once_the_books_have_committed_is_that_of_the_next_attempt_and_the_first_is_told_as_of_the_old_one()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        await office.OweAsync(1);
        var before = await office.ApplicationAsync(1);
        var prepared = await office.OpenRunAsync();
        var asked = false;
        office.Store.Wire.Breaks = (_, request) =>
        {
            asked |= request.Uri.Path.Contains("funds(", StringComparison.Ordinal);
            return asked && request.Uri.Path.Contains("$batch", StringComparison.Ordinal) ? Fault.AfterServer : Fault.None;
        };
        await Assert.ThrowsAsync<RequestFailedException>(() => office.ApproveAsync(prepared.Id));
        office.Store.Wire.Restart();
        var corrected = new CorrectPayee(before.Payee! with { Account = "6222020000000000018" });
        Assert.Null((await office.Store.Get<Desk>().HandleAsync(before.Id, corrected, null, Cancel)).Refusal);

        var first = await office.ApproveAsync(prepared.Id);
        Assert.Equal(before.Payee!.Account, (await office.FileAsync(first.Id)).Transfers.Single().CreditorAccount);
        Assert.Equal(before.PayeeAt, (await office.ApplicationAsync(1)).Entitlement!.PayeeAt);
        await office.AnswerAsync(office.Report(first, "bank-1", PayOffice.Rejected(1)));
        var retry = Assert.Single((await office.ApplicationAsync(1)).Duties.OfType<RetryPayment>());
        await office.BooksAsync(new Retry(retry.Entitlement, retry.Attempt));

        var second = await office.SendAsync();
        Assert.Equal(corrected.Payee.Account, (await office.FileAsync(second.Id)).Transfers.Single().CreditorAccount);
        await office.AnswerAsync(office.Report(second, "bank-2", PayOffice.Settled(1, attempt: 2)));
        var paid = await office.ApplicationAsync(1);
        Assert.Equal((EntitlementState.Paid, paid.PayeeAt), (paid.Entitlement!.State, paid.Entitlement.PayeeAt));
        Assert.NotEqual(before.PayeeAt, paid.PayeeAt);
    }

    [Fact]
    public async Task The_files_follow_byte_for_byte_from_what_is_stored()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        for (var n = 0; n < 3; n++)
            await office.OweAsync(n, 100 + n);
        var sent = await office.SendAsync();
        foreach (var kind in Enum.GetValues<BankFileKind>())
        {
            var download = await office.Store.Get<PayRunFiles>().DownloadAsync(sent.Id, kind, PayOffice.Approver, Cancel, instead: true);
            Assert.Equal(download.Content, await office.Store.Get<PayRunFiles>().RebuildAsync(sent.Id, kind, Cancel));
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(download.Content!)), download.File!.Sha256);
        }
        var events = await office.Books.ReadAsync(sent.Id, Cancel).Select(stored => stored.Recorded.Event).ToListAsync(Cancel);
        Assert.Equal(2, events.OfType<FileDownloaded>().Count(e => e.Staff == PayOffice.Approver));
        var refused = await office.Store.Get<PayRunFiles>().DownloadAsync(sent.Id, BankFileKind.PaymentOrder, "yan-ming", Cancel);
        Assert.Equal((RefusalCode.NotAllowed, null), (refused.Refusal!.Code, refused.Content));
    }

    [Fact]
    public async Task Nothing_of_a_run_or_a_bank_file_can_be_read_where_it_is_stored()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        await office.OweAsync(1);
        var sent = await office.SendAsync();
        await office.UploadAsync("张三1 62220200000"u8.ToArray());
        await office.Store.Get<HoldDesk>().PlaceAsync(PayOffice.Approver, HoldTarget.Everything, "张三1", null, Cancel);
        await office.Store.Get<SpokenAnswers>().EnterAsync(sent.Id, new SpokenAnswer($"{PayOffice.Entitlement(1)}-1", null, "张三1来电"), PayOffice.Preparer, Cancel);
        var proposed = (await office.Desk.FindAsync(sent.Id, Cancel))!.Proposed!;
        Assert.Null((await office.Desk.HandleAsync(sent.Id, new DeclineAnswer(PayOffice.Approver, proposed.Sha256, "不是张三1"), Cancel)).Refusal);
        foreach (var table in new[] { "payruns", "payees", "holds", "clearances" })
            await foreach (var row in office.Store.Settings.Table(table).QueryAsync<TableEntity>(cancellationToken: Cancel))
                Assert.All(row.Select(column => column.Value), value => AssertHidden(value is byte[] bytes ? bytes : System.Text.Encoding.UTF8.GetBytes($"{value}")));
        await foreach (var blob in office.Store.Settings.Container("bank").GetBlobsAsync(cancellationToken: Cancel))
            AssertHidden((await office.Store.Settings.Container("bank").GetBlobClient(blob.Name).DownloadContentAsync(Cancel)).Value.Content.ToArray());
        Assert.Equal(PayRunState.Sent, sent.State);
    }

    [Fact]
    public async Task A_run_that_is_discarded_gives_everything_back_to_the_next()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        for (var n = 0; n < 3; n++)
            await office.OweAsync(n);
        var first = await office.OpenRunAsync();
        var empty = await office.OpenRunAsync();
        Assert.Equal((0, 0), (empty.Lines, empty.Prepared!.Included.Count));

        Assert.Null((await office.Desk.HandleAsync(first.Id, new DiscardRun(PayOffice.Preparer, "测试"), Cancel)).Refusal);
        Assert.Equal(PayRunState.Discarded, (await office.Runs.RunToEndAsync(first.Id, 4, Cancel))!.State);
        var next = await office.OpenRunAsync();
        Assert.Equal(3, next.Prepared!.Included.Count);
        Assert.Equal([3, 2, 1], (await office.Desk.AllAsync(office.Fund, Cancel)).Select(run => run.Id.Number));
    }

    [Fact]
    public async Task What_is_held_or_withdrawn_after_the_approval_is_dropped_with_its_reason()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        for (var n = 0; n < 4; n++)
            await office.OweAsync(n);
        Assert.Equal(
            RefusalCode.Invalid,
            (await office.Store.Get<HoldDesk>().PlaceAsync(PayOffice.Preparer, HoldTarget.Everything, "日期写错", new DateOnly(2025, 12, 31), Cancel))!.Code);
        await office.Store.Get<HoldDesk>().PlaceAsync(PayOffice.Preparer, new(HoldKind.Application, PayOffice.Application(3)), "核实", null, Cancel);
        var prepared = await office.OpenRunAsync();
        Assert.Equal(1, prepared.Prepared!.Excluded[Exclusion.Held].Count);

        await office.Store.Get<HoldDesk>().PlaceAsync(PayOffice.Preparer, HoldTarget.Person(PayOffice.Person(0)), "举报", null, Cancel);
        await office.BooksAsync(new Release(PayOffice.Entitlement(1), "transport-subsidy", "dongshan", Money.FromYuan(100), new DateOnly(2026, 3, 1), 2));
        var sent = await office.ApproveAsync(prepared.Id);
        Assert.Equal(new Total(1, Money.FromYuan(100)), sent.Ordered!.Total);
        Assert.Equal([PayOffice.Entitlement(2)], (await office.FileAsync(sent.Id)).Transfers.Select(transfer => transfer.EndToEndId[..^2]));
        var dropped = await office.Books.ReadAsync(sent.Id, Cancel).Select(stored => stored.Recorded.Event).OfType<LinesDropped>().ToListAsync(Cancel);
        Assert.Equal(
            [(PayOffice.Entitlement(0), Exclusion.Held), (PayOffice.Entitlement(1), Exclusion.Taken)],
            dropped.SelectMany(e => e.Lines).Select(line => (line.Entitlement, line.Reason)).Order());
        Assert.Equal(PositionState.Reserved, (await office.PositionAsync(0)).State);

        Assert.Null(await office.Store.Get<HoldDesk>().LiftAsync(PayOffice.Approver, HoldTarget.Person(PayOffice.Person(0)), "属实", Cancel));
        Assert.Equal("举报", (await office.Store.Get<IHolds>().LiftedAsync(Cancel)).Single().Reason);
        Assert.Equal(1, (await office.OpenRunAsync()).Prepared!.Included.Count);
    }

    [Fact]
    public async Task One_account_for_two_people_is_paid_once_a_person_has_looked()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        await office.OweAsync(1, account: "6222020000000000018");
        await office.OweAsync(2, account: "6222 0200 0000 0000 018");
        await office.OweAsync(3, account: "6222020000000000026", person: new PersonKey("369900199605011280"));
        var prepared = await office.OpenRunAsync();
        Assert.Equal((0, 3), (prepared.Prepared!.Included.Count, prepared.Prepared.Excluded[Exclusion.Flagged].Count));
        var lines = await office.LinesAsync(prepared.Id);
        Assert.All(lines, line => Assert.Null(line.Payee));
        Assert.Equal([FlagKind.SharedAccount, FlagKind.SharedAccount, FlagKind.Staff], lines.SelectMany(line => line.Flags).Select(flag => flag.Kind));

        var register = office.Register;
        foreach (var line in lines.Take(2))
        {
            var flag = line.Flags.Single();
            var clear = new ClearFlag(PayOffice.Approver, line.Entitlement, flag.Kind, flag.Subject, flag.Other, "父子同用一卡，已核实");
            Assert.Equal(RefusalCode.NotAllowed, (await office.Store.Get<FlagDesk>().ClearAsync(prepared.Id, 0, clear with { Staff = PayOffice.Preparer }, Cancel))!.Code);
            foreach (var number in new[] { 1, 2 }) // Of either application.
            {
                office.Register = Related(register, PayOffice.Person(number));
                Assert.Equal(RefusalCode.NotAllowed, (await office.Store.Get<FlagDesk>().ClearAsync(prepared.Id, 0, clear, Cancel))!.Code);
            }
            office.Register = register;
            Assert.Null(await office.Store.Get<FlagDesk>().ClearAsync(prepared.Id, 0, clear, Cancel));
            Assert.Null(await office.Store.Get<FlagDesk>().ClearAsync(prepared.Id, 0, clear, Cancel));
        }
        Assert.Equal(2, (await office.OpenRunAsync()).Prepared!.Included.Count);
        var cleared = await office.Books.ReadAsync(prepared.Id, Cancel).Select(stored => stored.Recorded.Event).OfType<FlagCleared>().ToListAsync(Cancel);
        Assert.Equal(2, cleared.Count);
        Assert.All(cleared, e => Assert.Equal("父子同用一卡，已核实", e.Reason));
    }

    private static TownshipRegister Related(TownshipRegister register, PersonKey person) => register with
    {
        Staff = [.. register.Staff.Select(member => member.Id == PayOffice.Approver ? member with { Relatives = [person] } : member)],
    };

    [Fact]
    public async Task A_number_that_was_taken_by_somebody_who_died_is_used_by_the_next()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        Assert.Equal(1, (await office.Books.NumberAsync(office.Fund, "died", Cancel)).Number);
        Assert.Equal(1, (await office.OpenRunAsync()).Id.Number);
        Assert.Equal(2, (await office.OpenRunAsync()).Id.Number);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_at_once_or_again_opens_one_run()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync(office, "form", 31)));
        var later = await OpenAsync(office, "form", 31);
        Assert.All(opened.Append(later), answer => Assert.Equal((1, null), (answer.Run!.Id.Number, answer.Refusal)));
        Assert.Single(opened, answer => answer.Events.Count > 0);
        Assert.Equal(2, (await OpenAsync(office, "another", 31)).Run!.Id.Number);

        var other = await OpenAsync(office, "form", 30);
        Assert.Equal(RefusalCode.AlreadyDone, other.Refusal!.Code);
        Assert.Contains($"{office.Fund}-0001", other.Refusal.Faults[0].Message.En, StringComparison.Ordinal);
        Assert.Equal([2, 1], (await office.Books.AllAsync(office.Fund, Cancel)).Select(run => run.Number));
    }

    [Fact]
    public async Task The_second_click_that_looked_before_the_first_had_its_number_opens_no_run_of_its_own()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        Interrupt(office, "RowKey='last'", () => OpenAsync(office, "form", 31));

        var second = await OpenAsync(office, "form", 31);

        Assert.Equal((1, 0), (second.Run!.Id.Number, second.Events.Count));
        Assert.Equal(1, Assert.Single(await office.Books.AllAsync(office.Fund, Cancel)).Number);
    }

    [Fact]
    public async Task Many_forms_at_once_open_a_run_each_without_a_gap_though_one_had_died_with_a_number()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        Assert.Equal(1, (await office.Books.NumberAsync(office.Fund, "died", Cancel)).Number);
        var opened = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => OpenAsync(office, $"form{n}", 31)));
        var died = await OpenAsync(office, "died", 31);
        Assert.Equal([1, 2, 3, 4, 5, 6], opened.Append(died).Select(answer => answer.Run!.Id.Number).Order());
        Assert.Equal(6, (await office.Books.AllAsync(office.Fund, Cancel)).Count);
    }

    [Fact]
    public async Task A_refused_opening_takes_no_number()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        var refused = await office.Desk.OpenAsync(PayOffice.Approver, office.Fund, new DateOnly(2026, 3, 31), "form", Cancel);
        Assert.Equal(RefusalCode.NotAllowed, refused.Refusal!.Code);
        Assert.Empty(await office.Books.AllAsync(office.Fund, Cancel));
        Assert.Equal(1, (await OpenAsync(office, "form", 31)).Run!.Id.Number);
    }

    private static Task<PayRunAnswer> OpenAsync(PayOffice office, string key, int day) =>
        office.Desk.OpenAsync(PayOffice.Preparer, office.Fund, new DateOnly(2026, 3, day), key, Cancel);

    /// <summary>Another does something, from beginning to end, just before such a request is sent for the first time.</summary>
    private static void Interrupt(PayOffice office, string request, Func<Task> other)
    {
        var done = false;
        office.Store.Wire.Breaks = (_, sent) =>
        {
            if (!done && Uri.UnescapeDataString(sent.Uri.PathAndQuery).Contains(request, StringComparison.Ordinal))
            {
                done = true;
                other().GetAwaiter().GetResult();
            }
            return Fault.None;
        };
    }

    private static void AssertHidden(byte[] bytes)
    {
        foreach (var word in new[] { "张三1", "62220200000", "369900197903125017" })
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)));
    }

    private static async Task<Money> BalanceAsync(PayOffice office, Account account) =>
        (await office.Store.Get<IFundBooks>().LoadAsync(office.Fund, [], null, Cancel)).View.Fund.BalanceOf(account);

    /// <summary>Folding the events gives the head, and each event's hash covers the one before.</summary>
    private static async Task CheckEventsAsync(PayOffice office, PayRun run)
    {
        var events = await office.Books.ReadAsync(run.Id, Cancel).ToListAsync(Cancel);
        var previous = HashChain.Genesis;
        foreach (var stored in events)
        {
            previous = HashChain.Next(previous, run.Id.ToString(), stored.Recorded.Number, System.Text.Encoding.UTF8.GetBytes(stored.Text));
            Assert.Equal(Convert.ToHexStringLower(previous), stored.Hash);
        }
        var folded = PayRunFold.Fold(run.Id, events.Select(stored => stored.Recorded));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(folded, StoredJson.Options), System.Text.Json.JsonSerializer.Serialize(run, StoredJson.Options));
    }
}
