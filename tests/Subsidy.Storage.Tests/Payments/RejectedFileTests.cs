using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>The bank turns a whole file away: what was paid before it, or by the same file handed in first, is not paid again.</summary>
public sealed class RejectedFileTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A second download is recorded, not forbidden.</summary>
    [Theory]
    [InlineData("DUPL", true)]
    [InlineData("AM05", true)]
    [InlineData("DU01", false)]
    public async Task A_file_that_was_handed_in_twice_and_rejected_as_a_repetition_says_nothing_of_the_first(string code, bool settledBefore)
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        if (settledBefore)
            await office.AnswerAsync(office.AllSettled(run, "m1"));

        var repeated = await office.AnswerAsync(office.AllSettled(run, "m2") with { Group = new ReportedStatus("RJCT", [new StatusReason(code)]) });

        Assert.Equal(AnswerFate.Refused, repeated.Fate);
        if (!settledBefore)
            Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.AllSettled(run, "m3"))).Fate);
        for (var n = 1; n <= 3; n++)
            Assert.Equal((PositionState.Paid, 1), ((await office.PositionAsync(n)).State, (await office.PositionAsync(n)).Attempt));
    }

    [Fact]
    public async Task A_payment_that_is_rejected_as_a_repetition_stays_pending_until_the_bank_says_what_became_of_it()
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();

        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.Report(run, "m1", PayOffice.Rejected(2, "DUPL")))).Fate);

        Assert.Equal(PositionState.Committed, (await office.PositionAsync(2)).State);
        Assert.Equal(3, (await office.Desk.FindAsync(run.Id, Cancel))!.Outcomes[LineOutcome.Pending].Count);
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.AllSettled(run, "m2"))).Fate);
        Assert.Equal(PayRunState.Closed, (await office.Desk.FindAsync(run.Id, Cancel))!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rejection_of_the_file_as_a_whole_takes_nothing_back_that_was_settled(bool listed)
    {
        await using var office = await PayOffice.SentAsync(azurite);
        var run = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        await office.AnswerAsync(office.Report(run, "m1", PayOffice.Settled(1)));
        var whole = office.AllSettled(run, "m2") with { Group = new ReportedStatus("RJCT", [new StatusReason("FF01")]) };
        if (listed) // Named, with no word of its own.
            whole = whole with { Transactions = [PayOffice.Settled(1) with { Status = whole.Group, Own = false }] };

        Assert.Equal(AnswerFate.Refused, (await office.AnswerAsync(whole)).Fate);

        Assert.Equal((PositionState.Paid, PositionState.Committed), ((await office.PositionAsync(1)).State, (await office.PositionAsync(2)).State));
        Assert.Equal(AnswerFate.Taken, (await office.AnswerAsync(office.Report(run, "m3", PayOffice.Rejected(1, "AC06")))).Fate);
        Assert.Equal(PositionState.Failed, (await office.PositionAsync(1)).State);
    }
}
