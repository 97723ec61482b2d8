using System.Net.Http.Json;
using Subsidy.EndToEnd.Walking;

namespace Subsidy.EndToEnd;

/// <summary>The provider takes a mail, and its answer is lost: the only case in which a mail repeats.</summary>
public sealed class RepeatedMailTests : IAsyncLifetime
{
    private readonly Head head = new();
    private Township township = null!;

    public async ValueTask InitializeAsync()
    {
        await head.StartOwnAsync();
        township = new Township(head);
    }

    public async ValueTask DisposeAsync()
    {
        township.Dispose();
        await head.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_whose_acceptance_was_lost_is_sent_again_under_the_same_duty()
    {
        await township.FailMailsAsync(status: 500, times: 1, after: true);
        var filed = await TransportSubsidy.SubmitAsync(township);

        // First everything comes to rest, the failed mail put off; then its time comes.
        await township.PassAsync("PT1S");
        await township.PassAsync("PT10M");

        var mails = (await township.MailsAsync(filed)).Where(mail => mail.Decision is not null).ToList();
        var repeated = Assert.Single(mails.GroupBy(mail => mail.Duty), duty => duty.Count() > 1);
        Assert.Equal(2, repeated.Count());
        Assert.Single(repeated.Select(mail => mail.To).Distinct());
    }
}
