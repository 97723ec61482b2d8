using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

/// <summary>Sound forms for the shipped schemes, to be spoilt by tests.</summary>
internal static class Applicants
{
    public static Form Transport() => new(
        new Applicant(ApplicantKind.Person, "张三丰", "369900197903125017", "13800000000", null),
        [],
        new Payee("张三丰", "6222020000000000000", "青溪农商银行"),
        Json("""{"destination":"otherProvince","workplace":"广东省东莞市长安镇","employer":"样例电子厂","leftOn":"2025-11-10","monthsWorked":3,"organisedTransport":false}"""));

    public static Form Relief(string kind = "expenditure", string cause = "fire") => new(
        new Applicant(ApplicantKind.Person, "李小四", "369900198009095049", "13800000001", null),
        [new("李大山", "369900195001015039", "父亲")],
        new Payee("李小四", "6222020000000000000", "青溪农商银行"),
        Json($$"""{"kind":"{{kind}}","cause":"{{cause}}","happenedOn":"2026-02-27","situation":"厨房起火，粮食和被褥都烧了，需要吃住。","address":"西山村三组12号","residence":"registered","monthlyIncome":620.50,"costs":8000,"otherHelp":false}"""));

    public static Form Housing() => new(
        new Applicant(ApplicantKind.Household, "王五", "369900198507075059", "13800000002", null),
        [new("赵六妹", "369900198611115065", "妻子"), new("王小五", "369900201005055079", "儿子")],
        null,
        Json("""
            {"group":"三组","reason":"newHousehold","soldOrGivenAway":false,"existingArea":0,"homesteadArea":118.5,"footprint":100,
             "address":"南桥村三组村道北侧","boundaryEast":"村道","boundarySouth":"水渠","boundaryWest":"刘家","boundaryNorth":"山脚",
             "landType":"cultivated","floors":3,"height":10.5,"neighboursAsked":true}
            """));

    public static JsonObject Json(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>Every paper that the scheme could ask for, once.</summary>
    public static Dictionary<string, int> Papers(Scheme scheme) => scheme.Documents.ToDictionary(document => document.Kind, _ => 1);

    public static Dictionary<string, bool> Monitored(bool found = true) => new() { ["monitoredHouseholds"] = found };

    public static Form With(this Form form, string answer, string? json)
    {
        var answers = (JsonObject)form.Answers.DeepClone();
        answers[answer] = json is null ? null : JsonNode.Parse(json);
        return form with { Answers = answers };
    }
}
