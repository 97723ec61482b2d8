using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>What the bank says and the books do not take is for a person.</summary>
public sealed class DisputeTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_books_do_not_take_back_because_part_of_it_was_repaid_is_left_to_a_person()
    {
        await using var office = await PayOffice.SentAsync(azurite);
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
        await using var office = await PayOffice.SentAsync(azurite);
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
        await using var office = await PayOffice.SentAsync(azurite);
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
        await using var office = await PayOffice.SentAsync(azurite);
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
}
