using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.Cases;

/// <summary>What the applicant wrote besides the form: with an amendment, an appeal, a request, or of a change.</summary>
public sealed record Said(DateTimeOffset At, string Words)
{
    public static Said? Of(Recorded recorded) => (recorded.Event switch
    {
        Amended amended => amended.Comment,
        Appealed appealed => appealed.Reason,
        Requested requested => requested.Comment,
        RecheckCalled { Staff: null } called => called.Comment,
        _ => null,
    }) is { Length: > 0 } words ? new Said(recorded.At, words) : null;
}
