using Subsidy.EndToEnd.Walking;

namespace Subsidy.EndToEnd;

/// <summary>The plug is pulled (SIGKILL) while a run is prepared, committed and answered; each is paid once.</summary>
public sealed class KilledPayRunTests : IAsyncLifetime
{
    private const int People = 30;

    private readonly Head head = new();
    private Township township = null!;
    private Finance finance = null!;

    public async ValueTask InitializeAsync()
    {
        await head.StartOwnAsync();
        township = new Township(head);
        finance = new Finance(head);
    }

    public async ValueTask DisposeAsync()
    {
        finance.Dispose();
        township.Dispose();
        await head.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_is_in_a_run_that_was_killed_three_times_is_paid_once()
    {
        var filed = new List<Filed>();
        for (var person = 0; person < People; person++)
            filed.Add(await TransportSubsidy.SubmitAsync(township));
        await TransportSubsidy.GrantAsync(township, filed);
        var fund = await finance.FundAsync("rural-revitalisation");
        await finance.SignInAsync();

        var run = await KilledAsync(() => finance.OpenAsync(fund));
        await KilledAsync(async () =>
        {
            await finance.ApproveAsync(run);
            return run;
        });
        var ordered = await finance.DownloadAsync(run);
        Assert.Equal(filed.Select(one => $"{one.Id}-once-1").Order(), ordered.Order());

        // The bank's answer lies in the inbox; its caller never hears what came of it.
        var answering = finance.BankAsync(run, "accept");
        await finance.UntilAnsweredAsync();
        await head.KillAndRestartAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => answering);
        await township.PassAsync("PT3M");

        foreach (var one in filed)
            await township.UntilAsync(one, "paid");
        await finance.SignInAsync();
        var paid = (await finance.LedgerAsync(fund)).Split('\n').Where(line => line.Contains("银行已付", StringComparison.Ordinal)).ToList();
        Assert.Equal(People, paid.Count);
        Assert.All(filed, one => Assert.Single(paid, line => line.Contains(one.Id, StringComparison.Ordinal)));
    }

    /// <summary>The plug is pulled as soon as the order is given, while it is carried out.</summary>
    private async Task<string> KilledAsync(Func<Task<string>> order)
    {
        var given = await order();
        await head.KillAndRestartAsync();
        await finance.SignInAsync();
        return given;
    }
}
