using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

internal static class Objecting
{
    /// <summary>
    /// Objections that one application takes, and as many leads beside them; beyond, people are asked to come in person. Leads cost
    /// their sender nothing, so they must not use up the room for objections.
    /// </summary>
    private const int Most = 20;

    public static Refusal? Raise(Unfolding u, RaiseObjection c)
    {
        if (u.A.Notice is not { } notice || (notice.Until is { } until && until <= u.At))
            return Refusal.Of(RefusalCode.Expired, "公示期已结束。", "The notice period has ended.");
        var key = $"objection-{c.Id}";
        if (u.A.Objections.Contains(key) || u.A.Leads.Contains(key))
            return null;
        var anonymous = string.IsNullOrWhiteSpace(c.Name) || string.IsNullOrWhiteSpace(c.Contact);
        if ((anonymous ? u.A.Leads : u.A.Objections).Count >= Most)
            return Refusal.Of(RefusalCode.NotAllowed, "网上异议已达上限，请到镇政府当面提出。", "No more objections are taken here; please come to the township office.");

        u.Emit(new Objected(key, anonymous, Given(c.Name), Given(c.Contact), c.Reason));
        if (anonymous)
            return null;
        if (notice.Until is { } end)
            u.Emit(new NoticeStopped(Math.Max(1, (int)(end - u.At).TotalDays)));
        Assigning.OpenObjection(u, (NoticeStep)u.Scheme.StepOf(notice.Step), key);
        return null;
    }

    /// <summary>The vote on an objection has been cast.</summary>
    public static void Resolve(Unfolding u, Assignment assignment, Voted vote)
    {
        var step = (NoticeStep)u.Scheme.StepOf(assignment.Step);
        var upheld = vote.Decision is Decision.Approve;
        u.Emit(new ObjectionResolved(assignment.Key, upheld, vote.Staff));
        if (!upheld)
        {
            if (u.A.Assignments.All(x => x.Kind is not AssignmentKind.Objection))
                Resume(u, step);
        }
        else if (step.Objections.Upheld is ObjectionUpheld.Return && u.A.Returns < u.Scheme.Correction.Times)
        {
            foreach (var other in u.A.Assignments.Where(x => x.Kind is AssignmentKind.Objection).ToList())
                u.Emit(new ObjectionResolved(other.Key, Upheld: true, vote.Staff));
            Outcomes.Return(u, step.Key, [new Missing("", vote.Comment ?? "")]);
        }
        else
        {
            Outcomes.Reject(u, step.Key, [vote.Comment ?? ""]);
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static void Resume(Unfolding u, NoticeStep step)
    {
        var days = step.Objections.Restart ? step.Days : u.A.Notice!.DaysLeft;
        u.Emit(new NoticeResumed(u.After(new Calendar.Term(days, Calendar.TermUnit.Days)).At));
    }
}
