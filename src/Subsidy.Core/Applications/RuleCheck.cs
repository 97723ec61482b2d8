using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>
/// The rules of a scheme over a form: what must be answered or handed in under a condition, and who is eligible. A rule over an answer
/// that is itself at fault is left out: one mistake is told once.
/// </summary>
internal sealed class RuleCheck(Scheme scheme, JsonObject scope, List<Fault> faults)
{
    private static readonly Text CannotTell = new(
        "系统无法按这个事项的规则核对，请把此提示告诉镇便民服务中心。", "This scheme's rules cannot be applied to this form; please show this message to the township service centre.");

    public void Run(IReadOnlyDictionary<string, int> papers)
    {
        foreach (var (name, question) in scheme.Answers["properties"] as JsonObject ?? [])
        {
            if ((string?)question!["x-requiredWhen"] is { } condition && scope["answers"]![name] is null)
                Unless($"/answers/{name}", Expression.Parse(condition), wanted: false, FormSchema.Needed(FormSchema.TitleOf((JsonObject)question)));
        }
        foreach (var document in scheme.Documents)
            Document(document, papers.GetValueOrDefault(document.Kind));
        foreach (var rule in scheme.Eligibility)
        {
            if (Holds(rule.When, rule.Pointer) is true)
                Unless(rule.Pointer, rule.That, wanted: true, rule.Message);
        }
        if (faults.Count == 0)
            Computable();
    }

    private void Document(DocumentRule document, int count)
    {
        var pointer = $"/papers/{document.Kind}";
        if (count > document.MaxCount)
            faults.Add(new(pointer,
                new($"“{document.Title.Zh}”最多交{document.MaxCount}份，现有{count}份。", $"“{document.Title.En}”: at most {document.MaxCount}; there are {count}.")));
        if (document.Required && count == 0 && Holds(document.When, pointer) is true)
            faults.Add(new(pointer, new($"请上传：{document.Title.Zh}。", $"Please add: {document.Title.En}.")));
    }

    private void Unless(string pointer, Expression expression, bool wanted, Text message)
    {
        if (Holds(expression, pointer) is { } holds && holds != wanted)
            faults.Add(new(pointer, message));
    }

    /// <summary>Null when it cannot be told, because what it reads is at fault or because the rule does not fit the form.</summary>
    private bool? Holds(Expression? expression, string pointer)
    {
        if (expression is null)
            return true;
        if (expression.Names.SelectMany(PointersOf).Any(AtFault))
            return null;
        try
        {
            return expression.Holds(scope);
        }
        catch (ExpressionException)
        {
            faults.Add(new(pointer, CannotTell));
            return null;
        }
    }

    private static IEnumerable<string> PointersOf(string name) => name.Split('.') switch
    {
        ["answers", var field, ..] => [$"/answers/{field}"],
        ["applicant", "age", ..] => ["/applicant/idNumber"],
        ["applicant", var field, ..] => [$"/applicant/{field}"],
        ["household", ..] => ["/household"],
        ["register", ..] => ["/applicant/idNumber", "/household"],
        _ => [],
    };

    private bool AtFault(string pointer) => faults.Any(fault =>
        fault.Pointer == pointer || fault.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal));

    /// <summary>
    /// A sound form gives claims and, where nothing has to be measured first, an amount; a scheme that cannot is found out before it is
    /// relied on.
    /// </summary>
    private void Computable()
    {
        try
        {
            foreach (var limit in scheme.Limits)
            {
                if (limit.When?.Holds(scope) ?? true)
                    _ = limit.Distinct?.Evaluate(scope);
            }
            if (scheme.Amount is { } amount && !amount.Fen.Names.Any(name => name.StartsWith("measured.", StringComparison.Ordinal)))
                _ = amount.Compute(scope);
        }
        catch (ExpressionException)
        {
            faults.Add(new("", CannotTell));
        }
    }
}
