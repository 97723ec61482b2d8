using Subsidy.Core.Applications;
using Subsidy.Web.Http;

namespace Subsidy.Web.Intake;

/// <summary>What an applicant is given: all that is needed to come back.</summary>
/// <param name="Step">Key of the step of the route; null while it is at none.</param>
public sealed record IntakeAnswer(string Id, string Reference, string AccessKey, Status Status, string? Step);

/// <summary>Either an answer or what is wrong.</summary>
public sealed record Outcome<T>(T? Answer, Problem? Problem) where T : class
{
    public static implicit operator Outcome<T>(T answer) => new(answer, null);

    public static implicit operator Outcome<T>(Problem problem) => new(null, problem);
}
