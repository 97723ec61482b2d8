using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>What a route lets the applicant ask for: setting-out, completion.</summary>
internal static class Requesting
{
    public static Refusal? Request(Unfolding u, MakeRequest c)
    {
        if (u.A.Waiting is not { Kind: WaitingKind.Request or WaitingKind.Rectification } waiting
            || u.Scheme.StepOf(waiting.Step) is not DecisionStep { Request: { } request } step
            || request.Key != c.Key)
        {
            return Refusal.Of(RefusalCode.MovedOn, "现在不能提出这项请求。", "This cannot be asked for now.");
        }
        u.Emit(new Requested(step.Key, request.Key, c.Comment));
        Assigning.Open(u, step);
        return null;
    }
}
