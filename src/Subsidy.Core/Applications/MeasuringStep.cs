using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>The step of the route as which a question records measurements.</summary>
public static class MeasuringStep
{
    /// <returns>
    /// The step itself. For a re-check, the step whose measurements it takes anew, if the application ever came by that one. Null for
    /// everything else.
    /// </returns>
    public static DecisionStep? Of(Application application, Scheme scheme, Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Kind switch
        {
            AssignmentKind.Step => (DecisionStep)scheme.StepOf(assignment.Step),
            AssignmentKind.Recheck when scheme.Amount?.Recheck?.Measures is { } step && application.Measured.ContainsKey(step) => (DecisionStep)scheme.StepOf(step),
            _ => null,
        };
    }
}
