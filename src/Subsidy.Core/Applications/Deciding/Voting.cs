using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>A person decides through a link. Every rule about who, when and with what stands here or in <see cref="Eligibility"/>.</summary>
internal static class Voting
{
    public static Refusal? Cast(Unfolding u, CastVote c)
    {
        var assignment = u.A.Assignments.FirstOrDefault(x => x.Key == c.Assignment && x.Round == c.Round);
        if (assignment is null)
            return Told.Closed(u, c);
        if (u.Township.Find(c.Staff) is not { } person)
            return Refusal.Of(RefusalCode.NotAllowed, "您已不在工作人员名册中。", "You are no longer on the staff register.");
        if (assignment.SeatOf(c.Staff) is not { } seat)
            return Told.Closed(u, c);
        if (seat.Candidates.First(x => x.Staff == c.Staff).Link != c.Link)
            return Refusal.Of(RefusalCode.Expired, "这个链接已作废，请用最近一封邮件里的链接。", "This link is void; please use the one in the latest mail.");
        if (!Eligibility.MaySit(u, person, seat.Seat))
            return Refusal.Of(RefusalCode.NotAllowed, "您已不担任该岗位。", "You no longer hold this role.");
        if (c.Shown < u.A.Changed)
            return Told.MovedOn(u);
        if (c.Shown > u.A.Version)
            return Refusal.Invalid(new Fault("/at", new Text("事件编号不对。", "There is no such event number yet.")));

        var index = assignment.Seats.ToList().IndexOf(seat);
        if (c.Decision is Decision.Recuse)
            return Recuse(u, c, index);
        if (Eligibility.Bar(u, person, assignment.Kind, assignment.Gate) is { } bar)
            return new Refusal(RefusalCode.NotAllowed, [new Fault("", bar)]);
        if (Assigning.HasVoted(u, assignment, c.Staff))
            return Refusal.Of(RefusalCode.NotAllowed, "您已在另一席位表决。", "You have filled another seat of this already.");
        if (c.Decision is Decision.Delegate)
            return Delegate(u, c, person, assignment, index);

        var step = MeasuringStep.Of(u.A, u.Scheme, assignment);
        var checks = new Dictionary<string, bool>();
        var faults = assignment.Kind switch
        {
            AssignmentKind.Step => VoteRules.OfStep(u, c, step!, assignment, checks),
            AssignmentKind.Recheck => VoteRules.OfRecheck(u, c, step, assignment, checks),
            _ => VoteRules.Plain(c, assignment.Kind),
        };
        if (faults.Count > 0)
            return Refusal.Invalid(faults);

        var records = step is null || c.Decision is Decision.Return || Measured(u, assignment) ? null : c.Measurements;
        u.Emit(new Voted(
            assignment.Key, assignment.Round, index, c.Staff, c.Decision, c.Shown, Blank(c.Comment),
            c.Decision is Decision.Return ? c.Missing : [], c.Checklist, checks, (JsonObject?)records?.DeepClone(), c.Photos));
        Settle(u, assignment.Key, overdue: u.At >= assignment.Due && ReturnIsDue(u.A.Assignments.First(x => x.Key == assignment.Key)));
        return null;
    }

    /// <summary>Whether somebody in this round has recorded the measurements; the others see and confirm them.</summary>
    public static bool Measured(Unfolding u, Assignment assignment) => u.A.Measured.ContainsKey(assignment.Key);

    /// <summary>Whether somebody in this round has been there already, and brought the photos.</summary>
    public static bool Visited(Assignment assignment) => assignment.Seats.Any(seat => seat.Vote is { Decision: Decision.Approve or Decision.Reject });

    /// <summary>A return that waits only for colleagues who have not answered in time.</summary>
    public static bool ReturnIsDue(Assignment assignment) =>
        assignment.Seats.Any(seat => seat.Vote is { Decision: Decision.Return })
        && assignment.Seats.All(seat => seat.Vote is not { Decision: Decision.Reject });

