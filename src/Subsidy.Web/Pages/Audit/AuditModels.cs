using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Streams;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Audit;

/// <param name="Next">Address of the next page, or null.</param>
public sealed record AuditSearchModel(
    Typed Filters, IReadOnlyList<Scheme> Schemes, TownshipRegister Township, IReadOnlyList<FoundApplication> Rows, string? Next, IReadOnlyList<Fault> Faults);

public sealed record AuditCaseModel(CaseFile Case, IReadOnlyList<StoredEvent> Stored, HistoryVerdict Verdict, TownshipRegister Township);
