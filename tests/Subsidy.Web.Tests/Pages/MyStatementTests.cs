using System.Net;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>What an applicant reads of payments under other applications, and when nobody may.</summary>
public sealed class MyStatementTests
{
    [Fact]
    public async Task Whoever_was_paid_reads_what_else_was_paid_to_the_same_person_and_nothing_of_the_others()
    {
        await using var site = await TestSite.StartAsync();
        var journey = await site.JourneyAsync();
        var fire = await site.FireAsync();

        var son = await OpenAsync(site, journey);
        Assert.Contains("Paid in the same year under other applications", son.Page, StringComparison.Ordinal);
        Assert.Contains("Relief fund<br><span class=\"quiet\">You are a member of the household</span>", son.Page, StringComparison.Ordinal);
        Assert.Contains("All applications</th><td class=\"sum\">¥ 2,170.00", son.Page, StringComparison.Ordinal);
        foreach (var secret in (string[])["3453", fire.Reference, fire.Id, Household.Father])
            Assert.DoesNotContain(secret, son.Page, StringComparison.Ordinal);

        var father = await OpenAsync(site, fire);
        Assert.Contains("Transport subsidy for working away from home", father.Page, StringComparison.Ordinal);
        Assert.Contains("All applications</th><td class=\"sum\">¥ 2,170.00", father.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("3446", father.Page, StringComparison.Ordinal);

        await son.OpenAsync("/my/statement?year=2025");
        Assert.DoesNotContain("Relief fund", son.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_somebody_filed_under_anothers_number_and_that_was_never_paid_shows_nothing_of_theirs()
    {
        await using var site = await TestSite.StartAsync();
        await site.FireAsync();
        var forged = await site.ApprovedAsync(Calls.Application(Household.Father), new string('d', 32));

        var thief = await OpenAsync(site, forged);

        Assert.Equal("/my", thief.Address.AbsolutePath);
        Assert.DoesNotContain("/my/statement", thief.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("1,570", thief.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_back_from_the_bank_has_proved_nothing()
    {
        await using var site = await TestSite.StartAsync();
        await site.FireAsync();
        var journey = await site.JourneyAsync();
        await site.AnswerAsync(Payday.Fund, Payday.EntitlementOf(journey), "AC04");

        Assert.Equal("/my", (await OpenAsync(site, journey)).Address.AbsolutePath);
    }

    [Fact]
    public async Task An_approval_that_was_taken_back_opens_nothing_of_others_any_more()
    {
        await using var site = await TestSite.StartAsync();
        await site.FireAsync();
        var journey = await site.JourneyAsync();
        var answer = await site.Get<Desk>().HandleAsync(journey.Id, new Revoke("gao-weimin", "冒用他人身份"), null, TestContext.Current.CancellationToken);
        Assert.True(answer.Refusal is null, answer.Refusal?.Faults[0].Message.En);
        Assert.Equal(Status.Recovering, answer.Application!.Status);

        var browser = await OpenAsync(site, journey);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("In all</th><td class=\"sum\">¥ 600.00", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Relief fund", browser.Page, StringComparison.Ordinal);
    }

    /// <summary>Where money goes out first and the papers come later, a form can still be corrected after a payment.</summary>
    [Fact]
    public async Task A_form_that_was_corrected_to_anothers_number_after_the_payment_opens_nothing_of_theirs()
    {
        await using var site = await TestSite.StartAsync();
        await site.FireAsync();
        var journey = await site.JourneyAsync();
        Assert.Contains("Relief fund", (await OpenAsync(site, journey)).Page, StringComparison.Ordinal);
        var head = (await site.Streams.LoadAsync(journey.Id, TestContext.Current.CancellationToken))!;
        var form = site.Streams.EventsOf(journey.Id).Select(recorded => recorded.Event).OfType<Submitted>().Single().Form!;
        var amended = new Recorded(head.Application.Version + 1, site.Time.GetUtcNow(), Actor.Applicant, new Amended(
            form with { Applicant = form.Applicant with { IdNumber = Household.Father }, Household = [] }, null, [site.Get<PersonKeys>().Of(Household.Father)],
            head.Application.Claims, null));
        Assert.NotNull(await site.Streams.AppendAsync(
            head, Evolver.Evolve(journey.Id, head.Application, amended), [amended], null, TestContext.Current.CancellationToken));

        var browser = await OpenAsync(site, journey);

        Assert.Contains("In all</th><td class=\"sum\">¥ 600.00", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Relief fund", browser.Page, StringComparison.Ordinal);
    }

    private static async Task<Browser> OpenAsync(TestSite site, Filed filed)
    {
        var browser = await new Browser(site) { Language = "en" }.OpenAsync("/my");
        await browser.PostAsync("/my", [("/reference", filed.Reference), ("/accessKey", filed.AccessKey)]);
        return await browser.OpenAsync("/my/statement");
    }
}
