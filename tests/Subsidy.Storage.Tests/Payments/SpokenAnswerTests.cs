using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>What the bank says in a letter is entered by one, confirmed by another, and counts like a file of the bank's.</summary>
public sealed class SpokenAnswerTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The bank has turned the payment away as a repetition, and says no more.</summary>
    [Fact]
    public async Task A_payment_that_the_bank_never_answers_is_ended_by_two_people()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.Report(run, "m1", PayOffice.Settled(1), PayOffice.Settled(2), PayOffice.Rejected(3, "DUPL")));
        Assert.Equal(PayRunState.Sent, (await office.Desk.FindAsync(run.Id, Cancel))!.State);

        Assert.Null(await EnterAsync(office, run, new SpokenAnswer($"{PayOffice.Entitlement(3)}-1", null, "statement of 31 March, page 2")));
        Assert.Equal(1, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Pending].Count);
        var preview = (await office.Answers.PreviewAsync(run.Id, Cancel))!;
        Assert.Equal(("statement of 31 March, page 2", 1, 2), (preview.Document, preview.Changes[LineOutcome.Settled].Count, preview.Unchanged.Count));
        var closed = await ConfirmAsync(office, run);
        Assert.Equal((PayRunState.Closed, 3), (closed.State, closed.Outcomes[LineOutcome.Settled].Count));
        Assert.Equal(PositionState.Paid, (await office.PositionAsync(3)).State);
    }

    [Fact]
    public async Task What_the_bank_has_made_meanwhile_and_sends_later_is_taken_all_the_same()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var late = office.Report(run, "m1", PayOffice.Settled(1), PayOffice.Settled(2));
        office.Store.Time.Advance(TimeSpan.FromDays(3));
        Assert.Null(await EnterAsync(office, run, new SpokenAnswer($"{PayOffice.Entitlement(3)}-1", "AC04", "letter 12")));
        await ConfirmAsync(office, run);
        Assert.Equal(PositionState.Failed, (await office.PositionAsync(3)).State);
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(late)).Fate);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
    }

    [Theory]
    [InlineData("nobody", null, "letter 12", "/payment")]
    [InlineData("known", "XX99", "letter 12", "/code")]
    [InlineData("known", null, "", "/document")]
    [InlineData("known", "DUPL", "letter 12", "/payment")]
    [InlineData("answered", null, "letter 12", "/payment")]
    public async Task What_does_not_make_sense_is_refused_field_by_field(string payment, string? code, string document, string pointer)
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.Report(run, "m1", PayOffice.Settled(1)));
        var id = payment switch
        {
            "known" => $"{PayOffice.Entitlement(2)}-1",
            "answered" => $"{PayOffice.Entitlement(1)}-1",
            _ => payment,
        };
        var refusal = (await EnterAsync(office, run, new SpokenAnswer(id, code, document)))!;
        Assert.Equal((RefusalCode.Invalid, pointer), (refusal.Code, Assert.Single(refusal.Faults).Pointer));
        Assert.Null((await office.Desk.FindAsync(run.Id, Cancel))!.Proposed);
    }

    [Fact]
    public async Task While_one_waits_for_confirmation_no_other_is_entered_and_who_is_not_of_finance_enters_none()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var answer = new SpokenAnswer($"{PayOffice.Entitlement(1)}-1", null, "letter 12");
        Assert.NotNull(await office.Store.Get<SpokenAnswers>().EnterAsync(run.Id, answer, "yan-ming", Cancel));
        Assert.Null(await EnterAsync(office, run, answer));
        Assert.Equal(RefusalCode.MovedOn, (await EnterAsync(office, run, answer with { Payment = $"{PayOffice.Entitlement(2)}-1" }))!.Code);
    }

    private static Task<Refusal?> EnterAsync(PayOffice office, PayRun run, SpokenAnswer answer) =>
        office.Store.Get<SpokenAnswers>().EnterAsync(run.Id, answer, PayOffice.Preparer, Cancel);

    private static async Task<PayRun> ConfirmAsync(PayOffice office, PayRun run)
    {
        var sha256 = (await office.Desk.FindAsync(run.Id, Cancel))!.Proposed!.Sha256;
        Assert.Null(await office.Answers.ConfirmAsync(run.Id, sha256, PayOffice.Approver, Cancel));
        return (await office.Runs.RunToEndAsync(run.Id, 4, Cancel))!;
    }
}
