using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Decisions;

/// <param name="Token">Of the link; it stands in the addresses of this page and nowhere else.</param>
/// <param name="Bar">Why this person may do nothing but step aside, or null.</param>
/// <param name="Shown">Number of the last event that this page shows; it travels with the decision.</param>
public sealed record DecisionModel(
    string Token,
    StaffMember Staff,
    Assignment Assignment,
    CaseFile Case,
    TownshipRegister Township,
    IReadOnlyList<StaffMember> Colleagues,
    IReadOnlyDictionary<string, bool?> Checks,
    Text? Bar,
    int Shown,
    FormState State)
{
    public DecisionStep? Step => Assignment.Kind is AssignmentKind.Step ? (DecisionStep)Case.Scheme.StepOf(Assignment.Step) : null;

    /// <summary>The step as which this is measured, and whose checks apply.</summary>
    public DecisionStep? Measuring => MeasuringStep.Of(Case.Application, Case.Scheme, Assignment);

    /// <summary>The first who decides records the measurements; the others confirm them.</summary>
    public bool MeasuredAlready => Case.Application.Measured.ContainsKey(Assignment.Key);

    public IReadOnlyList<Field> Measurements => Measuring?.Measurements is { } schema && !MeasuredAlready ? SchemaFields.Of(schema, "/measurements") : [];

    /// <summary>What was measured before, where a re-check measures it anew.</summary>
    public JsonObject? Earlier => Assignment.Kind is AssignmentKind.Recheck && Measuring is { } step ? Case.Measured(step.Key) : null;

    /// <summary>By which this re-check was called for before its time. What the applicant reports stands among what they wrote.</summary>
    public Recorded? Call => Case.Events.FirstOrDefault(recorded => recorded.Number == Assignment.Number - 1 && recorded.Event is RecheckCalled);

    /// <summary>The stop that this appeal is against.</summary>
    public PaymentsStopped? Stop => Assignment.Kind is AssignmentKind.Appeal && Case.Application.Stopped is not null
        ? Case.Events.Select(recorded => recorded.Event).OfType<PaymentsStopped>().Last()
        : null;

    public IReadOnlyList<Decision> Decisions
    {
        get
        {
            if (Bar is not null)
                return [Decision.Recuse];
            IReadOnlyList<Decision> own = Step?.Decisions ?? [Decision.Approve, Decision.Reject];
            return [.. own.Concat(Colleagues.Count > 0 ? [Decision.Recuse, Decision.Delegate] : [Decision.Recuse]).Distinct()];
        }
    }

    public FiledObjection? Objection => Case.Objections.FirstOrDefault(objection => objection.Key == Assignment.Key);

    /// <summary>Who objects is no business of the village (DESIGN: promise 6).</summary>
    public bool MaySeeObjector => Assignment.SeatOf(Staff.Id) is { Seat.Area: not Area.Village } && Assignment.Kind is AssignmentKind.Objection;

    /// <summary>Photographs that an approval needs from this person.</summary>
    public int PhotosNeeded =>
        Assignment.Seats.Any(seat => seat.Vote is { Decision: Decision.Approve or Decision.Reject }) ? 0 : Step?.Photos ?? 0;
}
