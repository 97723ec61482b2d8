using System.Net;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>Cash or goods on the spot: the payer signs with a photo of the receipt, the witness is asked by mail and signs as the second.</summary>
public sealed class HandOverPageTests
{
    private const string Payer = "qian-duoduo";
    private const string Witness = "jiang-shuzhen";
    private static readonly FundKey Relief = new("relief", 2026);
    private static readonly (string Name, string File, byte[] Content) Photo = ("photos", "receipt.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);

    [Fact]
    public async Task Both_sign_and_it_is_paid_with_the_receipt_before_everybodys_eyes()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site);
        var payer = await SignAsync(site, filed);
        Assert.Contains("was asked by mail to sign as the witness", payer.Page, StringComparison.Ordinal);
        Assert.Equal(PositionState.HandedOut, site.Books.Of(Relief).Positions[$"{filed.Id}-once"].State);

        await site.TurnAsync(filed.Id);
        var mail = Assert.Single(site.Around.Sent.To(Staff(site, Witness).Email), sent => sent.Text.Contains("/handovers/", StringComparison.Ordinal));
        Assert.DoesNotContain("孙遇灾", mail.Text, StringComparison.Ordinal);
        Assert.Contains("当面给付", mail.Subject, StringComparison.Ordinal);
        var link = LinkIn(mail.Text);
        var witness = await Browser.SignedInAsync(site, Witness);
        await witness.OpenAsync(link);
        Assert.Contains("孙遇灾", witness.Page, StringComparison.Ordinal);
        Assert.Contains("收据12号", witness.Page, StringComparison.Ordinal);
        await witness.OpenAsync(PhotoIn(witness.Page));
        Assert.Equal(HttpStatusCode.OK, witness.Status);
        Assert.Equal(EntitlementState.Reserved, (await site.ApplicationAsync(filed)).Entitlement!.State);

