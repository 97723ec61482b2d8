using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>What someone is told who comes too late: who decided, what, and when.</summary>
internal static class Told
{
    public static Refusal Closed(Unfolding u, CastVote c)
    {
        var acts = u.A.Acts.Where(act => act.Assignment == c.Assignment && act.Round == c.Round).ToList();
        if (acts.LastOrDefault(act => act.Staff == c.Staff) is { } own)
        {
            return Refusal.Of(
                RefusalCode.AlreadyDone,
                $"您已于{ChinaTime.Say(own.At)}作出决定：{Zh(own.Decision)}。",
                $"You decided on {ChinaTime.Say(own.At)}: {En(own.Decision)}.");
        }
        if (acts.LastOrDefault(act => act.Decided) is { } other)
        {
            var name = u.Township.NameOf(other.Staff);
            return Refusal.Of(
                RefusalCode.AlreadyDone,
                $"{name}已于{ChinaTime.Say(other.At)}作出决定：{Zh(other.Decision)}。",
                $"{name} decided on {ChinaTime.Say(other.At)}: {En(other.Decision)}.");
        }
        var open = u.A.Assignments.Any(x => x.Key == c.Assignment && x.Round == c.Round);
        return open
            ? Refusal.Of(RefusalCode.NotAllowed, "该环节已不由您办理。", "You are no longer asked here.")
            : MovedOn(u);
    }

    public static Refusal MovedOn(Unfolding u)
    {
        var step = u.A.Step is { } key ? u.Scheme.StepOf(key).Title : null;
        return Refusal.Of(
            RefusalCode.MovedOn,
            $"申请在您查看之后有了变化（{ChinaTime.Say(u.A.UpdatedAt)}，状态：{StatusTexts.Of(u.A.Status).Zh}{(step is null ? "" : $"，环节：{step.Zh}")}），请重新查看。",
            $"The case has changed since you saw it ({ChinaTime.Say(u.A.UpdatedAt)}; status: {StatusTexts.Of(u.A.Status).En}{(step is null ? "" : $"; step: {step.En}")}). Please look at it again.");
    }

    private static string Zh(Decision decision) => decision switch
    {
        Decision.Approve => "同意",
        Decision.Return => "退回补正",
        Decision.Reject => "不同意",
        Decision.Recuse => "回避",
        _ => "转交他人",
    };

    private static string En(Decision decision) => decision switch
    {
        Decision.Approve => "approved",
        Decision.Return => "returned for correction",
        Decision.Reject => "rejected",
        Decision.Recuse => "stepped aside",
        _ => "passed to a colleague",
    };
}
