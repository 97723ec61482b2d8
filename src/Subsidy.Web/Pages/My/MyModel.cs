using Subsidy.Core.Applications;
using Subsidy.Core.Township;
using Subsidy.Web.History;
using Subsidy.Web.Pages.Cases;

namespace Subsidy.Web.Pages.My;

/// <param name="History">What the applicant may read of the stream, oldest first.</param>
/// <param name="MayWithdraw">As the core says at this moment.</param>
public sealed record MyModel(CaseFile Case, IReadOnlyList<HistoryEntry> History, bool MayWithdraw, bool MayAppeal, TownshipRegister Township)
{
    public Application Application => Case.Application;

    public IReadOnlyList<string> Reasons =>
        Case.Events.Select(e => e.Event).OfType<Rejected>().LastOrDefault()?.Reasons ?? [];

    /// <summary>By when the applicant will hear from the step that is running.</summary>
    public (DateTimeOffset At, bool Estimate)? Due => Application.Assignments.Count == 0
        ? null
        : Application.Assignments.Select(assignment => (assignment.Due, assignment.Estimate)).Max();
}
