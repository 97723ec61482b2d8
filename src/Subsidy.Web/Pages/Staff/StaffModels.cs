using Subsidy.Core;
using Subsidy.Core.Township;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Staff;

/// <summary>A question that waits for the signed-in person.</summary>
/// <param name="Link">Address of the decision page.</param>
public sealed record WorkItem(string Reference, Text Scheme, Text Step, DateTimeOffset Due, bool Overdue, string Link);

/// <param name="Alarms">Null for who is no administrator.</param>
public sealed record WorkListModel(StaffMember Staff, IReadOnlyList<WorkItem> Items, IReadOnlyList<Alarm>? Alarms, bool Auditor, bool Finance);

public sealed record SignInModel(TownshipRegister Township, string ReturnTo);

/// <param name="Done">Something has just been ordered.</param>
public sealed record ManageModel(CaseFile Case, TownshipRegister Township, bool MayReopen, bool MayRevoke, bool Done, FormState State);

/// <param name="Last">Null when no rebuild is known of.</param>
public sealed record IndexesModel(Rebuilding? Last);
