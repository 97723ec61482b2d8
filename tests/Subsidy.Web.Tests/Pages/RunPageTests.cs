using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed class RunPageTests
{
    private const string Address = "/finance/runs";

    private static readonly PayRunId Run = PayRunWalk.Run;

    [Fact]
    public async Task A_run_is_prepared_by_one_approved_by_another_sent_answered_and_paid()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        var preparer = await PreparedAsync(site);
        Assert.Contains("Waits for another person's approval", preparer.Page, StringComparison.Ordinal);
        var decided = (await site.ApplicationAsync(filed)).Acts.Select(act => act.Staff).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(decided);
        Assert.Equal(decided, (await site.RunAsync()).Prepared!.Deciders);
        Assert.Contains("赵外出 ****3446", preparer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Address}/{Run}/approval", preparer.Page, StringComparison.Ordinal);
        await preparer.PostAsync($"{Address}/{Run}/approval", [("__RequestVerificationToken", preparer.Token), ("digest", (await site.RunAsync()).Prepared!.Digest)]);
        Assert.Equal(HttpStatusCode.Forbidden, preparer.Status);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync($"{Address}/{Run}");
        Assert.Contains("1 payment, ¥ 600.00 in all", approver.Page, StringComparison.Ordinal);
        await approver.PostAsync($"{Address}/{Run}/approval", []);
        await site.CarryOnAsync();
        Assert.Equal(PayRunState.Sent, (await site.RunAsync()).State);

        await preparer.OpenAsync($"{Address}/{Run}");
        await preparer.PostAsync($"{Address}/{Run}/files", [("__RequestVerificationToken", preparer.Token), ("kind", "PaymentOrder")]);
        Assert.Contains("pain.001.001.09", preparer.Page, StringComparison.Ordinal);
        await approver.OpenAsync($"{Address}/{Run}");
        await approver.PostAsync($"{Address}/{Run}/files", [("__RequestVerificationToken", approver.Token), ("kind", "PaymentOrder")]);
        Assert.Equal(
            ["qian-duoduo", "bao-qingtian"], site.Runs.EventsOf(Run).Select(recorded => recorded.Event).OfType<FileDownloaded>().Select(one => one.Staff));

        await approver.OpenAsync($"{Address}/{Run}");
        (string, string)[] oneCard = [("__RequestVerificationToken", approver.Token), ("kind", "OneCard")];
        Assert.Contains("I confirm that it is not handed in", approver.Page, StringComparison.Ordinal);
        await approver.PostAsync($"{Address}/{Run}/files", oneCard);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, approver.Status);
        await approver.PostAsync($"{Address}/{Run}/files", [.. oneCard, ("instead", "yes")]);
        Assert.Equal(HttpStatusCode.OK, approver.Status);

        await preparer.OpenAsync("/finance/answers");
        var answer = ("/file", "answer.xml", await site.AnswerFileAsync());
        await preparer.PostAsync("/finance/answers", [], answer);
        Assert.Contains("It counts once another person has confirmed it", preparer.Page, StringComparison.Ordinal);
        await site.CarryOnAsync();
        Assert.Equal(Status.Paying, (await site.ApplicationAsync(filed)).Status);
        await preparer.OpenAsync($"{Address}/{Run}/answer");
        Assert.Contains("Who uploaded an answer may not confirm it", preparer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/answer/confirmation", preparer.Page, StringComparison.Ordinal);

        foreach (var page in new[] { "/finance", Address, $"{Address}/{Run}" })
        {
            await approver.OpenAsync(page);
            Assert.Contains($"{Address}/{Run}/answer\"", approver.Page, StringComparison.Ordinal);
        }
        await approver.OpenAsync($"{Address}/{Run}/answer");
        Assert.Contains("Would be paid", approver.Page, StringComparison.Ordinal);
        var confirmation = ($"{Address}/{Run}/answer/confirmation", new[] { ("__RequestVerificationToken", approver.Token), ("sha256", approver.Value("sha256")) });
        await approver.PostAsync($"{Address}/{Run}/answer/confirmation", []);
        Assert.Equal($"{Address}/{Run}", approver.Address.PathAndQuery);
        await approver.PostAsync(confirmation.Item1, confirmation.Item2);
        Assert.Equal(HttpStatusCode.Conflict, approver.Status);
        await site.CarryOnAsync();
        Assert.Equal(Status.Paid, (await site.ApplicationAsync(filed)).Status);
        await preparer.OpenAsync("/finance/answers");
        await preparer.PostAsync("/finance/answers", [], answer);
        Assert.Contains("A repetition", preparer.Page, StringComparison.Ordinal);
        await preparer.OpenAsync($"{Address}/{Run}");
        Assert.Contains("Done", preparer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_uploaded_rejection_shows_who_would_be_paid_again_and_is_declined_with_a_reason()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        await site.SendRunAsync();
        await site.HandInAsync(new ReportedStatus("RJCT", [new StatusReason("AC04")]));

        var auditor = await Browser.SignedInAsync(site, "yan-ming");
        await auditor.OpenAsync($"{Address}/{Run}/answer");
        Assert.Contains("AC04", auditor.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Address}/{Run}/answer/", auditor.Page, StringComparison.Ordinal);
        await auditor.PostAsync($"{Address}/{Run}/answer/decline", [("__RequestVerificationToken", auditor.Token), ("sha256", "x"), ("reason", "x")]);
        Assert.Equal(HttpStatusCode.Forbidden, auditor.Status);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync($"{Address}/{Run}/answer");
        Assert.Contains("If the bank has paid them after all, they would be paid twice", approver.Page, StringComparison.Ordinal);
        Assert.Contains(Reference.Of(filed.Id), approver.Page, StringComparison.Ordinal);
        await approver.PostAsync($"{Address}/{Run}/answer/decline", [("reason", " ")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, approver.Status);
        await approver.OpenAsync($"{Address}/{Run}/answer");
        await approver.PostAsync($"{Address}/{Run}/answer/decline", [("reason", "银行没有发过")]);
        Assert.Equal($"{Address}/{Run}", approver.Address.PathAndQuery);
        Assert.DoesNotContain($"{Address}/{Run}/answer\"", approver.Page, StringComparison.Ordinal);
        Assert.Equal("银行没有发过", Assert.Single(site.Runs.EventsOf(Run).Select(recorded => recorded.Event).OfType<AnswerDeclined>()).Reason);
        // Dealt with: an old link leads to the run.
        await approver.OpenAsync($"{Address}/{Run}/answer");
        Assert.Equal($"{Address}/{Run}", approver.Address.PathAndQuery);
    }

    [Fact]
    public async Task What_the_bank_says_in_a_letter_is_entered_by_one_and_confirmed_by_another()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        await site.SendRunAsync();

        var preparer = await Browser.SignedInAsync(site, "qian-duoduo");
        await preparer.OpenAsync($"{Address}/{Run}");
        Assert.Contains($"{Address}/{Run}/answer/by-hand", preparer.Page, StringComparison.Ordinal);
        await preparer.OpenAsync($"{Address}/{Run}/answer/by-hand");
        await preparer.PostAsync($"{Address}/{Run}/answer/by-hand", [("/payment", "7777-7777-7777"), ("/said", "notPaid"), ("/document", "来函12号")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, preparer.Status);
        Assert.Contains("href=\"#f-payment\"", preparer.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-code\"", preparer.Page, StringComparison.Ordinal);
        Assert.Contains("来函12号", preparer.Page, StringComparison.Ordinal);
        await preparer.PostAsync(
            $"{Address}/{Run}/answer/by-hand", [("/payment", Reference.Of(filed.Id)), ("/said", "paid"), ("/code", ""), ("/document", "来函12号")]);
        Assert.Equal($"{Address}/{Run}/answer", preparer.Address.PathAndQuery);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync($"{Address}/{Run}/answer");
        Assert.Contains("来函12号", approver.Page, StringComparison.Ordinal);
        await approver.PostAsync($"{Address}/{Run}/answer/confirmation", []);
        await site.CarryOnAsync();
        Assert.Equal(Status.Paid, (await site.ApplicationAsync(filed)).Status);
        await approver.OpenAsync($"{Address}/{Run}");
        Assert.Contains("Done", approver.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_none_is_refused_and_listed()
    {
        await using var site = await StartAsync();
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        await browser.OpenAsync("/finance/answers");
        await browser.PostAsync("/finance/answers", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.PostAsync("/finance/answers", [], ("/file", "x.xml", Encoding.UTF8.GetBytes("<a/>")));
        Assert.Contains("Refused; the file is kept", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/finance/answers");
        Assert.Contains("钱多多", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/finance");
        Assert.Contains("refused in the last 14 days: 1.", browser.Page, StringComparison.Ordinal);
        site.Time.Advance(TimeSpan.FromDays(15));
        await browser.OpenAsync("/finance");
        Assert.DoesNotContain("refused in the last", browser.Page, StringComparison.Ordinal);

        var auditor = await Browser.SignedInAsync(site, "yan-ming");
        await auditor.OpenAsync("/finance/answers");
        Assert.DoesNotContain("type=\"file\"", auditor.Page, StringComparison.Ordinal);
        await auditor.PostAsync("/finance/answers", [("__RequestVerificationToken", auditor.Token)], ("/file", "x.xml", [1]));
        Assert.Equal(HttpStatusCode.Forbidden, auditor.Status);
    }

    [Fact]
    public async Task What_is_held_is_left_out_until_the_hold_is_lifted()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        await browser.OpenAsync("/finance/holds");
        await browser.PostAsync("/finance/holds", [("/kind", "Application"), ("/reference", "nonsense")]);
        Assert.Contains("href=\"#f-reference\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-reason\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync("/finance/holds", [("/kind", "Application"), ("/reference", filed.Reference), ("/reason", "有人举报，待核实")]);
        Assert.Contains(filed.Reference, browser.Page, StringComparison.Ordinal);

        var preparer = await PreparedAsync(site);
        Assert.Contains("Left out: held", preparer.Page, StringComparison.Ordinal);
        Assert.Equal(0, (await site.RunAsync()).Prepared!.Included.Count);

        await browser.PostAsync("/finance/holds/lift", [("reason", "查无此事")]);
        Assert.Contains("Nothing is held now", browser.Page, StringComparison.Ordinal);
        Assert.Contains("查无此事", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relative_of_staff_is_flagged_and_paid_only_after_the_approver_has_said_why()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync(Calls.OfRelative());
        var preparer = await PreparedAsync(site);
        Assert.Contains("A declared relative of: 徐建国", preparer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Address}/{Run}/flags", preparer.Page, StringComparison.Ordinal);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync($"{Address}/{Run}");
        await approver.PostAsync($"{Address}/{Run}/flags", [("reason", "已核对，未参与审批")]);

        Assert.Contains("Looked at by 鲍清田", approver.Page, StringComparison.Ordinal);
        Assert.Single(site.Runs.EventsOf(Run), recorded => recorded.Event is FlagCleared { Reason: "已核对，未参与审批" });
    }

    [Fact]
    public async Task Whoever_is_of_the_household_is_not_asked_to_clear_its_flags()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var application = Calls.Application();
        foreach (var (name, number) in new[] { ("徐小妹", "369900199301175067"), ("鲍清田", "369900199706021293") })
            application["household"]!.AsArray().Add(new JsonObject { ["name"] = name, ["idNumber"] = number, ["relation"] = "亲属" });
        await site.ApprovedAsync(application);
        await PreparedAsync(site);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync($"{Address}/{Run}");

        Assert.Contains("A declared relative of: 徐建国", approver.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Address}/{Run}/flags", approver.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_discarded_with_a_reason_and_auditors_only_look()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        var preparer = await PreparedAsync(site);
        var auditor = await Browser.SignedInAsync(site, "yan-ming");
        await auditor.OpenAsync($"{Address}/{Run}");
        Assert.Equal(HttpStatusCode.OK, auditor.Status);
        Assert.DoesNotContain("/discard", auditor.Page, StringComparison.Ordinal);
        await auditor.OpenAsync(Address);
        await auditor.PostAsync(Address, [("__RequestVerificationToken", auditor.Token), ("key", Calls.Key), ("/fund", Payday.Fund.ToString()), ("/until", "2026-04-01")]);
        Assert.Equal(HttpStatusCode.Forbidden, auditor.Status);

        await preparer.PostAsync($"{Address}/{Run}/discard", [("reason", "日期错了")]);
        await site.CarryOnAsync();
        Assert.Equal(PayRunState.Discarded, (await site.RunAsync()).State);
    }

    [Fact]
    public async Task A_long_run_is_shown_page_by_page_and_leads_to_what_somebody_may_have_to_see_to()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        // Of applications that are erased: nothing is wanted for them any more.
        for (var n = 0; n < 60; n++)
            await site.Get<FundDesk>().HandleAsync(
                Payday.Fund, new Reserve($"k7qm3wxtpb{n:D2}-once", "transport-subsidy", "dongshan", Money.FromYuan(1), new DateOnly(2026, 1, 1), 1),
                TestContext.Current.CancellationToken);

        var browser = await PreparedAsync(site);
        Assert.Equal(50, Count(browser.Page, "/finance/cases/"));
        Assert.Contains("Page 1 of 2", browser.Page, StringComparison.Ordinal);
        Assert.Equal(2, Count(browser.Page, "?page=1#lines"));
        await browser.OpenAsync($"{Address}/{Run}?page=1");
        Assert.Equal(11, Count(browser.Page, "/finance/cases/"));
        Assert.Equal((1, 0), (Count(browser.Page, "?page=0#lines"), Count(browser.Page, "?page=2#lines")));
    }

    [Fact]
    public async Task What_the_books_do_not_take_is_ended_by_an_approver_with_a_reason()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        await site.SendRunAsync();
        // The books have given it up; the bank has paid it.
        await site.Get<FundDesk>().HandleAsync(
            Payday.Fund, new Answer(Run.ToString(), [new BankAnswer(Payday.EntitlementOf(filed), 1, "DS02")]), TestContext.Current.CancellationToken);
        await site.AnswerRunAsync();
        Assert.Equal(PayRunState.Sent, (await site.RunAsync()).State);
        var preparer = await Browser.SignedInAsync(site, "qian-duoduo");
        await preparer.OpenAsync($"{Address}/{Run}");
        Assert.Contains("did not prepare this one decides on it", preparer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Address}/{Run}/disputes", preparer.Page, StringComparison.Ordinal);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync($"{Address}/{Run}");
        await approver.PostAsync($"{Address}/{Run}/disputes", [("ending", "Book"), ("reason", "已核对")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, approver.Status);
        Assert.Contains("The books do not take what the bank says", approver.Page, StringComparison.Ordinal);
        await approver.OpenAsync($"{Address}/{Run}");
        await approver.PostAsync($"{Address}/{Run}/disputes", [("ending", "Close"), ("reason", "重复付款，另行追回")]);
        Assert.Contains("重复付款，另行追回", approver.Page, StringComparison.Ordinal);
        Assert.Contains("disputed, closed by a person", approver.Page, StringComparison.Ordinal);
        Assert.Equal(PayRunState.Closed, (await site.RunAsync()).State);
    }

    [Fact]
    public async Task A_double_click_on_prepare_opens_one_run_and_a_form_without_its_key_none()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        await browser.OpenAsync(Address);
        (string, string)[] form =
        [
            ("__RequestVerificationToken", browser.Token), ("key", browser.Value("key")), ("/fund", Payday.Fund.ToString()), ("/until", "2026-04-01"),
        ];
        for (var click = 0; click < 2; click++)
        {
            await browser.PostAsync(Address, form);
            Assert.Equal($"{Address}/{Run}", browser.Address.PathAndQuery);
        }
        Assert.Equal([Run], await site.Runs.AllAsync(Payday.Fund, TestContext.Current.CancellationToken));
        await browser.PostAsync(Address, [.. form[..3], ("/until", "2026-04-02")]);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        await browser.PostAsync(Address, [form[0], form[2], form[3]]);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    private static async Task<Browser> PreparedAsync(TestSite site)
    {
        var browser = await Browser.SignedInAsync(site, "qian-duoduo");
        await browser.OpenAsync(Address);
        await browser.PostAsync(Address, []);
        Assert.Contains("href=\"#f-fund\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-until\"", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync(Address, [("/fund", Payday.Fund.ToString()), ("/until", "2026-04-01")]);
        Assert.Equal($"{Address}/{Run}", browser.Address.PathAndQuery);
        Assert.Contains("What is due is being collected", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"Rural revitalisation fund · {Payday.Fund.Year}", browser.Page, StringComparison.Ordinal);
        await site.CarryOnAsync();
        return await browser.OpenAsync($"{Address}/{Run}");
    }

    private static int Count(string page, string part) => page.Split(part).Length - 1;

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
}
