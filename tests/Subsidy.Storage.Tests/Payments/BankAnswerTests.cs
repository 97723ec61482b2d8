using System.Text;
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
        await using var office = await PayOffice.SentAsync(azurite);
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
        await using var office = await PayOffice.SentAsync(azurite);
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
        await using var office = await PayOffice.SentAsync(azurite);
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
        await using var office = await PayOffice.SentAsync(azurite);
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
        await using var office = await PayOffice.SentAsync(azurite);
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
    public async Task Money_that_comes_back_after_it_was_settled_is_a_return_also_when_the_run_is_closed()
    {
        await using var office = await PayOffice.SentAsync(azurite);
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

    private static async Task UntouchedAsync(PayOffice office, PayRun run)
    {
        Assert.Equal(run.Version, (await office.Desk.FindAsync(run.Id, Cancel))!.Version);
        for (var n = 1; n <= 3; n++)
            Assert.Equal(PositionState.Committed, (await office.PositionAsync(n)).State);
    }
}
