using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>What an applicant fills in. Field names are those of the HTTP contract, camelCase.</summary>
public sealed record Form(
    Applicant Applicant, IReadOnlyList<HouseholdMember> Household, Payee? Payee, JsonObject Answers);

/// <param name="Name">Of the person, the household's head, or the enterprise.</param>
/// <param name="IdNumber">Resident ID number of the person who applies (GB 11643).</param>
public sealed record Applicant(ApplicantKind Kind, string Name, string IdNumber, string Phone, string? Email);

public sealed record HouseholdMember(string Name, string IdNumber, string Relation);

/// <param name="Account">Card number (Luhn) or passbook number.</param>
public sealed record Payee(string Name, string Account, string Bank);

/// <summary>A paper that has passed the scanner and lies sealed in blob storage.</summary>
/// <param name="Id">Generated name; nothing of the file name is in it.</param>
/// <param name="Kind">Document kind of the scheme, or <c>photo</c> for a reviewer's picture.</param>
/// <param name="Sha256">Of the plain content, lower-case hexadecimal.</param>
/// <param name="Size">Bytes of the plain content.</param>
/// <param name="ContentType">By content.</param>
public sealed record Paper(string Id, string Kind, string Sha256, long Size, string ContentType);

/// <summary>One thing that must be put right: a document kind or a field, and what is asked.</summary>
/// <param name="Pointer">JSON pointer of the field, or <c>/papers/{kind}</c>.</param>
public sealed record Missing(string Pointer, string Text);
