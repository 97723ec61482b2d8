using System.Net;
using System.Text.Json.Nodes;
using Subsidy.EndToEnd.Walking;
using Subsidy.Storage.Streams;

namespace Subsidy.EndToEnd;

/// <summary>From the form to the money: prepared by one, approved by another, ordered from the bank, answered by it.</summary>
public sealed class PaymentTests : IAsyncLifetime
{
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
    public async Task A_transport_subsidy_is_paid_and_who_prepared_the_run_could_not_approve_it()
    {
        var filed = await TransportSubsidy.GrantedAsync(township);
        await finance.SignInAsync();
        var run = await finance.PrepareAsync(await finance.FundAsync("rural-revitalisation"));
        Assert.Equal(HttpStatusCode.Forbidden, await finance.ApproveOwnAsync(run));
        await finance.ApproveAsync(run);
        Assert.Equal([$"{filed.Id}-once-1"], await finance.DownloadAsync(run));
        await township.UntilAsync(filed, "paying");

        await finance.BankAsync(run, "pending");
        Assert.Equal("paying", (await township.StatusAsync(filed))["status"]!.GetValue<string>());
        await finance.BankAsync(run, "accept");

        await township.UntilAsync(filed, "paid");
        var history = await finance.HistoryAsync(run);
        Assert.Empty(HistoryVerifier.Verify(history).Faults);
        Assert.Equal(
            ["runOpened", "runApproved", "fileDownloaded", "answerTaken", "answerTaken"],
            history.Select(line => JsonNode.Parse(HistoryLine.Parse(line).Text)!["type"]!.GetValue<string>())
                .Where(type => type is "runOpened" or "runApproved" or "fileDownloaded" or "answerTaken"));
    }

    [Fact]
    public async Task A_run_is_approved_by_the_link_of_a_mail_goes_on_and_whoever_clicks_again_is_told_who_decided()
    {
        var filed = await TransportSubsidy.GrantedAsync(township);
        await finance.SignInAsync();
        var run = await finance.OpenAsync(await finance.FundAsync("rural-revitalisation"));
        var link = await finance.ApproveByMailAsync(run);
        Assert.Equal([$"{filed.Id}-once-1"], await finance.DownloadAsync(run));
        Assert.Null(await finance.LinkAsync(run, "qian-duoduo"));

        var (status, told) = await finance.DecideAgainAsync(link);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("鲍清田已于", told, StringComparison.Ordinal);
        await finance.BankAsync(run, "accept");
        await township.UntilAsync(filed, "paid");
    }

    [Fact]
    public async Task Relief_is_paid_when_the_bank_answers_days_later_and_an_answer_given_twice_or_tampered_with_changes_nothing()
    {
        var filed = await ReliefFund.GrantedAsync(township);
        var fund = await finance.FundAsync("relief");
        var run = await finance.SendAsync(fund);

        await finance.BankAsync(run, "tamper");
        Assert.Equal("paying", (await township.StatusAsync(filed))["status"]!.GetValue<string>());
        Assert.Contains("BANK-", await finance.RefusedAsync(), StringComparison.Ordinal);

        await finance.BankAsync(run, "accept", after: "P1D");
        Assert.Equal("paying", (await township.StatusAsync(filed))["status"]!.GetValue<string>());
        await township.PassAsync("P2D");
        await township.UntilAsync(filed, "paid");

        await finance.SignInAsync(); // After two days one is signed out.
        var (before, ledger) = (await township.StatusAsync(filed), await finance.LedgerAsync(fund));
        await finance.BankAsync(run, "again");
        Assert.Equal(before.ToJsonString(), (await township.StatusAsync(filed)).ToJsonString());
        Assert.Equal(ledger, await finance.LedgerAsync(fund));
    }

    [Fact]
    public async Task A_rejected_payment_is_paid_at_the_second_attempt_to_a_corrected_account_also_when_it_came_back_after_settlement()
    {
        var filed = await TransportSubsidy.GrantedAsync(township);
        var fund = await finance.FundAsync("rural-revitalisation");
        var first = await finance.SendAsync(fund);
        await finance.BankAsync(first, "reject", [$"{filed.Id}-once-1"], "AC04");
        var failed = await township.StatusAsync(filed);
        Assert.Contains("销户", failed.ToJsonString(Township.Readable), StringComparison.Ordinal);

        await CorrectAsync(filed, Samples.NewAccount());
        var second = await finance.SendAsync(fund);
        await finance.BankAsync(second, "accept");
        await township.UntilAsync(filed, "paid");
        await finance.BankAsync(second, "return", [$"{filed.Id}-once-2"], "AC06");
        Assert.NotEqual("paid", (await township.StatusAsync(filed))["status"]!.GetValue<string>());

        await CorrectAsync(filed, Samples.NewAccount());
        var third = await finance.SendAsync(fund);
        Assert.Equal([$"{filed.Id}-once-3"], await finance.DownloadAsync(third));
        await finance.BankAsync(third, "accept");
        await township.UntilAsync(filed, "paid");
    }

    private async Task CorrectAsync(Filed filed, string account)
    {
        using var corrected = await township.AsApplicantAsync(filed, "payee", new JsonObject
        {
            ["payee"] = new JsonObject { ["name"] = "赵外出", ["account"] = account, ["bank"] = "农村商业银行" },
        });
        await Township.TakenAsync(corrected);
        await township.PassAsync("PT1S");
    }
}
