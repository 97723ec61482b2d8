namespace Subsidy.Core.Schemes;

/// <summary>All expressions of a scheme that are evaluated after the form has been sealed: what they do not read need not be kept at hand.</summary>
internal static class SchemeExpressions
{
    public static IEnumerable<Expression> AllOf(Scheme scheme) => Every(scheme).OfType<Expression>();

    private static IEnumerable<Expression?> Every(Scheme scheme) =>
    [
        .. scheme.Documents.Select(document => document.When),
        .. scheme.Eligibility.SelectMany(rule => new[] { rule.That, rule.When }),
        .. scheme.Limits.SelectMany(limit => new[] { limit.Distinct, limit.When }),
        scheme.Amount?.Fen,
        .. scheme.Route.SelectMany(OfStep),
    ];

    private static IEnumerable<Expression?> OfStep(Step step) => step switch
    {
        DecisionStep decision => [step.When, .. decision.Checks.Select(check => check.That)],
        NoticeStep notice => [step.When, .. notice.Shows.Select(line => line.Value)],
        IssueStep issue =>
            [step.When, .. issue.Certificates.SelectMany(certificate => certificate.Shows.Select(line => (Expression?)line.Value).Append(certificate.When))],
        _ => [step.When],
    };
}
