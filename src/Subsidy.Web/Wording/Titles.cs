using Subsidy.Core;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Wording;

/// <summary>What a scheme calls its steps, papers and certificates; the key itself where it no longer knows it.</summary>
public static class Titles
{
    public static Text Step(Scheme scheme, string? key) =>
        scheme.Route.FirstOrDefault(step => step.Key == key)?.Title ?? Plain(key);

    public static Text Paper(Scheme scheme, string kind) =>
        scheme.Documents.FirstOrDefault(document => document.Kind == kind)?.Title ?? Plain(kind);

    public static Text Certificate(Scheme scheme, string kind) =>
        scheme.Route.OfType<IssueStep>().SelectMany(step => step.Certificates).FirstOrDefault(certificate => certificate.Kind == kind)?.Title ?? Plain(kind);

    /// <summary>What the applicant may ask for at that step.</summary>
    public static Text Request(Scheme scheme, string step) =>
        scheme.Route.OfType<DecisionStep>().FirstOrDefault(s => s.Key == step)?.Request?.Title ?? Step(scheme, step);

    private static Text Plain(string? key) => new(key ?? "", key ?? "");
}
