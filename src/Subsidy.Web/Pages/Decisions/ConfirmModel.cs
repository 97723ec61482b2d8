using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Pages.Decisions;

/// <param name="Rehearsed">What the core says the vote would do.</param>
/// <param name="Carried">Everything that was entered, carried on in hidden inputs.</param>
public sealed record ConfirmModel(DecisionModel Decision, CastVote Vote, Decided Rehearsed, IReadOnlyList<(string Name, string Value)> Carried)
{
    /// <summary>Browsers cannot carry a chosen file from one page to the next, so photographs are chosen here, at the last step.</summary>
    public bool AsksForPhotos => Vote.Decision is Subsidy.Core.Schemes.Decision.Approve or Subsidy.Core.Schemes.Decision.Reject
        && Decision.Step?.Kind is DecisionKind.Visit or DecisionKind.Review && (Decision.PhotosNeeded > 0 || Decision.Step.Kind is DecisionKind.Visit);
}
