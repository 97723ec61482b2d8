using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Api;

// Shapes of the HTTP contract, for its description. The input itself is read by ApplicationRequest and DecisionRequest, which name
// every fault by its place instead of stopping at the first.

/// <summary>The part <c>application</c>.</summary>
/// <param name="Household">Where the scheme asks for it.</param>
/// <param name="Payee">Where the scheme pays.</param>
/// <param name="Answers">By the scheme's <c>form</c>.</param>
internal sealed record ApplicationDocument(
    string Scheme, string Village, ApplicantDocument Applicant, IReadOnlyList<HouseholdMember>? Household, Payee? Payee, JsonObject Answers);

internal sealed record ApplicantDocument(ApplicantKind Kind, string Name, string IdNumber, string Phone, string? Email);

/// <summary>The form of a draft, or of an amendment; scheme and village stay.</summary>
internal sealed record FormDocument(
    ApplicantDocument? Applicant, IReadOnlyList<HouseholdMember>? Household, Payee? Payee, JsonObject? Answers, string? Comment);

/// <summary>A multipart body: the JSON first, then the files, each part named by its document kind.</summary>
internal sealed record ApplicationForm(ApplicationDocument Application);

internal sealed record AmendmentForm(FormDocument? Application);

internal sealed record DraftDocument(string Scheme, string Village);

internal sealed record ReasonDocument(string? Reason);

internal sealed record PayeeDocument(Payee Payee);

internal sealed record ChangeDocument(string Comment);

/// <param name="Request">Key of what the route lets the applicant ask for: setting-out, completion.</param>
internal sealed record RequestDocument(string Request, string? Comment);

/// <param name="Name">Without name and contact the objection is a lead, and holds nothing.</param>
internal sealed record ObjectionDocument(string? Name, string? Contact, string Reason);

/// <param name="At">Number of the event that was shown.</param>
/// <param name="Missing">For a return: everything that is missing.</param>
/// <param name="DelegateTo">For a delegation: id of the colleague.</param>
internal sealed record DecisionDocument(
    Decision Decision, string? Comment, int At, IReadOnlyList<Missing>? Missing, IReadOnlyList<string>? Checklist, JsonObject? Measurements, string? DelegateTo);
