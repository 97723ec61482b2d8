using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class DraftTests
{
    [Fact]
    public async Task An_application_is_handed_in_step_by_step()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        foreach (var (kind, content, _) in Calls.Papers())
        {
            using var put = await PutAsync(site, draft, kind, 1, content);
            Assert.Equal(content.Length, (await put.JsonAsync(HttpStatusCode.OK))["size"]!.GetValue<int>());
        }
        using var submitted = await SubmitAsync(site, draft, FormOnly());

        Assert.Equal("inReview", (await submitted.JsonAsync(HttpStatusCode.OK))["status"]!.GetValue<string>());
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, draft);
        Assert.Equal(3, (await shown.JsonAsync(HttpStatusCode.OK))["papers"]!.AsArray().Count);
    }

    [Fact]
    public async Task Each_step_may_be_repeated()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        foreach (var (kind, content, _) in Calls.Papers().Concat(Calls.Papers()))
            (await PutAsync(site, draft, kind, 1, content)).Dispose();
        using var first = await SubmitAsync(site, draft, FormOnly());
        using var again = await SubmitAsync(site, draft, FormOnly());
        var reopened = await OpenAsync(site);

        Assert.Equal(
            (await first.JsonAsync(HttpStatusCode.OK)).ToJsonString(),
            (await again.JsonAsync(HttpStatusCode.OK)).ToJsonString());
        Assert.Equal(draft, reopened);
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, draft);
        Assert.Equal(3, (await shown.JsonAsync(HttpStatusCode.OK))["papers"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_draft_that_was_submitted_takes_no_other_form()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        foreach (var (kind, content, _) in Calls.Papers())
            (await PutAsync(site, draft, kind, 1, content)).Dispose();
        (await SubmitAsync(site, draft, FormOnly())).Dispose();
        var other = FormOnly();
        other["answers"]!["monthsWorked"] = 9;
        using var response = await SubmitAsync(site, draft, other);

        await response.JsonAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_key_that_opened_a_draft_is_not_good_for_another_village()
    {
        await using var site = await TestSite.StartAsync();
        await OpenAsync(site);
        using var other = await SendAsync(site, new JsonObject { ["scheme"] = "transport-subsidy", ["village"] = "dongshan" });
        using var whole = await site.SubmitAsync();

        await other.JsonAsync(HttpStatusCode.UnprocessableEntity);
        await whole.JsonAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("unknownKind", 1, 422)]
    [InlineData("idCopy", 2, 422)]
    [InlineData("idCopy", 0, 422)]
    public async Task A_paper_has_a_kind_and_the_next_number(string kind, int number, int status)
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        using var response = await PutAsync(site, draft, kind, number, Calls.Pdf("x"));

        Assert.Equal([$"/papers/{kind}"], await response.PointersAsync());
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Another_file_under_the_same_number_does_not_replace_the_first()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        (await PutAsync(site, draft, "idCopy", 1, Calls.Pdf("one"))).Dispose();
        using var response = await PutAsync(site, draft, "idCopy", 1, Calls.Pdf("two"));

        await response.JsonAsync(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("", "空")]
    [InlineData("just text", "PDF")]
    [InlineData("%PDF- MALICIOUS", "安全")]
    public async Task A_file_that_cannot_be_taken_is_told_why(string content, string word)
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        using var response = await PutAsync(site, draft, "idCopy", 1, System.Text.Encoding.UTF8.GetBytes(content));

        var problem = await response.JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(word, problem["errors"]![0]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beyond_20_MB_is_too_large()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        var big = new byte[22 * 1024 * 1024];
        "%PDF-"u8.CopyTo(big);
        using var response = await PutAsync(site, draft, "idCopy", 1, big);

        await response.JsonAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_file_keeps_the_name_of_the_device_without_its_folders()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        using var form = Calls.Form(null, ("file", Calls.Pdf("x"), "C:\\Users\\zhao\\身份证.pdf"));
        (await site.AsApplicantAsync(HttpMethod.Put, draft, "/papers/idCopy/1", form)).Dispose();
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, draft);

        Assert.Equal("身份证.pdf", (await shown.JsonAsync(HttpStatusCode.OK))["papers"]![0]!["fileName"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_missing_at_submission_is_said_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await OpenAsync(site);
        var form = FormOnly();
        form["applicant"]!["phone"] = "12345";
        form["applicant"]!["fax"] = "1";
        using var response = await SubmitAsync(site, draft, form);

        var pointers = await response.PointersAsync();
        foreach (var pointer in new[] { "/applicant/phone", "/applicant/fax", "/papers/idCopy", "/papers/bankCard" })
            Assert.Contains(pointer, pointers);
    }

    private static async Task<Filed> OpenAsync(TestSite site)
    {
        using var response = await SendAsync(site, new JsonObject { ["scheme"] = "transport-subsidy", ["village"] = "xishan" });
        var body = await response.JsonAsync(HttpStatusCode.Created);
        Assert.Equal("draft", body["status"]!.GetValue<string>());
        return new Filed(body["id"]!.GetValue<string>(), body["reference"]!.GetValue<string>(), body["accessKey"]!.GetValue<string>());
    }

    private static async Task<HttpResponseMessage> SendAsync(TestSite site, JsonObject draft)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/drafts") { Content = Calls.Json(draft) };
        request.Headers.Add("Idempotency-Key", Calls.Key);
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Task<HttpResponseMessage> PutAsync(TestSite site, Filed draft, string kind, int number, byte[] content)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return site.AsApplicantAsync(HttpMethod.Put, draft, $"/papers/{kind}/{number}", body);
    }

    private static Task<HttpResponseMessage> SubmitAsync(TestSite site, Filed draft, JsonObject form) =>
        site.AsApplicantAsync(HttpMethod.Post, draft, "/submission", Calls.Json(form));

    private static JsonObject FormOnly()
    {
        var form = Calls.Application();
        form.Remove("scheme");
        form.Remove("village");
        return form;
    }
}
