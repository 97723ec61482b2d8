using Subsidy.Core.Applications;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Cases;

namespace Subsidy.Web.Pages.Decisions;

/// <param name="Own">What this person decided with the link.</param>
public sealed record DoneModel(Opinion Own, CaseFile Case, TownshipRegister Township)
{
    /// <summary>One command is one transaction with one time, so what the decision caused carries its time.</summary>
    public IReadOnlyList<Recorded> Caused { get; } =
        [.. Case.Events.Where(e => e.Number > Own.Number && e.At == Own.At && e.Actor.Id == Own.Staff)];
}
