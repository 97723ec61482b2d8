namespace Subsidy.Storage.Tests.Payments;

/// <summary>What a payment costs in requests to storage. A change that makes it dearer must say so here.</summary>
public sealed class RunCostTests(AzuriteFixture azurite)
{
    private const int Payments = 100;

    [Fact]
    public async Task A_payment_takes_some_fifteen_requests_from_what_is_due_to_the_banks_answer_however_many_chunks_are_done_at_once()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(Payments * 100);
        for (var n = 0; n < Payments; n++)
            await office.OweAsync(n);

        office.Store.Wire.Restart();
        var sent = await office.SendAsync();
        await office.AnswerAsync(office.AllSettled(sent, "bank-1"));

        // Head and form, a note of the account; the account again, the position; head, position, news, and a command to the application of two;
        // position, news, and another command. What a chunk or a run needs as a whole comes to one more.
        Assert.InRange((double)office.Store.Wire.Sent / Payments, 15, 17);
    }
}
