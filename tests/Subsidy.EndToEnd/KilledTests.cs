using System.Net;
using Subsidy.EndToEnd.Walking;

namespace Subsidy.EndToEnd;

/// <summary>The plug is pulled (SIGKILL) at several moments; nothing is lost.</summary>
public sealed class KilledTests : IAsyncLifetime
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
    public async Task A_process_killed_between_the_steps_loses_nothing_and_mails_no_one_twice_for_two_duties()
    {
        var filed = await TransportSubsidy.SubmitAsync(township);
        await RestartAsync();
        await TransportSubsidy.VillageCheckAsync(township, filed);
        await RestartAsync();
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P8D");
        await RestartAsync();

        var asked = await township.MailAsync(filed);
        Assert.NotNull(asked.Duty);
        await township.UntilAsync(filed, "inReview");
    }

    /// <summary>A turn that was killed holds its application until its lease has run out, two minutes later.</summary>
    private async Task RestartAsync()
    {
        await head.KillAndRestartAsync();
        await township.PassAsync("PT3M");
    }

    [Fact]
    public async Task An_answer_lost_to_a_kill_is_given_again_to_the_same_key()
    {
        var key = Township.NewKey();
        var application = TransportSubsidy.Application(Samples.NewIdNumber());
        var papers = TransportSubsidy.Papers();
        using var first = await township.SendAsync(HttpMethod.Post, "/api/applications", key, application, papers);
        var once = await Township.ReadAsync(first, HttpStatusCode.Created);
        await head.KillAndRestartAsync();

        using var second = await township.SendAsync(HttpMethod.Post, "/api/applications", key, application, papers);
        var again = await Township.ReadAsync(second, HttpStatusCode.Created);
        Assert.Equal(once["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
        Assert.Equal(once["accessKey"]!.GetValue<string>(), again["accessKey"]!.GetValue<string>());
    }
}
