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
