using Azure;
using Azure.Core;
using Azure.Storage.Blobs.Specialized;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>What lies in the inbox is read, told of and removed, the oldest first.</summary>
public sealed class BankInboxTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_in_the_inbox_for_the_answer_before_it_is_not_overtaken_by_the_next()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        Assert.Equal(AnswerFate.Taken, (await office.UploadAsync(await PayOffice.BytesAsync(office.Report(run, "m1", PayOffice.Settled(1))))).Fate);
        var second = await PayOffice.BytesAsync(office.Report(run, "m2", PayOffice.Settled(2)));
        var third = await PayOffice.BytesAsync(office.Report(run, "m3", PayOffice.Settled(3)) with { CreatedAt = office.Store.Time.GetUtcNow().AddMinutes(1) });
        // While the inbox is read, the first answer is applied.
        var inbox = new SlowInbox(second, third) { BeforeThird = () => office.Runs.RunToEndAsync(run.Id, 4, Cancel) };
        var answers = new BankAnswers(
            office.Books, office.Store.Get<IBankFiles>(), inbox, office.Store.Get<IRefusedAnswers>(), office.Desk,
            office.Store.Get<ITownship>(), office.Store.Time);

        Assert.Equal([AnswerFate.NotYet, AnswerFate.NotYet], (await PayOffice.EmptyAsync(answers)).Select(receipt => receipt.Fate));
        Assert.Equal([AnswerFate.Taken, AnswerFate.Taken], (await PayOffice.EmptyAsync(answers)).Select(receipt => receipt.Fate));
        await office.Runs.RunToEndAsync(run.Id, 4, Cancel);
        Assert.Equal(3, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Settled].Count);
    }

    [Fact]
    public async Task The_inbox_is_emptied_and_what_is_not_final_keeps_the_payment_pending()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var accepted = office.AllSettled(run, "m1") with { Group = new ReportedStatus("ACCP") };
        await office.PutAsync("1.xml", accepted);
        await office.PutAsync("2.xml", office.AllSettled(run, "m2"));
        // The second waits until the first is applied.
        await TakesAsync(office, AnswerFate.Taken, AnswerFate.NotYet);
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(3, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Pending].Count);
        await TakesAsync(office, AnswerFate.Taken);
        await ClosesAsync(office, run);
        Assert.Empty(await office.EmptyInboxAsync());
    }

    [Fact]
    public async Task An_answer_that_comes_under_the_name_of_the_one_being_read_is_read_next()
    {
        await using var office = await PayOffice.SentAsync(azurite);
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

        await TakesAsync(office, AnswerFate.Taken);
        await office.Runs.TendAsync(Cancel);
        await TakesAsync(office, AnswerFate.Taken);
        await ClosesAsync(office, run);
        Assert.Empty(await office.EmptyInboxAsync());
    }

    [Fact]
    public async Task Answers_are_taken_in_the_order_in_which_they_were_made_whatever_they_are_called()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var older = office.Report(run, "m1", PayOffice.Settled(1));
        var newer = office.Report(run, "m2", PayOffice.Settled(2), PayOffice.Settled(3)) with { CreatedAt = older.CreatedAt.AddMinutes(1) };
        await office.PutAsync("b7.xml", older);
        await office.PutAsync("a9.xml", newer);
        await office.Store.Settings.Container("bank-inbox").UploadBlobAsync("c.xml", BinaryData.FromString("no answer at all"), Cancel);

        await TakesAsync(office, AnswerFate.Refused, AnswerFate.Taken, AnswerFate.NotYet);
        await office.Runs.TendAsync(Cancel);
        await TakesAsync(office, AnswerFate.Taken);
        await ClosesAsync(office, run);
    }

    [Fact]
    public async Task A_file_that_cannot_be_removed_keeps_no_other_waiting_and_is_reported()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var inbox = office.Store.Settings.Container("bank-inbox");
        await inbox.UploadBlobAsync("a.xml", BinaryData.FromString("no answer at all"), Cancel);
        await office.PutAsync("b.xml", office.AllSettled(run, "m1"));
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
        await ClosesAsync(office, run);
        // It is read every minute, and listed once.
        office.Store.Time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<AggregateException>(() => office.EmptyInboxAsync());
        Assert.Single(await office.Store.Get<IRefusedAnswers>().ListAsync(Cancel));
    }

    /// <summary>It would be refused as the older one for ever, and the run never closed.</summary>
    [Fact]
    public async Task An_answer_that_could_not_be_taken_is_not_overtaken_by_the_next()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var first = office.Report(run, "m1", PayOffice.Settled(1));
        var second = office.Report(run, "m2", PayOffice.Settled(2)) with { CreatedAt = first.CreatedAt.AddMinutes(1) };
        await office.PutAsync("1.xml", first);
        await office.PutAsync("2.xml", second);
        var broken = false;
        office.Store.Wire.Breaks = (_, request) =>
        {
            var now = !broken && request.Uri.Path.Contains("payruns", StringComparison.Ordinal);
            broken |= now;
            return now ? Fault.BeforeServer : Fault.None;
        };

        await Assert.ThrowsAsync<AggregateException>(() => office.EmptyInboxAsync());
        Assert.Null((await office.Desk.FindAsync(run.Id, Cancel))!.Answer);
        await TakesAsync(office, AnswerFate.Taken, AnswerFate.NotYet);
    }

    private static async Task TakesAsync(PayOffice office, params AnswerFate[] fates) =>
        Assert.Equal(fates, (await office.EmptyInboxAsync()).Select(receipt => receipt.Fate));

    private static async Task ClosesAsync(PayOffice office, PayRun run)
    {
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
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