    /// <summary>
    /// Draws the conclusion from the votes. As long as somebody has not voted a return waits, so that everything that is missing is
    /// said in one message (DOMAIN: 一次性告知); it waits no longer than the step's time.
    /// </summary>
    public static void Settle(Unfolding u, string key, bool overdue)
    {
        var assignment = u.A.Assignments.First(x => x.Key == key);
        var votes = assignment.Seats.Where(seat => seat.Vote is not null).Select(seat => seat.Vote!).ToList();
        var open = assignment.Seats.Count - votes.Count;
        if (assignment.Kind is not AssignmentKind.Step)
        {
            Resolve(u, assignment);
            return;
        }

        var step = (DecisionStep)u.Scheme.StepOf(assignment.Step);
        if (votes.Count(vote => vote.Decision is Decision.Approve) >= assignment.Need)
        {
            Walking.Pass(u, step.Key);
        }
        else if (open > 0 && !overdue)
        {
            if (assignment.Blocked)
                Assigning.Refill(u, key);
        }
        else if (!overdue && assignment.Seats.Count - votes.Count(vote => vote.Decision is Decision.Reject) < assignment.Need)
        {
            Refuse(u, step, [.. votes.Select(vote => vote.Reason).OfType<string>()]);
        }
        else
        {
            Outcomes.Return(u, step.Key, [.. votes.SelectMany(vote => vote.Missing).Distinct()]);
        }
    }

    private static void Refuse(Unfolding u, DecisionStep step, IReadOnlyList<string> reasons)
    {
        switch (step.OnReject)
        {
            case Rejection.Rectify:
                Outcomes.Rectify(u, step, reasons);
                break;
            default:
                // What was granted is cancelled; what was paid is asked back once the rejection is final.
                Outcomes.Reject(u, step.Key, reasons);
                break;
        }
    }

    private static void Resolve(Unfolding u, Assignment assignment)
    {
        var vote = u.Events.Select(recorded => recorded.Event).OfType<Voted>().Last(v => v.Assignment == assignment.Key);
        switch (assignment.Kind)
        {
            case AssignmentKind.Appeal:
                Ending.ResolveAppeal(u, assignment, vote);
                break;
            case AssignmentKind.Payee:
                Payees.Decided(u, vote);
                break;
            case AssignmentKind.Recheck:
                Rechecking.Decided(u, assignment.Key, vote);
                break;
            default:
                Objecting.Resolve(u, assignment, vote);
                break;
        }
    }

    private static Refusal? Recuse(Unfolding u, CastVote c, int seat)
    {
        if (Blank(c.Comment) is not { } comment)
            return Refusal.Invalid(VoteRules.CommentMissing);
        u.Emit(new Recused(c.Assignment, c.Round, seat, c.Staff, comment));
        if (u.A.Assignments.First(x => x.Key == c.Assignment).Blocked)
            Assigning.Refill(u, c.Assignment);
        return null;
    }

    private static Refusal? Delegate(Unfolding u, CastVote c, StaffMember from, Assignment assignment, int index)
    {
        var seat = assignment.Seats[index].Seat;
        var to = u.Township.Find(c.DelegateTo);
        if (to is null || to.Id == c.Staff
            || !(from.Fills(seat, u.A.Village) ? to.Fills(seat, u.A.Village) : Eligibility.MaySit(u, to, seat))
            || Assigning.HasVoted(u, assignment, to.Id)
            || Eligibility.Bar(u, to, assignment.Kind, assignment.Gate) is not null)
        {
            return Refusal.Invalid(new Fault("/delegateTo", new Text(
                "只能转给同一岗位、且未在其他环节办理过本申请的人。",
                "You can pass it only to someone in the same role who has not acted elsewhere in this application.")));
        }
        u.Emit(new Delegated(c.Assignment, c.Round, index, c.Staff, to.Id, Blank(c.Comment)));
        return null;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
