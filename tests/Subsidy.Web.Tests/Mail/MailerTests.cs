using System.Net;
using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Links;
using Subsidy.Web.Mail;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Mail;

public sealed class MailerTests
{
    [Fact]
    public async Task An_invitation_names_reference_step_and_deadline_and_carries_the_reviewers_own_link()
    {
        await using var site = await TestSite.StartAsync(settings => settings.PublicBaseUrl = "https://subsidy.example");
        var filed = await site.FileAsync();
        await site.TurnAsync(filed.Id);

        var mail = site.Around.Sent[0];
        Assert.Contains(filed.Reference, mail.Subject, StringComparison.Ordinal);
        Assert.Contains("村里核实", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Check by the village", mail.Text, StringComparison.Ordinal);
        Assert.Contains("2026年3月9日", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://subsidy.example/decisions/", mail.Text, StringComparison.Ordinal);
        var token = site.Tokens()[0];
        Assert.True(site.Get<DecisionLinks>().TryRead(token, site.Time.GetUtcNow(), out var link, out _));
        Assert.Equal(mail.To, site.Get<ITownship>().Register.Find(link.Staff)!.Email);
        Assert.Contains(token, mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_mail_holds_anything_personal_and_none_the_access_key()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync(Calls.Application(email: "zhao@example.com"));
        var token = await site.InvitationAsync(filed);
        (await site.DecideAsync(token, new JsonObject { ["decision"] = "return", ["comment"] = "缺少赵外出的劳动合同" }.At(site, filed))).Dispose();
        await site.TurnAsync(filed.Id);

        Assert.Contains(site.Around.Sent, mail => mail.To == "zhao@example.com");
        var names = site.Get<ITownship>().Register.Staff.Select(person => person.Name);
        foreach (var mail in site.Around.Sent)
        {
            foreach (var personal in (string[])["赵外出", "13800138000", "劳动合同", filed.AccessKey, Calls.IdNumber(1), .. names])
            {
                Assert.DoesNotContain(personal, mail.Subject, StringComparison.Ordinal);
                Assert.DoesNotContain(personal, mail.Text, StringComparison.Ordinal);
                Assert.DoesNotContain(personal, mail.Html, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task An_applicant_is_written_to_in_the_language_of_the_application()
    {
        await using var site = await TestSite.StartAsync();
        using var form = Calls.Form(Calls.Application(email: "zhao@example.com").ToJsonString(), Calls.Papers());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications?culture=en") { Content = form };
        request.Headers.Add("Idempotency-Key", Calls.Key);
        using var response = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var id = (await response.JsonAsync(HttpStatusCode.Created))["id"]!.GetValue<string>();
        await site.TurnAsync(id);

        var mail = Assert.Single(site.Around.Sent.To("zhao@example.com"));
        Assert.Equal($"Application {Reference.Of(id)}: received", mail.Subject);
        Assert.Contains($"/my?reference={Reference.Of(id)}", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("申请", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_mail_has_a_text_in_both_languages()
    {
        var facts = new LetterFacts("K7QM-3WXT-PB9C", new Text("事项", "Scheme"), new Text("步骤", "Step"), new Text("某日", "some day"));
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            var letter = MailTexts.Of(kind, facts);
            Assert.Contains("K7QM-3WXT-PB9C", letter.Subject.Zh, StringComparison.Ordinal);
            Assert.Contains("K7QM-3WXT-PB9C", letter.Subject.En, StringComparison.Ordinal);
            Assert.All(letter.Paragraphs, paragraph => Assert.True(paragraph.Zh.Length > 0 && paragraph.En.Length > 0));
        }
    }

    [Fact]
    public void What_stands_in_a_mail_is_text_and_never_markup()
    {
        var facts = new LetterFacts("K7QM-3WXT-PB9C", new Text("<b>事项</b>", "Scheme"), new Text("步骤", "Step"), null);
        var html = MailTexts.Of(MailKind.Accepted, facts).Html(text => text.Zh, "https://subsidy.example/?a=1&b=\"2\"");

        Assert.Contains("&lt;b&gt;事项&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://subsidy.example/?a=1&amp;b=&quot;2&quot;\"", html, StringComparison.Ordinal);
    }
}
