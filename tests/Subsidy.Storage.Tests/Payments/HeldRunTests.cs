using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>A hold leads a run past what would stop it, and counts until the books are told.</summary>
public sealed class HeldRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_that_cannot_be_opened_stops_no_run_once_it_is_held()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 3);
        await BreakAsync(office, 2);
        Assert.NotNull(await Record.ExceptionAsync(() => office.OpenRunAsync()));
        Assert.True(await office.Store.Get<IStreams>().IsThereAsync(PayOffice.Application(2), Cancel)); // So that the page lets it be held.
        Assert.False(await office.Store.Get<IStreams>().IsThereAsync(PayOffice.Application(9), Cancel));

        await HoldAsync(office, new HoldTarget(HoldKind.Application, PayOffice.Application(2)));

        var stopped = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var prepared = (await office.Runs.RunToEndAsync(stopped.Id, 4, Cancel))!;
        Assert.Equal((PayRunState.Prepared, 2, 1), (prepared.State, prepared.Prepared!.Included.Count, prepared.Prepared.Excluded[Exclusion.Held].Count));
        Assert.Equal(
            RefusalCode.MovedOn,
            (await office.Store.Get<HoldDesk>().LiftAsync(PayOffice.Approver, new HoldTarget(HoldKind.Application, PayOffice.Application(2)), "好了", Cancel))?.Code);
    }

    /// <summary>Somebody has a reason to hold one of them; the other is to be looked at all the more.</summary>
    [Theory]
    [InlineData(HoldKind.Application)]
    [InlineData(HoldKind.Person)]
    public async Task Who_is_paid_to_the_account_of_an_application_that_is_held_is_flagged(HoldKind kind)
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        for (var n = 1; n <= 2; n++)
            await office.OweAsync(n, account: "6222020000000000018");
        await HoldAsync(office, kind is HoldKind.Person ? HoldTarget.Person(PayOffice.Person(1)) : new HoldTarget(kind, PayOffice.Application(1)));

        var run = await office.OpenRunAsync();

        var lines = (await office.LinesAsync(run.Id)).ToDictionary(line => line.Application);
        Assert.Equal((Exclusion.Held, Exclusion.Flagged), (lines[PayOffice.Application(1)].Excluded, lines[PayOffice.Application(2)].Excluded));
        Assert.Equal(PayOffice.Application(1), lines[PayOffice.Application(2)].Flags.Single().Other);
    }

    [Fact]
    public async Task An_approved_run_goes_on_without_an_application_that_can_no_longer_be_opened_once_it_is_held()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 3);
        var run = await office.OpenRunAsync();
        await BreakAsync(office, 2);
        Assert.NotNull(await Record.ExceptionAsync(() => office.ApproveAsync(run.Id)));

        await HoldAsync(office, new HoldTarget(HoldKind.Application, PayOffice.Application(2)));

        var sent = await office.ApproveAsync(run.Id);
        Assert.Equal((PayRunState.Sent, 2), (sent.State, sent.Ordered!.Total.Count));
        Assert.Equal(PositionState.Reserved, (await office.PositionAsync(2)).State);
    }

    [Fact]
    public async Task A_hold_on_somebody_who_has_joined_the_household_since_the_run_looked_counts()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 2);
        var run = await office.OpenRunAsync();
        var joined = PayOffice.Person(3);
        var head = (await office.Store.Get<IStreams>().LoadAsync(PayOffice.Application(1), Cancel))!;
        var amended = new Recorded(
            head.Application.Version + 1, office.Store.Time.GetUtcNow(), Actor.Applicant,
            new Amended(null, null, [.. head.Application.Persons, joined], [], null));
        Assert.NotNull(await office.Store.Get<IStreams>().AppendAsync(head, Evolver.Evolve(head.Application.Id, head.Application, amended), [amended], null, Cancel));
        await HoldAsync(office, HoldTarget.Person(joined));

        await office.ApproveAsync(run.Id);
        Assert.Equal((PayOffice.Entitlement(1), Exclusion.Held), await DroppedAsync(office, run.Id));
    }

    [Fact]
    public async Task A_hold_that_comes_after_a_worker_has_confirmed_and_died_counts()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 2);
        var run = await ConfirmedAsync(office);

        await HoldAsync(office, HoldTarget.Person(PayOffice.Person(1)));

        var sent = await office.ApproveAsync(run.Id);
        Assert.Equal(PayOffice.Entitlement(2), Assert.Single(await office.LinesAsync(run.Id), line => line.Included).Entitlement);
        Assert.Equal((PayRunState.Sent, 1), (sent.State, sent.Ordered!.Total.Count));
        Assert.Equal((PayOffice.Entitlement(1), Exclusion.Held), await DroppedAsync(office, run.Id));
        Assert.Equal((PositionState.Reserved, null), ((await office.PositionAsync(1)).State, (await office.PositionAsync(1)).Run));
    }

    [Fact]
    public async Task An_account_that_is_corrected_after_a_worker_has_confirmed_and_died_is_that_of_the_next_run()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 2);
        var run = await ConfirmedAsync(office);
        var corrected = await CorrectAsync(office, 1);

        await office.ApproveAsync(run.Id);
        Assert.Equal((PayOffice.Entitlement(1), Exclusion.PayeeChanged), await DroppedAsync(office, run.Id));
        var next = await office.SendAsync();
        Assert.Equal(corrected, (await office.FileAsync(next.Id)).Transfers.Single().CreditorAccount);
    }

    [Fact]
    public async Task What_the_books_have_committed_before_a_worker_died_is_in_the_file_whatever_has_been_held_or_corrected_since()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 3);
        var before = await office.ApplicationAsync(2);
        var run = await ConfirmedAsync(office);
        var lines = await office.LinesAsync(run.Id);
        await office.BooksAsync(new Commit(
            run.Id.ToString(), [PayOffice.Entitlement(1), PayOffice.Entitlement(2)], [1, 1], [before.PayeeAt, before.PayeeAt]));
        await CorrectAsync(office, 2);
        await HoldAsync(office, HoldTarget.Person(PayOffice.Person(1)));
        await HoldAsync(office, HoldTarget.Person(PayOffice.Person(3)));

        var sent = await office.ApproveAsync(run.Id);

        Assert.Equal(
            [(PayOffice.Entitlement(1), lines[0].Payee!.Account), (PayOffice.Entitlement(2), before.Payee!.Account)],
            (await office.FileAsync(run.Id)).Transfers.Select(transfer => (transfer.EndToEndId[..^2], transfer.CreditorAccount)));
        Assert.Equal((PayOffice.Entitlement(3), Exclusion.Held), await DroppedAsync(office, run.Id));
        Assert.Equal((2, before.PayeeAt), (sent.Ordered!.Total.Count, (await office.ApplicationAsync(2)).Entitlement!.PayeeAt));
    }

    /// <summary>The one that still confirms what it found, and the other that commits: the books say which of them was first.</summary>
    [Fact]
    public async Task Of_one_who_drops_and_another_who_commits_the_first_to_tell_the_books_wins()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 2);
        var run = await ConfirmedAsync(office);
        await HoldAsync(office, HoldTarget.Person(PayOffice.Person(1)));
        var told = false;
        office.Store.Wire.Breaks = (_, request) =>
        {
            // The other has confirmed before the hold came, and commits while this one asks the books to give back what is held.
            if (!told && request.Uri.Path.Contains("$batch", StringComparison.Ordinal))
            {
                told = true;
                office.BooksAsync(new Commit(run.Id.ToString(), [PayOffice.Entitlement(1), PayOffice.Entitlement(2)], [1, 1], [1, 1])).GetAwaiter().GetResult();
            }
            return Fault.None;
        };

        var sent = await office.ApproveAsync(run.Id);

        Assert.True(told);
        Assert.Equal((PayRunState.Sent, 2), (sent.State, (await office.FileAsync(run.Id)).Transfers.Count));
        Assert.All([await office.PositionAsync(1), await office.PositionAsync(2)], position => Assert.Equal(PositionState.Committed, position.State));
    }

    /// <summary>An approved run, left by one who wrote that it is confirmed and told the books nothing.</summary>
    private static async Task<PayRun> ConfirmedAsync(PayOffice office)
    {
        var run = await office.OpenRunAsync();
        Assert.Null((await office.Desk.HandleAsync(run.Id, new ApproveRun(PayOffice.Approver, run.Prepared!.Digest), Cancel)).Refusal);
        var sheet = (await office.Books.LoadAsync(run.Id, Cancel))!;
        var chunk = (await office.Books.FindAsync(sheet, 0, Cancel))!;
        Assert.True(await office.Books.ReplaceAsync(sheet, new ChunkChange(chunk, chunk.Chunk with { State = ChunkState.Confirmed }), Cancel));
        return run;
    }

    private static async Task<string> CorrectAsync(PayOffice office, int number)
    {
        var application = await office.ApplicationAsync(number);
        var corrected = new CorrectPayee(application.Payee! with { Account = "6222020000000000018" });
        Assert.Null((await office.Store.Get<Desk>().HandleAsync(application.Id, corrected, null, Cancel)).Refusal);
        return corrected.Payee.Account;
    }

    private static async Task<(string Entitlement, Exclusion Reason)> DroppedAsync(PayOffice office, PayRunId run)
    {
        var events = await office.Books.ReadAsync(run, Cancel).Select(stored => stored.Recorded.Event).OfType<LinesDropped>().ToListAsync(Cancel);
        var line = Assert.Single(events.SelectMany(e => e.Lines));
        return (line.Entitlement, line.Reason);
    }

    private static async Task HoldAsync(PayOffice office, HoldTarget target) =>
        Assert.Null(await office.Store.Get<HoldDesk>().PlaceAsync(PayOffice.Approver, target, "核实", null, Cancel));

    /// <summary>What is stored of the application no longer opens.</summary>
    private static async Task BreakAsync(PayOffice office, int number)
    {
        var (table, id) = (office.Store.Settings.Table("applications"), PayOffice.Application(number));
        var row = (await table.GetEntityAsync<TableEntity>(Rows.ShardOf(id), Rows.Head(id), cancellationToken: Cancel)).Value;
        row["State"] = new byte[64];
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Merge, Cancel);
    }
}
