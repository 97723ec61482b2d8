using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Web.Links;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class DecisionTests
{
    [Fact]
    public async Task A_reviewer_decides_through_the_link_in_the_mail()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        using var response = await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed));

        var answer = await response.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(["applicationId", "status", "step"], answer.Select(member => member.Key));
        Assert.Equal("onNotice", answer["status"]!.GetValue<string>());
        Assert.Equal("villageNotice", answer["step"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_second_click_is_told_who_decided()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        (await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed))).Dispose();
        using var again = await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed));

        var problem = await again.JsonAsync(HttpStatusCode.Conflict);
        Assert.Equal("urn:subsidy:problem:already-done", problem["type"]!.GetValue<string>());
        Assert.Contains("2026-03-02", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_saw_an_earlier_state_of_the_case_is_told_that_it_has_moved_on()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        var stale = (JsonObject)Reviewing.VillageApproves.DeepClone();
        stale["at"] = 1;
        using var response = await site.DecideAsync(token, stale);

        Assert.Equal("urn:subsidy:problem:moved-on", (await response.JsonAsync(HttpStatusCode.Conflict))["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_expired_link_is_410_and_a_forged_one_404()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        using var forged = await site.DecideAsync(token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), Reviewing.VillageApproves.At(site, filed));
        site.Time.Advance(DecisionLinks.Life);
        using var expired = await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed));

        await forged.JsonAsync(HttpStatusCode.NotFound);
        await expired.JsonAsync(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_link_that_was_renewed_is_void()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        site.Get<DecisionLinks>().TryRead(token, site.Time.GetUtcNow(), out var link, out _);
        var older = site.Get<DecisionLinks>().Make(link! with { Number = link.Number - 1 });
        using var response = await site.DecideAsync(older, Reviewing.VillageApproves.At(site, filed));

        await response.JsonAsync(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Every_fault_of_a_decision_is_named()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        using var unknown = await site.DecideAsync(token, new JsonObject { ["decision"] = "maybe", ["komment"] = "x" });
        using var incomplete = await site.DecideAsync(token, new JsonObject { ["decision"] = "approve" }.At(site, filed));

        Assert.Equivalent(new[] { "/decision", "/komment", "/at" }, await unknown.PointersAsync());
        Assert.Equivalent(new[] { "/checklist/known", "/checklist/away", "/checklist/notTwice" }, await incomplete.PointersAsync());
    }

    [Fact]
    public async Task A_return_says_what_is_missing_and_is_answered_in_kind()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        using var returned = await site.DecideAsync(token, new JsonObject
        {
            ["decision"] = "return",
            ["missing"] = new JsonArray(new JsonObject { ["pointer"] = "/papers/proofOfWork", ["text"] = "请补交劳动合同" }),
        }.At(site, filed));
        Assert.Equal("returned", (await returned.JsonAsync(HttpStatusCode.OK))["status"]!.GetValue<string>());
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, filed);
        var view = await shown.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("/papers/proofOfWork", view["missing"]![0]!["pointer"]!.GetValue<string>());
        Assert.True(view["may"]!["amend"]!.GetValue<bool>());

        using var amended = await site.AsApplicantAsync(
            HttpMethod.Post, filed, "/amendments", Calls.Form(null, ("proofOfWork", Calls.Pdf("contract"), "合同.pdf")));

        Assert.Equal("inReview", (await amended.JsonAsync(HttpStatusCode.OK))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_return_with_a_comment_alone_asks_for_what_the_comment_says()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        (await site.DecideAsync(token, new JsonObject { ["decision"] = "return", ["comment"] = "照片看不清" }.At(site, filed))).Dispose();
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, filed);

        Assert.Equal("照片看不清", (await shown.JsonAsync(HttpStatusCode.OK))["missing"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_papers_are_open_to_the_reviewer_until_the_decision_is_made()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        var paper = site.Streams.EventsOf(filed.Id).Select(e => e.Event).OfType<PaperAdded>().First().Paper.Id;
        using var before = await site.Http.GetAsync($"/decisions/{token}/papers/{paper}", TestContext.Current.CancellationToken);
        using var unknown = await site.Http.GetAsync($"/decisions/{token}/papers/other", TestContext.Current.CancellationToken);
        (await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed))).Dispose();
        using var after = await site.Http.GetAsync($"/decisions/{token}/papers/{paper}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal("attachment", before.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, after.StatusCode);
    }

    [Fact]
    public async Task Photos_come_with_the_decision_and_a_faulty_one_is_named()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
        using var faulty = await site.DecideAsync(token, [], Form(site, filed, Calls.Pdf("no picture")));
        using var taken = await site.DecideAsync(token, [], Form(site, filed, picture));

        Assert.Equal(["/photos"], await faulty.PointersAsync());
        await taken.JsonAsync(HttpStatusCode.OK);
        var vote = site.Streams.EventsOf(filed.Id).Select(e => e.Event).OfType<Voted>().Single();
        Assert.Equal("photo", Assert.Single(vote.Photos).Kind);

        // A reviewer's picture is none of the applicant's papers.
        using var asked = await site.AsApplicantAsync(HttpMethod.Get, filed, $"/papers/{vote.Photos[0].Id}");
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_stored_for_somebody_who_is_not_asked_any_more()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        (await site.DecideAsync(token, Reviewing.VillageApproves.At(site, filed))).Dispose();
        var papers = site.Papers.Count;
        using var late = await site.DecideAsync(token, [], Form(site, filed, [0xFF, 0xD8, 0xFF, 0xE0, 9]));

        await late.JsonAsync(HttpStatusCode.Conflict);
        Assert.Equal(papers, site.Papers.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_fields_of_a_form_decide_as_JSON_does(bool multipart)
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        KeyValuePair<string, string>[] fields =
        [
            new("decision", "approve"), new("comment", "属实"), new("at", site.Streams.EventsOf(filed.Id)[^1].Number.ToString(CultureInfo.InvariantCulture)),
            new("checklist", "known"), new("checklist", "away"), new("checklist", "notTwice"),
        ];
        using HttpContent form = multipart ? new MultipartFormDataContent() : new FormUrlEncodedContent(fields);
        foreach (var (name, value) in fields)
            (form as MultipartFormDataContent)?.Add(new StringContent(value), name);
        using var response = await site.DecideAsync(token, [], form);

        Assert.Equal("onNotice", (await response.JsonAsync(HttpStatusCode.OK))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_form_says_wrongly_is_told_by_field()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var token = await site.InvitationAsync(filed);
        using var form = new FormUrlEncodedContent([new("decision", "return"), new("at", "first"), new("missing", "everything"), new("colour", "red")]);
        using var response = await site.DecideAsync(token, [], form);

        Assert.Equivalent(new[] { "/at", "/missing", "/colour" }, await response.PointersAsync());
    }

    private static MultipartFormDataContent Form(TestSite site, Filed filed, byte[] photo) => new()
    {
        { new StringContent(Reviewing.VillageApproves.At(site, filed).ToJsonString(), Encoding.UTF8, "application/json"), "decision" },
        { new ByteArrayContent(photo), "photos", "1.jpg" },
    };
}
