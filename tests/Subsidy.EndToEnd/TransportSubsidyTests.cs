using System.Net;
using System.Text.Json.Nodes;
using Subsidy.EndToEnd.Walking;

namespace Subsidy.EndToEnd;

public sealed class TransportSubsidyTests(Head head) : IDisposable
{
    private readonly Township township = new(head);

    public void Dispose() => township.Dispose();

    [Fact]
    public async Task A_worker_walks_from_the_form_to_waiting_for_the_money()
    {
        var filed = await TransportSubsidy.SubmitAsync(township);
        Assert.Equal(60000, (await township.StatusAsync(filed))["amount"]!.GetValue<long>());

        await TransportSubsidy.VillageCheckAsync(township, filed);
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P8D");
        await TransportSubsidy.TownshipReviewAsync(township, filed);
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P6D");
        await TransportSubsidy.CountyReviewAsync(township, filed);
        await township.UntilAsync(filed, "onNotice");
        await township.PassAsync("P6D");

        await township.UntilAsync(filed, "awaitingFunds");
    }

    [Fact]
    public async Task A_second_click_is_told_who_decided()
    {
        var filed = await TransportSubsidy.SubmitAsync(township);
        var mail = await township.MailAsync(filed);
        using var first = await township.DecideAsync(mail, "approve", TransportSubsidy.VillageChecklist);
        using var second = await township.DecideAsync(mail, "approve", TransportSubsidy.VillageChecklist);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var problem = await Township.ReadAsync(second, HttpStatusCode.Conflict);
        Assert.Contains("2", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_person_in_the_same_year_is_refused_with_the_earlier_reference()
    {
        var person = Samples.NewIdNumber();
        var first = await TransportSubsidy.SubmitAsync(township, person);
        using var again = await township.SendAsync(
            HttpMethod.Post, "/api/applications", Township.NewKey(), TransportSubsidy.Application(person), TransportSubsidy.Papers());

        var body = await Township.ReadAsync(again, HttpStatusCode.Created);
        Assert.Equal("rejected", body["status"]!.GetValue<string>());
        var second = new Filed(body["id"]!.GetValue<string>(), "", body["accessKey"]!.GetValue<string>());
        Assert.Contains(first.Reference, (await township.StatusAsync(second)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var application = TransportSubsidy.Application(Samples.NewIdNumber());
        application["applicant"]!["idNumber"] = "369900197903125018";
        application["applicant"]!["phone"] = "12345";
        application["answers"]!["monthsWorked"] = 1;
        application["payee"]!["account"] = "6222020000000000001";
        using var response = await township.SendAsync(HttpMethod.Post, "/api/applications", Township.NewKey(), application);

        var problem = await Township.ReadAsync(response, HttpStatusCode.UnprocessableEntity);
        var errors = problem["errors"]!.ToJsonString();
        foreach (var pointer in new[] { "/applicant/idNumber", "/applicant/phone", "/answers/monthsWorked", "/payee/account", "/papers/idCopy", "/papers/bankCard" })
            Assert.Contains(pointer, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_for_correction_is_answered_and_comes_back_to_the_same_step()
    {
        var filed = await TransportSubsidy.SubmitAsync(township);
        await township.DecideAsync(filed, "return", body => body["missing"] = new JsonArray(
            new JsonObject { ["pointer"] = "/papers/proofOfWork", ["text"] = "请补交劳动合同" }));
        var status = await township.UntilAsync(filed, "returned");
        Assert.Contains("/papers/proofOfWork", status["missing"]!.ToJsonString(), StringComparison.Ordinal);

        using var amended = await township.AsApplicantAsync(filed, "amendments", null, ("proofOfWork", Samples.Pdf("contract"), "合同.pdf"));
        await Township.TakenAsync(amended);
        await township.UntilAsync(filed, "inReview");
        await TransportSubsidy.VillageCheckAsync(township, filed);
        await township.UntilAsync(filed, "onNotice");
    }

    [Fact]
    public async Task A_withdrawn_application_frees_the_year_for_another()
    {
        var person = Samples.NewIdNumber();
        var filed = await TransportSubsidy.SubmitAsync(township, person);
        using var withdrawn = await township.AsApplicantAsync(filed, "withdrawal", new JsonObject { ["reason"] = "弄错了" });
        await Township.TakenAsync(withdrawn);
        await township.UntilAsync(filed, "withdrawn");

        // The claim is given back by the engine; the clock's move waits for it.
        await township.PassAsync("PT1S");
        await TransportSubsidy.SubmitAsync(township, person);
    }

    [Fact]
    public async Task An_upheld_objection_rejects_and_the_applicant_reads_why()
    {
        var filed = await TransportSubsidy.SubmitAsync(township);
        await TransportSubsidy.VillageCheckAsync(township, filed);
        await township.UntilAsync(filed, "onNotice");
        await Notices.ObjectAsync(township, filed, "此人没有外出务工");
        await township.DecideAsync(filed, "approve", body => body["comment"] = "经查属实");

        var status = await township.UntilAsync(filed, "rejected");
        Assert.Contains("经查属实", status.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_nobody_decides_is_reminded_and_then_escalated_but_never_decided()
    {
        var filed = await TransportSubsidy.SubmitAsync(township);
        await township.PassAsync("P7D");
        await township.PassAsync("P7D");

        // Who is told that a step is overdue gets no link: it is not theirs to decide.
        await township.MailAsync(filed, withLink: false);
        Assert.Equal("inReview", (await township.StatusAsync(filed))["status"]!.GetValue<string>());
    }
}
