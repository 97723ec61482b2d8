using System.Globalization;
using System.Text.Json.Nodes;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Http;

namespace Subsidy.Web.Api;

/// <summary>What can be applied for.</summary>
internal static class SchemeEndpoints
{
    public static void MapSchemes(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/schemes").WithTags("Schemes");
        group.MapGet("/", IResult (ISchemes schemes) => TypedResults.Ok(schemes.Current.Select(SchemeSummary.Of)))
            .WithSummary("The schemes that take applications now")
            .Answers(200, typeof(IReadOnlyList<SchemeSummary>), "The newest edition of each.")
            .Refuses();
        group.MapGet("/{id}", Find)
            .WithSummary("One scheme with its form, documents and route")
            .Answers(200, typeof(SchemeDetails), "The newest edition.")
            .Refuses(404);
    }

    private static IResult Find(string id, ISchemes schemes) =>
        schemes.Current.FirstOrDefault(scheme => scheme.Id == id) is { } found
            ? TypedResults.Ok(SchemeDetails.Of(found))
            : Failures.Of(StatusCodes.Status404NotFound);
}

/// <summary>Texts are in the language of the request.</summary>
internal sealed record SchemeSummary(string Id, int Version, string Title, string Summary, IReadOnlyList<ApplicantKind> Applicants)
{
    public static SchemeSummary Of(Scheme scheme) => new(
        scheme.Id, scheme.Version, scheme.Title.In(CultureInfo.CurrentUICulture), scheme.Summary.In(CultureInfo.CurrentUICulture), scheme.Applicants);
}

/// <param name="Hash">SHA-256 of the scheme's file; an application pins it.</param>
/// <param name="Form">JSON Schema 2020-12 of <c>answers</c>; titles in both languages under <c>x-title</c>.</param>
internal sealed record SchemeDetails(
    string Id,
    int Version,
    string Hash,
    string Title,
    string Summary,
    IReadOnlyList<ApplicantKind> Applicants,
    HouseholdRule Household,
    bool Payee,
    JsonObject Form,
    IReadOnlyList<DocumentDetails> Documents,
    IReadOnlyList<StepDetails> Route)
{
    public static SchemeDetails Of(Scheme scheme)
    {
        var culture = CultureInfo.CurrentUICulture;
        return new SchemeDetails(
            scheme.Id, scheme.Version, scheme.Hash, scheme.Title.In(culture), scheme.Summary.In(culture), scheme.Applicants, scheme.Household, scheme.Payee,
            (JsonObject)scheme.Answers.DeepClone(),
            [.. scheme.Documents.Select(document => new DocumentDetails(
                document.Kind, document.Title.In(culture), document.Required, document.When?.Source, document.ContentTypes, document.MaxBytes, document.MaxCount))],
            [.. scheme.Route.Select(step => new StepDetails(step.Key, KindOf(step), step.Gate, step.Title.In(culture), step.When?.Source))]);
    }

    private static string KindOf(Step step) => step switch
    {
        DecisionStep { Kind: DecisionKind.Review } => "review",
        DecisionStep { Kind: DecisionKind.Visit } => "visit",
        DecisionStep { Kind: DecisionKind.Meeting } => "meeting",
        DecisionStep { Kind: DecisionKind.Forward } => "forward",
        NoticeStep => "notice",
        IssueStep => "issue",
        PayStep => "pay",
        SupplementStep => "supplement",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.GetType().Name, "A kind of step without a name."),
    };
}

/// <param name="When">The scheme's condition; null for always.</param>
/// <param name="MaxBytes">Of one file.</param>
internal sealed record DocumentDetails(
    string Kind, string Title, bool Required, string? When, IReadOnlyList<string> ContentTypes, long MaxBytes, int MaxCount);

internal sealed record StepDetails(string Key, string Kind, Gate Gate, string Title, string? When);
