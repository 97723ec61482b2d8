using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>What a member of staff uploads is taken when another person has looked at it.</summary>
public sealed class UploadedAnswerTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_it_counts_until_another_person_has_seen_what_it_would_change_and_confirmed_it()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.Report(run, "m1", PayOffice.Settled(1)));
        Assert.Null(await office.Answers.PreviewAsync(run.Id, Cancel));
        // One is sent back, one paid; of the third it says nothing final.
        var answer = await PayOffice.BytesAsync(office.Report(run, "m2", PayOffice.Rejected(1), PayOffice.Settled(2)));
        Assert.Equal(AnswerFate.Proposed, (await office.ProposeAsync(answer)).Fate);
        Assert.Equal(AnswerFate.Proposed, (await office.ProposeAsync(answer)).Fate);
        await office.Runs.RunToEndAsync(run.Id, 4, Cancel);
        var before = (await office.Desk.FindAsync(run.Id, Cancel))!;
        Assert.Equal((1, 2), (before.Outcomes[LineOutcome.Settled].Count, before.Outcomes[LineOutcome.Pending].Count));

        var preview = (await office.Answers.PreviewAsync(run.Id, Cancel))!;
        Assert.Equal([LineOutcome.Settled, LineOutcome.Failed], preview.Changes.Keys);
        Assert.All(preview.Changes.Values, total => Assert.Equal(1, total.Count));
        Assert.Equal(1, preview.Unchanged.Count);
        Assert.Equal((LineOutcome.Settled, "AC04"), Assert.Single(preview.Failing.Select(failing => (failing.Line.Outcome, failing.Code))));

        var sha256 = preview.Answer.Sha256;
        Assert.Equal(RefusalCode.NotAllowed, (await office.Answers.ConfirmAsync(run.Id, sha256, PayOffice.Preparer, Cancel))!.Code);
        Assert.Null(await office.Answers.ConfirmAsync(run.Id, sha256, PayOffice.Approver, Cancel));
        Assert.Equal(RefusalCode.MovedOn, (await office.Answers.ConfirmAsync(run.Id, sha256, PayOffice.Approver, Cancel))!.Code);
        var after = (await office.Runs.RunToEndAsync(run.Id, 4, Cancel))!;
        Assert.Equal(
            (1, 1, 1), (after.Outcomes[LineOutcome.Settled].Count, after.Outcomes[LineOutcome.Failed].Count, after.Outcomes[LineOutcome.Pending].Count));
        Assert.Equal(AnswerFate.Repeated, (await office.ProposeAsync(answer)).Fate);
    }

    [Fact]
    public async Task What_no_longer_fits_when_it_is_confirmed_is_refused_with_the_reason_and_can_be_declined()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var later = office.Report(run, "m2", PayOffice.Settled(2)) with { CreatedAt = office.Store.Time.GetUtcNow().AddMinutes(5) };
        await office.ProposeAsync(await PayOffice.BytesAsync(later));
        var sha256 = (await office.Desk.FindAsync(run.Id, Cancel))!.Proposed!.Sha256;
        // The bank itself has rejected it meanwhile.
        await office.PutAsync("answer.xml", office.Report(run, "m1", PayOffice.Rejected(2)));
        Assert.Equal(AnswerFate.Taken, Assert.Single(await office.EmptyInboxAsync()).Fate);
        await office.Runs.RunToEndAsync(run.Id, 4, Cancel);

        var refusal = (await office.Answers.ConfirmAsync(run.Id, sha256, PayOffice.Approver, Cancel))!;
        Assert.Equal(RefusalCode.Invalid, refusal.Code);
        Assert.Contains("was rejected before, and is settled now", refusal.Faults[0].Message.En, StringComparison.Ordinal);
        Assert.Equal(PayOffice.Preparer, Assert.Single(await office.Store.Get<IRefusedAnswers>().ListAsync(Cancel)).Source);
        Assert.Null((await office.Desk.HandleAsync(run.Id, new DeclineAnswer(PayOffice.Approver, sha256, "not the bank's"), Cancel)).Refusal);
        Assert.Null((await office.Desk.FindAsync(run.Id, Cancel))!.Proposed);
        Assert.NotNull(await office.Store.Get<IBankFiles>().FindAsync(BankFileNames.Answer(run.Id, sha256), Cancel));
    }

    [Fact]
    public async Task The_bank_may_be_faster_with_the_same_file()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var answer = office.AllSettled(run, "m1");
        await office.ProposeAsync(await PayOffice.BytesAsync(answer));
        var sha256 = (await office.Desk.FindAsync(run.Id, Cancel))!.Proposed!.Sha256;
        await office.PutAsync("answer.xml", answer);
        Assert.Equal(AnswerFate.Taken, Assert.Single(await office.EmptyInboxAsync()).Fate);
        Assert.Equal(RefusalCode.MovedOn, (await office.Answers.ConfirmAsync(run.Id, sha256, PayOffice.Approver, Cancel))!.Code);
        Assert.Equal(PayRunState.Closed, (await office.Runs.RunToEndAsync(run.Id, 4, Cancel))!.State);
    }

    [Fact]
    public async Task A_second_upload_waits_until_the_first_is_dealt_with()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.ProposeAsync(await PayOffice.BytesAsync(office.Report(run, "m1", PayOffice.Rejected(1))));
        var second = await office.ProposeAsync(await PayOffice.BytesAsync(office.AllSettled(run, "m2")));
        Assert.Equal(AnswerFate.NotYet, second.Fate);
        Assert.Contains("still to be confirmed", second.Why!.En, StringComparison.Ordinal);
    }

    /// <summary>Who looks for what is to be confirmed looks at runs that are not over.</summary>
    [Fact]
    public async Task A_run_that_was_closed_is_listed_again_until_what_was_uploaded_to_it_is_dealt_with()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.AllSettled(run, "m1"));
        await office.Runs.TendAsync(Cancel);
        Assert.Empty(await office.Books.UnfinishedAsync(Cancel));
        await office.ProposeAsync(await PayOffice.BytesAsync(office.Report(run, "m2", PayOffice.Rejected(1))));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal([run.Id], await office.Books.UnfinishedAsync(Cancel));
        var sha256 = (await office.Desk.FindAsync(run.Id, Cancel))!.Proposed!.Sha256;
        Assert.Null((await office.Desk.HandleAsync(run.Id, new DeclineAnswer(PayOffice.Preparer, sha256, "a mistake"), Cancel)).Refusal);
        await office.Runs.TendAsync(Cancel);
        Assert.Empty(await office.Books.UnfinishedAsync(Cancel));
    }
}
