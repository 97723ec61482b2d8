using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Api;

public sealed class ApplicationTests
{
    [Fact]
    public async Task An_application_is_taken_and_shown_to_whoever_holds_its_key()
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.SubmitAsync();

        var answer = await response.JsonAsync(HttpStatusCode.Created);
        Assert.Equal($"/api/applications/{answer["id"]}", response.Headers.Location!.ToString());
        Assert.Equal("inReview", answer["status"]!.GetValue<string>());
        Assert.Equal(24, answer["accessKey"]!.GetValue<string>().Length);

        using var shown = await site.AsApplicantAsync(HttpMethod.Get, Filed(answer));
        var view = await shown.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(answer["reference"]!.GetValue<string>(), view["reference"]!.GetValue<string>());
        Assert.Equal(60000, view["amount"]!.GetValue<long>());
        Assert.Equal(3, view["papers"]!.AsArray().Count);
        Assert.NotNull(view["dueAt"]);
        Assert.Contains(view["history"]!.AsArray(), entry => entry!["type"]!.GetValue<string>() == "submitted");
    }

    [Fact]
    public async Task The_same_request_again_is_given_the_same_answer_even_when_the_case_has_moved_on()
    {
        await using var site = await TestSite.StartAsync();
        using var first = await site.SubmitAsync();
        var answer = await first.JsonAsync(HttpStatusCode.Created);
        site.Time.Advance(TimeSpan.FromHours(1));
        using var withdrawn = await site.AsApplicantAsync(HttpMethod.Post, Filed(answer), "/withdrawal", Calls.Json(new JsonObject()));
        await withdrawn.JsonAsync(HttpStatusCode.OK);
        var papers = site.Papers.Count;

        using var again = await site.SubmitAsync();

        var repeated = await again.JsonAsync(HttpStatusCode.Created);
        Assert.Equal(answer.ToJsonString(), repeated.ToJsonString());
        Assert.Equal(papers, site.Papers.Count);
        Assert.Single(site.Streams.Ids);
    }

    [Fact]
    public async Task The_same_content_in_another_spelling_is_the_same_request()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var reversed = new JsonObject(Calls.Application().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

        using var again = await site.SubmitAsync(reversed);

        Assert.Equal(filed.Id, (await again.JsonAsync(HttpStatusCode.Created))["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("form")]
    [InlineData("paper")]
    public async Task The_same_key_with_other_content_is_refused(string what)
    {
        await using var site = await TestSite.StartAsync();
        await site.FileAsync();
        var application = Calls.Application();
        var papers = Calls.Papers();
        if (what == "form")
            application["answers"]!["monthsWorked"] = 7;
        else
            papers[1] = papers[1] with { Content = Calls.Pdf("another") };

        using var other = await site.SubmitAsync(application, papers: papers);

        var problem = await other.JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("urn:subsidy:problem:idempotency-key", problem["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("too-short")]
    [InlineData("with a space in it, which is no key")]
    public async Task Without_a_proper_idempotency_key_nothing_is_taken(string? key)
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.SubmitAsync(key: key);

        await response.JsonAsync(HttpStatusCode.BadRequest);
        Assert.Empty(site.Streams.Ids);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var application = Calls.Application();
        application["applicant"]!["idNumber"] = "369900197903125018";
        application["applicant"]!["phone"] = 12345;
        application["applicant"]!["nickname"] = "小赵";
        application["answers"]!["monthsWorked"] = 1;
        application["payee"]!["account"] = "6222020000000000001";
        application["vilage"] = "xishan";

        using var response = await site.SubmitAsync(application, papers: [("idCopy", "hello"u8.ToArray(), "a.pdf"), ("photo", Calls.Pdf("x"), "x.pdf")]);

        var pointers = await response.PointersAsync();
        foreach (var pointer in new[]
                 {
                     "/applicant/idNumber", "/applicant/phone", "/applicant/nickname", "/answers/monthsWorked", "/payee/account", "/vilage", "/papers/idCopy",
                     "/papers/photo", "/papers/proofOfWork", "/papers/bankCard",
                 })
            Assert.Contains(pointer, pointers);
        Assert.Equal(pointers.Count, pointers.Distinct().Count());
        Assert.Empty(site.Streams.Ids);
    }

    [Theory]
    [InlineData("scheme", "no-such-scheme", "/scheme")]
    [InlineData("village", "nowhere", "/village")]
    public async Task An_unknown_scheme_or_village_is_named(string field, string value, string pointer)
    {
        await using var site = await TestSite.StartAsync();
        var application = Calls.Application();
        application[field] = value;
        using var response = await site.SubmitAsync(application);

        Assert.Contains(pointer, await response.PointersAsync());
    }

    [Fact]
    public async Task Wrong_key_unknown_id_and_no_id_at_all_are_not_told_apart()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var loads = site.Streams.Loads;
        var answers = new List<string>();
        foreach (var wrong in new[] { filed with { AccessKey = new string('2', 24) }, filed with { Id = "222222222222" }, filed with { Id = "1" } })
        {
            using var response = await site.AsApplicantAsync(HttpMethod.Get, wrong);
            answers.Add((await response.JsonAsync(HttpStatusCode.NotFound)).ToJsonString());
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(loads, site.Streams.Loads);
    }

    [Fact]
    public async Task A_reference_and_a_key_in_groups_open_the_application_as_well()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        using var response = await site.AsApplicantAsync(
            HttpMethod.Get, new Filed(filed.Reference, "", Keys.AccessKeys.Grouped(filed.AccessKey).ToLowerInvariant()));

        await response.JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_paper_comes_back_as_a_download_that_a_browser_will_not_open()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, filed);
        var paper = (await shown.JsonAsync(HttpStatusCode.OK))["papers"]![0]!;

        using var response = await site.AsApplicantAsync(HttpMethod.Get, filed, $"/papers/{paper["id"]}");

        Assert.Equal(Calls.Pdf("id"), await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("身份证.pdf", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Someone_elses_key_opens_no_paper()
    {
        await using var site = await TestSite.StartAsync();
        var filed = await site.FileAsync();
        var other = await site.FileAsync(Calls.Application(Calls.IdNumber(77)), "another-key-another-key-another");
        var paper = site.Streams.EventsOf(filed.Id).Select(e => e.Event).OfType<PaperAdded>().First().Paper.Id;

        using var wrong = await site.AsApplicantAsync(HttpMethod.Get, filed with { AccessKey = other.AccessKey }, $"/papers/{paper}");
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
    }

    [Fact]
    public async Task A_form_of_more_than_256_KiB_is_too_large()
    {
        await using var site = await TestSite.StartAsync();
        var application = Calls.Application();
        application["answers"]!["employer"] = new string('x', 256 * 1024);
        using var response = await site.SubmitAsync(application);

        await response.JsonAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task More_than_25_MB_in_all_is_too_large()
    {
        await using var site = await TestSite.StartAsync();
        var big = new byte[13 * 1024 * 1024];
        "%PDF-"u8.CopyTo(big);
        using var response = await site.SubmitAsync(papers: [("idCopy", big, "a.pdf"), ("proofOfWork", big, "b.pdf")]);

        await response.JsonAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(site.Streams.Ids);
    }

    [Theory]
    [InlineData("{\"scheme\":", 400)]
    [InlineData("[]", 422)]
    [InlineData("{\"scheme\":\"transport-subsidy\",\"scheme\":\"x\"}", 422)]
    [InlineData("{\"scheme\":\"\\ud800\"}", 422)]
    [InlineData("{\"\\ud800\":1}", 400)]
    public async Task Broken_JSON_is_told_from_faulty_JSON(string json, int status)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications") { Content = Calls.Form(json) };
        request.Headers.Add("Idempotency-Key", Calls.Key);
        using var response = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.JsonAsync((HttpStatusCode)status);
    }

    [Fact]
    public async Task JSON_that_is_too_deep_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var deep = new StringBuilder().Insert(0, "[", 100_000).ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications") { Content = Calls.Form(deep) };
        request.Headers.Add("Idempotency-Key", Calls.Key);
        using var response = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_papers_may_not_come_before_the_form()
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications") { Content = Calls.Form(null, Calls.Papers()) };
        request.Headers.Add("Idempotency-Key", Calls.Key);
        using var response = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_the_clients_fault()
    {
        await using var site = await TestSite.StartAsync();
        var whole = await Calls.Form(Calls.Application().ToJsonString(), Calls.Papers()).ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var content = Calls.Form(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications") { Content = new ByteArrayContent(whole[..^80]) };
        content.Dispose();
        request.Content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Boundary(whole)}");
        request.Headers.Add("Idempotency-Key", Calls.Key);
        using var response = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.JsonAsync(HttpStatusCode.BadRequest);
        Assert.Empty(site.Streams.Ids);
    }

    [Fact]
    public async Task A_second_application_of_the_same_person_is_told_the_first_ones_reference()
    {
        await using var site = await TestSite.StartAsync();
        var first = await site.FileAsync();
        using var response = await site.SubmitAsync(key: "another-key-another-key-another");

        var answer = await response.JsonAsync(HttpStatusCode.Created);
        Assert.Equal("rejected", answer["status"]!.GetValue<string>());
        using var shown = await site.AsApplicantAsync(HttpMethod.Get, Filed(answer), language: "en");
        Assert.Contains(first.Reference, (await shown.JsonAsync(HttpStatusCode.OK))["history"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static string Boundary(byte[] body) => Encoding.ASCII.GetString(body, 2, Array.IndexOf(body, (byte)'\r') - 2);

    private static Filed Filed(JsonObject answer) =>
        new(answer["id"]!.GetValue<string>(), answer["reference"]!.GetValue<string>(), answer["accessKey"]!.GetValue<string>());
}
