using Subsidy.Core.Applications;
using Subsidy.Web.History;

namespace Subsidy.Web.Views;

/// <summary>An application as its applicant sees it. Texts are in the language of the request.</summary>
/// <param name="Scheme">Id of the scheme.</param>
/// <param name="Step">Key of the step of the route; null before the first and after the last.</param>
/// <param name="DueAt">The first instant that is too late for what is awaited now; null where nothing is due.</param>
/// <param name="Estimate">The deadline runs over days of a year whose holidays are not announced yet.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Missing">All that the applicant is asked for.</param>
public sealed record ApplicationView(
    string Id,
    string Reference,
    string Scheme,
    string SchemeTitle,
    Status Status,
    string StatusText,
    string? Step,
    string? StepTitle,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? DueAt,
    bool Estimate,
    long? Amount,
    IReadOnlyList<MissingView> Missing,
    MayView May,
    IReadOnlyList<PaperView> Papers,
    IReadOnlyList<PermitView> Permits,
    IReadOnlyList<PaymentView> Payments,
    IReadOnlyList<RecoveryView> Recoveries,
    IReadOnlyList<HistoryEntry> History);

/// <param name="Pointer">JSON pointer into the application as it is sent; <c>/papers/{kind}</c> for a paper; empty for the whole.</param>
public sealed record MissingView(string Pointer, string Text);

/// <summary>What the applicant may do now.</summary>
/// <param name="Request">Key of what may be asked for; null for nothing.</param>
public sealed record MayView(bool Submit, bool Amend, bool AddPapers, bool Withdraw, bool Appeal, bool CorrectPayee, bool ReportChange, string? Request, string? RequestTitle);

public sealed record PaperView(string Id, string Kind, string Title, string? FileName, long Size, string ContentType, DateTimeOffset At);

public sealed record PermitView(string Number, string Kind, string Title, DateTimeOffset IssuedAt, bool Revoked);
