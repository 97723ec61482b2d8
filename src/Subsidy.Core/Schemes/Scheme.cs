using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Schemes;

/// <summary>One kind of application: its form, papers, rules and route, as read from a scheme file.</summary>
/// <param name="Hash">SHA-256 of the file's bytes, lower-case hexadecimal. An application pins it.</param>
/// <param name="Answers">JSON Schema 2020-12 of the <c>answers</c> object, titles in both languages under <c>x-title</c>.</param>
/// <param name="Oversight">Who may revoke a decision and re-open a lapsed application.</param>
public sealed record Scheme(
    string Id,
    int Version,
    string Hash,
    Text Title,
    Text Summary,
    IReadOnlyList<ApplicantKind> Applicants,
    HouseholdRule Household,
    bool Payee,
    JsonObject Answers,
    IReadOnlyList<DocumentRule> Documents,
    IReadOnlyList<Rule> Eligibility,
    AmountRule? Amount,
    IReadOnlyList<LimitRule> Limits,
    IReadOnlyList<string> Registers,
    IReadOnlyList<Step> Route,
    CorrectionRule Correction,
    AppealRule Appeal,
    Seat Oversight,
    RetentionRule Retention)
{
    /// <summary>What an application writes down, so that later editions of the file do not change its rules.</summary>
    public SchemePin Pin => new(Id, Version, Hash);

    /// <summary>Schemes that the same household may not be paid under in the same year; found out before money goes out.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <exception cref="KeyNotFoundException">The route has no such step.</exception>
    public Step StepOf(string key) =>
        Route.FirstOrDefault(step => step.Key == key) ?? throw new KeyNotFoundException($"Scheme {Id} has no step '{key}'.");
}

/// <summary>The edition of a scheme that an application runs under for as long as it lives.</summary>
public sealed record SchemePin(string Id, int Version, string Hash);

public enum ApplicantKind { Person, Household, Enterprise }

public enum HouseholdRule { None, Optional, Required }

/// <summary>A paper that the applicant hands in.</summary>
/// <param name="When">Asked for only when this holds; always when null.</param>
/// <param name="ContentTypes">Media types accepted, found by content and not by file name.</param>
/// <param name="MaxBytes">Size of one file, in bytes.</param>
public sealed record DocumentRule(
    string Kind, Text Title, bool Required, Expression? When, IReadOnlyList<string> ContentTypes, long MaxBytes, int MaxCount);

/// <summary>A condition that must hold, and what is said to the applicant when it does not.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the field that the message belongs to.</param>
public sealed record Rule(string Key, Expression That, Text Message, string Pointer, Expression? When);

/// <summary>What is owed, in fen. <paramref name="Rounding"/> says how a fraction of a fen becomes whole.</summary>
/// <param name="Periods">How many periods are paid at most; null: until somebody stops them.</param>
/// <param name="Offset">How many percent of a period, 1 to 90, are kept back at most while money is being recovered; null: nothing.</param>
public sealed record AmountRule(Expression Fen, Rounding Rounding, Schedule Schedule, int? Periods = null, int? Offset = null)
{
    /// <summary>Payments that follow one another go on only while this is answered; null: until somebody stops them.</summary>
    public RecheckRule? Recheck { get; init; }

    /// <summary>What may be kept back of a period, in whole fen; always less than the amount.</summary>
    public Money Offsettable(Money amount) => new((long)((Int128)amount.Fen * (Offset ?? 0) / 100));

    /// <exception cref="ExpressionException">The expression fails, or its value is no number, negative, or beyond all reason.</exception>
    public Money Compute(JsonObject scope)
    {
        var fen = Rounded.ToWhole(Fen.Number(scope), Rounding);
        return fen is >= 0 and <= long.MaxValue
            ? new Money((long)fen)
            : throw new ExpressionException($"An amount of {fen} fen cannot be owed.");
    }
}

/// <summary>
/// Somebody looks again whether what is paid period by period is still right (社会救助暂行办法 art. 13: minimum allowance is verified at
/// regular intervals).
/// </summary>
/// <param name="Every">After so many periods; nothing is granted beyond them before it is decided.</param>
/// <param name="Documents">Document kinds that the applicant is asked to bring again.</param>
public sealed record RecheckRule(int Every, Gate Gate, Seat Seat, Term Within, Escalation Escalation, IReadOnlyList<string> Documents)
{
    /// <summary>The step whose measurements it takes anew, and with them the amount of later periods; null: it only says whether payments go on.</summary>
    public string? Measures { get; init; }
}

public enum Rounding { Down, HalfUp, Up }

public enum Schedule { Once, Monthly, Semester }

/// <summary>How often the same person or household may hold the scheme.</summary>
/// <param name="Per">Whose ID number the claim is taken on: the applicant's, or every household member's.</param>
/// <param name="Kind">While live; once per calendar year; once per value of <paramref name="Distinct"/>; at most <paramref name="Max"/> in <paramref name="Months"/>.</param>
public sealed record LimitRule(
    string Key, LimitPer Per, LimitKind Kind, Expression? Distinct, int Max, int Months, Expression? When, Text Message);

public enum LimitPer { Person, Household }

public enum LimitKind { Live, Year, Distinct, Rolling }

/// <param name="Within">How long the applicant has to answer a return.</param>
/// <param name="Warn">How long before the end the warning goes out.</param>
/// <param name="Times">How often one application may be returned.</param>
public sealed record CorrectionRule(Term Within, Term Warn, int Times);

/// <param name="Within">How long after a rejection, or after payments were stopped, an appeal is taken (reconsideration: 60 days, 行政复议法 art. 20).</param>
/// <param name="Decide">How long the appeal may take.</param>
public sealed record AppealRule(Term Within, Seat Seat, Term Decide, Escalation Escalation);

/// <param name="Years">How long the papers are kept after the end; accounting vouchers 30 years (会计档案管理办法).</param>
public sealed record RetentionRule(int Years);
