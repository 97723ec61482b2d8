using System.Text.Json.Nodes;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Schemes;

/// <summary>Every name in an expression stands for something that exists by the time the expression is evaluated.</summary>
internal static class SchemeNames
{
    public static readonly IReadOnlyList<string> Applicant = ["kind", "age", "name", "idNumber", "phone"];
    public static readonly IReadOnlyList<string> Member = ["relation", "age", "name", "idNumber"];
    public static readonly IReadOnlyList<string> Submitted = ["year", "month", "day", "date"];

    public static void Check(Scheme scheme, IEnumerable<ExpressionUse> uses, FaultList faults)
    {
        foreach (var use in uses)
        {
            var known = Known(scheme, use);
            foreach (var name in use.Expression.Names.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
                faults.Add(use.At, Wrong(scheme, name), Right(name, known));
        }
        foreach (var (rule, pointer) in scheme.Eligibility.Select(rule => (rule, rule.Pointer)))
        {
            if (!Exists(scheme, pointer) && uses.FirstOrDefault(use => ReferenceEquals(use.Expression, rule.That)) is { } use)
            {
                faults.Add(use.At,
                    new($"field“{pointer}”不存在。", $"There is no field '{pointer}'."),
                    new("请指向表单里的一项，例如 /answers/area、/papers/idCopy、/household。", "Point to something in the form, such as /answers/area, /papers/idCopy or /household."));
            }
        }
    }

    private static HashSet<string> Known(Scheme scheme, ExpressionUse use)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        known.UnionWith(Applicant.Select(name => $"applicant.{name}"));
        if (scheme.Household is not HouseholdRule.None)
            known.UnionWith(Member.Select(name => $"household.{name}").Append("household"));
        Add(known, "answers", scheme.Answers);
        if (use.FormOnly)
            return known;
        known.UnionWith(Submitted.Select(name => $"submitted.{name}"));
        known.UnionWith(scheme.Documents.Select(document => $"papers.{document.Kind}"));
        known.UnionWith(scheme.Registers.Select(register => $"register.{register}"));
        foreach (var step in scheme.Route.Take(use.StepsBefore).OfType<DecisionStep>().Where(step => step.Measurements is not null))
            Add(known, $"measured.{step.Key}", step.Measurements!);
        if (use.Amount)
            known.Add("amount");
        return known;
    }

    private static void Add(HashSet<string> known, string prefix, JsonObject schema)
    {
        foreach (var (name, question) in schema["properties"] as JsonObject ?? [])
        {
            var path = $"{prefix}.{name}";
            known.Add(path);
            Add(known, path, (question!["items"] as JsonObject) ?? (JsonObject)question);
        }
    }

    private static Text Wrong(Scheme scheme, string name)
    {
        if (name.Split('.') is ["measured", var key, ..] && scheme.Route.Any(step => step.Key == key))
            return new($"“{name}”此时还没有测量，或步骤“{key}”不测量它。", $"'{name}' has not been measured by then, or step '{key}' does not measure it.");
        return name == "amount"
            ? new("这里还没有金额（amount）。", "There is no amount here.")
            : new($"没有“{name}”。", $"There is no '{name}'.");
    }

    private static Text Right(string name, HashSet<string> known)
    {
        var root = name.Split('.')[0];
        var near = known.Where(other => other.StartsWith(root + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (near.Count == 0)
            near = [.. known.Select(other => other.Split('.')[0]).Distinct().Order(StringComparer.Ordinal)];
        return new($"这里可用：{string.Join(", ", near)}。", $"Known here: {string.Join(", ", near)}.");
    }

    private static bool Exists(Scheme scheme, string pointer) => pointer.Split('/') switch
    {
        ["", "answers", var name, ..] => (scheme.Answers["properties"] as JsonObject)?.ContainsKey(name) ?? false,
        ["", "papers", var kind] => scheme.Documents.Any(document => document.Kind == kind),
        ["", "applicant", var name] => Applicant.Contains(name),
        ["", "household"] => scheme.Household is not HouseholdRule.None,
        ["", "payee", ..] => scheme.Payee,
        _ => false,
    };
}
