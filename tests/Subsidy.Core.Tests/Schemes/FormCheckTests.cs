using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

public sealed class FormCheckTests
{
    private static readonly Scheme Scheme = Repository.Scheme("transport-subsidy");

    private static string[] Pointers(Form form, Dictionary<string, int>? papers = null, bool monitored = true) =>
    [
        .. FormCheck.Check(Scheme, form, papers ?? Applicants.Papers(Scheme), Applicants.Monitored(monitored), Repository.Today)
            .Select(fault => fault.Pointer).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void A_sound_form_has_no_faults() => Assert.Empty(Pointers(Applicants.Transport()));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var form = new Form(
            new Applicant(ApplicantKind.Enterprise, " ", "369900197903125018", "1380000", "nobody"),
            [new("", "369900197903125017", "spouse"), new("李四", "369900197903125017", new string('x', 21))],
            new Payee("张三丰", "6222020000000000001", ""),
            Applicants.Json("""{"destination":"moon","leftOn":"2025-13-01","monthsWorked":2.5,"organisedTransport":"no","colour":"red","workplace":"x"}"""));

        Assert.Equal(
            [
                "/answers/colour", "/answers/destination", "/answers/employer", "/answers/leftOn", "/answers/monthsWorked",
                "/answers/organisedTransport", "/answers/workplace", "/applicant/email", "/applicant/idNumber", "/applicant/kind",
                "/applicant/name", "/applicant/phone", "/household/0/name", "/household/1/idNumber", "/household/1/relation",
                "/papers/bankCard", "/papers/idCopy", "/papers/proofOfWork", "/payee/account", "/payee/bank",
            ],
            Pointers(form, [], monitored: false));
    }

    [Fact]
    public void A_message_names_the_question_as_the_form_does()
    {
        var fault = FormCheck.Check(Scheme, Applicants.Transport().With("monthsWorked", "13"), Applicants.Papers(Scheme), Applicants.Monitored(), Repository.Today).Single();
        Assert.Equal("“今年已在外务工几个月”不能大于12。", fault.Message.Zh);
        Assert.Equal("“Months worked away this year” is at most 12.", fault.Message.En);
    }

    [Theory]
    [InlineData("monthsWorked", "2", "/answers/monthsWorked")]
    [InlineData("organisedTransport", "true", "/answers/organisedTransport")]
    [InlineData("leftOn", "\"2026-03-03\"", "/answers/leftOn")]
    public void Who_is_not_eligible_is_told_by_the_rule(string answer, string value, string pointer) =>
        Assert.Equal([pointer], Pointers(Applicants.Transport().With(answer, value)));

    [Fact]
    public void Who_is_not_on_the_register_is_told_so() => Assert.Equal(["/applicant/idNumber"], Pointers(Applicants.Transport(), monitored: false));

    [Fact]
    public void One_mistake_is_told_once()
    {
        // The register cannot know a number that is wrong.
        var form = Applicants.Transport();
        form = form with { Applicant = form.Applicant with { IdNumber = "369900197903125018" } };
        Assert.Equal(["/applicant/idNumber"], Pointers(form, monitored: false));
        Assert.Equal(["/answers/leftOn"], Pointers(Applicants.Transport().With("leftOn", null)));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    [InlineData("null")]
    public void An_empty_answer_is_no_answer(string json) =>
        Assert.Equal(["/answers/employer"], Pointers(Applicants.Transport().With("employer", json)));

    [Fact]
    public void Too_many_papers_of_a_kind_are_told()
    {
        var papers = Applicants.Papers(Scheme);
        papers["idCopy"] = 3;
        Assert.Equal(["/papers/idCopy"], Pointers(Applicants.Transport(), papers));
    }

    [Fact]
    public void A_missing_payee_is_one_fault() => Assert.Equal(["/payee"], Pointers(Applicants.Transport() with { Payee = null }));

    [Fact]
    public void Pasted_numbers_are_understood()
    {
        var form = Applicants.Transport();
        form = form with { Applicant = form.Applicant with { IdNumber = "３６９９００ 19790312 5017", Phone = "138 0000 0000" } };
        Assert.Empty(Pointers(form));
        Assert.Equal("369900197903125017", (string?)Facts.OfAll(form, Repository.Today)["applicant"]!["idNumber"]);
    }

    [Fact]
    public void The_facts_hold_no_more_than_the_rules_read()
    {
        var facts = Facts.Of(Scheme, Applicants.Transport(), Repository.Today);
        Assert.Equal(
            """{"applicant":{"kind":"person","age":46,"name":"张三丰"},"household":[],"answers":{"destination":"otherProvince","leftOn":"2025-11-10","monthsWorked":3,"organisedTransport":false}}""",
            facts.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("otherProvince", 60000)]
    [InlineData("shaanxiNingxia", 40000)]
    [InlineData("otherCity", 30000)]
    [InlineData("otherCounty", 20000)]
    public void The_amount_goes_by_destination(string destination, long fen)
    {
        var facts = Facts.Of(Scheme, Applicants.Transport().With("destination", $"\"{destination}\""), Repository.Today);
        Assert.Equal(new Money(fen), Scheme.Amount!.Compute(Facts.Scope(facts, [], Applicants.Monitored(), null, null, new Dictionary<string, int>())));
    }

    [Fact]
    public void The_claim_is_on_the_person_and_the_local_year()
    {
        var scope = new JsonObject();
        var lastSecond = new DateTimeOffset(2026, 12, 31, 15, 59, 59, TimeSpan.Zero);
        var before = Claims.Of(Scheme, [new("a"), new("b")], scope, lastSecond);
        var after = Claims.Of(Scheme, [new("a"), new("b")], scope, lastSecond.AddSeconds(1));
        Assert.Equal([new Claim("transport-subsidy|yearly|a|2026", "yearly", 1, 0)], before);
        Assert.Equal([new Claim("transport-subsidy|yearly|a|2027", "yearly", 1, 0)], after);
    }
}