        await witness.OpenAsync(link);
        await witness.PostAsync(link, []);
        Assert.Contains("Both have signed", witness.Page, StringComparison.Ordinal);
        Assert.Equal(EntitlementState.Paid, (await site.ApplicationAsync(filed)).Entitlement!.State);
        var paid = site.Books.Of(Relief).Entries.Single(entry => entry.Kind is EntryKind.PettyPaid);
        Assert.Equal((Payer, "收据12号 (qian-duoduo, jiang-shuzhen)"), (paid.Actor.Id, paid.Note));
        Assert.Equal(Money.FromYuan(2000 - 1570), site.Books.Of(Relief).Fund.BalanceOf(Account.Petty));
    }

    [Fact]
    public async Task Nobody_but_the_witness_signs_and_only_finance_and_the_witness_see_it()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site);
        var payer = await SignAsync(site, filed);
        var link = payer.Address.AbsolutePath;
        var paper = PhotoIn(payer.Page);

        Assert.DoesNotContain($"action=\"{link}\"", payer.Page, StringComparison.Ordinal);
        await payer.PostAsync(link, [("__RequestVerificationToken", payer.Token)]);
        Assert.Equal(HttpStatusCode.Forbidden, payer.Status);
        var other = await Browser.SignedInAsync(site, "huang-xiulan");
        foreach (var path in new[] { link, paper })
        {
            await other.OpenAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, other.Status);
        }
        var auditor = await Browser.SignedInAsync(site, "yan-ming");
        await auditor.OpenAsync(paper);
        Assert.Equal(HttpStatusCode.OK, auditor.Status);
        Assert.Equal(HandOverState.Held, (await site.ApplicationAsync(filed)).Entitlement!.HandOver!.State);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_once_and_no_photo_is_kept_before_all_is_right()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site);
        var payer = await Browser.SignedInAsync(site, Payer);
        var address = AddressOf(filed);
        await payer.OpenAsync(address);
        Assert.DoesNotContain("value=\"qian-duoduo\"", payer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"yan-ming\"", payer.Page, StringComparison.Ordinal);

        await payer.PostAsync(address, [("/kind", "inKind"), ("/goods", ""), ("/document", ""), ("/witness", Payer)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, payer.Status);
        foreach (var field in new[] { "goods", "document", "photos", "witness" })
            Assert.Contains($"href=\"#f-{field}\"", payer.Page, StringComparison.Ordinal);
        await payer.PostAsync(address, [("/kind", "cash"), ("/document", "收据12号"), ("/witness", Witness)], ("photos", "virus.exe", [1, 2, 3]));
        Assert.Contains("href=\"#f-photos\"", payer.Page, StringComparison.Ordinal);
        Assert.Null((await site.ApplicationAsync(filed)).Entitlement!.HandOver);
    }

    [Fact]
    public async Task A_second_click_leads_to_what_was_signed_already()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site);
        var link = (await SignAsync(site, filed)).Address.AbsolutePath;
        var colleague = await Browser.SignedInAsync(site, "bao-qingtian");

        await colleague.OpenAsync(AddressOf(filed));
        Assert.Equal(link, colleague.Address.AbsolutePath);
        await colleague.OpenAsync($"/finance/cases/{filed.Id}");
        Assert.Contains("to sign", colleague.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/handover?of=", colleague.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_dropped_is_due_again_and_its_witness_reads_why()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site);
        var payer = await SignAsync(site, filed);
        var link = payer.Address.AbsolutePath;

        await payer.PostAsync($"{link}/drop", [("/reason", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, payer.Status);
        await payer.PostAsync($"{link}/drop", [("/reason", "见证人选错了")]);
        Assert.Equal(PositionState.Reserved, site.Books.Of(Relief).Positions[$"{filed.Id}-once"].State);
        var witness = await Browser.SignedInAsync(site, Witness);
        await witness.OpenAsync(link);
        Assert.Contains("见证人选错了", witness.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<button>", witness.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_who_was_not_there_refuses_and_another_than_the_payer_names_one_who_was()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site);
        var payer = await SignAsync(site, filed);
        var link = payer.Address.AbsolutePath;
        var witness = await Browser.SignedInAsync(site, Witness);
        await witness.OpenAsync(link);
        await witness.PostAsync($"{link}/refusal", [("/reason", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, witness.Status);
        await witness.PostAsync($"{link}/refusal", [("/reason", "当天我在县里开会")]);
        Assert.Equal((HttpStatusCode.OK, link), (witness.Status, witness.Address.AbsolutePath));
        Assert.DoesNotContain("<button>", witness.Page, StringComparison.Ordinal);

        await site.TurnAsync(filed.Id);
        foreach (var told in new[] { Payer, "bao-qingtian" })
        {
            var mail = Assert.Single(site.Around.Sent.To(Staff(site, told).Email), sent => sent.Text.Contains("/handovers/", StringComparison.Ordinal));
            Assert.Equal(link, LinkIn(mail.Text));
            Assert.DoesNotContain("县里开会", mail.Text, StringComparison.Ordinal);
        }
        await payer.OpenAsync(link);
        Assert.Contains("当天我在县里开会", payer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", payer.Page[payer.Page.IndexOf("<main", StringComparison.Ordinal)..], StringComparison.Ordinal);
        await payer.PostAsync($"{link}/witness", [("__RequestVerificationToken", payer.Token), ("/witness", "ye-xiaoming")]);
        Assert.Equal(HttpStatusCode.Forbidden, payer.Status);
        var auditor = await Browser.SignedInAsync(site, "yan-ming");
        await auditor.OpenAsync($"/finance/cases/{filed.Id}");
        Assert.Contains("refuses to sign", auditor.Page, StringComparison.Ordinal);

        var approver = await Browser.SignedInAsync(site, "bao-qingtian");
        await approver.OpenAsync("/finance");
        Assert.Contains($"href=\"/finance/funds/{Relief}/cash-book\"", approver.Page, StringComparison.Ordinal);
        Assert.Contains("The witness refuses to sign: finance has to decide (1)", approver.Page, StringComparison.Ordinal);
        await approver.OpenAsync($"/finance/funds/{Relief}/cash-book");
        Assert.Contains("refuses to sign: finance has to decide", approver.Page, StringComparison.Ordinal);

        await approver.OpenAsync(link);
        Assert.DoesNotContain($"value=\"{Witness}\"", approver.Page, StringComparison.Ordinal);
        await approver.PostAsync($"{link}/witness", [("/witness", "ye-xiaoming")]);
        var second = await Browser.SignedInAsync(site, "ye-xiaoming");
        await second.OpenAsync(link);
        await second.PostAsync(link, []);
        Assert.Contains("Both have signed", second.Page, StringComparison.Ordinal);
        Assert.Equal(EntitlementState.Paid, (await site.ApplicationAsync(filed)).Entitlement!.State);
    }

    [Fact]
    public async Task More_than_the_petty_fund_has_is_not_held_and_the_page_says_what_to_do()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site, cash: 1000);

        var payer = await SignAsync(site, filed);

        Assert.Contains("by them the petty fund has less", payer.Page, StringComparison.Ordinal);
        Assert.Equal(PositionState.Reserved, site.Books.Of(Relief).Positions[$"{filed.Id}-once"].State);
    }

    [Fact]
    public async Task The_fund_says_what_should_be_in_the_cash_box_and_the_cash_book_says_why()
    {
        await using var site = await StartAsync();
        var filed = await EmergencyAsync(site);
        var payer = await SignAsync(site, filed);
        var link = payer.Address.AbsolutePath;

        await payer.OpenAsync($"/finance/funds/{Relief}");
        Assert.Contains("430.00", payer.Page, StringComparison.Ordinal);
        await payer.OpenAsync($"/finance/funds/{Relief}/cash-book");
        Assert.Contains($"href=\"{link}\"", payer.Page, StringComparison.Ordinal);
        Assert.Contains("支票1号", payer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("收据12号", payer.Page, StringComparison.Ordinal);

        var witness = await Browser.SignedInAsync(site, Witness);
        await witness.OpenAsync(link);
        await witness.PostAsync(link, []);
        await payer.OpenAsync($"/finance/funds/{Relief}/cash-book");
        Assert.Contains("收据12号 (钱多多, 江淑珍)", payer.Page, StringComparison.Ordinal);
        Assert.Contains("-1,570.00", payer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{link}\"", payer.Page, StringComparison.Ordinal);
        await payer.OpenAsync($"/finance/funds/{Relief}");
        Assert.Equal(2, payer.Page.Split("收据12号 (钱多多, 江淑珍)").Length - 1); // Paid, and set free.
        await payer.OpenAsync($"/finance/funds/{Relief}/ledger.csv");
        Assert.Equal(2, payer.Page.Split("收据12号 (钱多多, 江淑珍)").Length - 1);
        await payer.OpenAsync(link);
        Assert.Contains(">Photo of the receipt</a>", payer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_paid_by_the_bank_is_not_handed_over()
    {
        await using var site = await StartAsync();
        await site.AppropriateAsync(Payday.Fund, 1000);
        var filed = await site.ApprovedAsync();
        var payer = await Browser.SignedInAsync(site, Payer);

        await payer.OpenAsync(AddressOf(filed));

        Assert.Equal(HttpStatusCode.NotFound, payer.Status);
    }

    private static async Task<Browser> SignAsync(TestSite site, Filed filed)
    {
        var payer = await Browser.SignedInAsync(site, Payer);
        await payer.OpenAsync(AddressOf(filed));
        await payer.PostAsync(AddressOf(filed), [("/kind", "cash"), ("/document", "收据12号"), ("/witness", Witness)], Photo);
        Assert.Equal(HttpStatusCode.OK, payer.Status);
        return payer;
    }

    private static async Task<Filed> EmergencyAsync(TestSite site, long cash = 2000)
    {
        await site.AppropriateAsync(Relief, 10_000);
        await site.Get<FundDesk>().HandleAsync(
            Relief, new AdvancePetty(Actor.Staff(Payer), "p1", Money.FromYuan(cash), "支票1号"), TestContext.Current.CancellationToken);
        var filed = await site.ApprovedAsync(Calls.Emergency(), papers: []);
        await site.TurnAsync(filed.Id);
        return filed;
    }

    private static Core.Township.StaffMember Staff(TestSite site, string id) => site.Get<ITownship>().Register.Find(id)!;

    private static string AddressOf(Filed filed) => $"/finance/cases/{filed.Id}/handover?of={filed.Id}-once";

    private static string LinkIn(string text) => new Uri(text.Split('\n').First(line => line.Contains("/handovers/", StringComparison.Ordinal)).Trim()).AbsolutePath;

    private static string PhotoIn(string page)
    {
        var from = page[..page.IndexOf("/papers/", StringComparison.Ordinal)].LastIndexOf('"') + 1;
        return page[from..page.IndexOf('"', from)];
    }

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
}
