using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Streams;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Audit;

/// <summary>A row of the audit search.</summary>
public sealed record AuditRow(string Id, string Reference, string Scheme, Status Status, string? Step, string Village, DateTimeOffset CreatedAt);

/// <param name="Next">Address of the next page, or null.</param>
public sealed record AuditSearchModel(
    Typed Filters, IReadOnlyList<Scheme> Schemes, TownshipRegister Township, IReadOnlyList<AuditRow> Rows, string? Next, IReadOnlyList<Fault> Faults);

public sealed record AuditCaseModel(CaseFile Case, IReadOnlyList<StoredEvent> Stored, HistoryVerdict Verdict, TownshipRegister Township);
