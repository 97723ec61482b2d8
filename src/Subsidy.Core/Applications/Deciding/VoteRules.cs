using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>What a vote must bring with it. All faults are named at once.</summary>
internal static class VoteRules
{
    /// <summary>What a rejection or a return says stays in the head until the colleagues have decided too.</summary>
    private const int LongestComment = 2000;

    public static readonly Fault CommentMissing = new("/comment", new Text("请写明理由。", "Please state the reason."));

    /// <summary>For objections and appeals: yes or no, with a reason; for another payee and a re-check, where it is no.</summary>
    public static IReadOnlyList<Fault> Plain(CastVote c, AssignmentKind kind)
    {
        var faults = new List<Fault>();
        if (c.Decision is not (Decision.Approve or Decision.Reject))
            faults.Add(new Fault("/decision", new Text("这里只能选择成立或不成立。", "Here only upheld or not upheld can be chosen.")));
        Comment(c, faults, needed: kind is not (AssignmentKind.Payee or AssignmentKind.Recheck) || c.Decision is not Decision.Approve);
        return faults;
    }

    /// <param name="checks">Is filled with the result of each automatic check.</param>
    public static IReadOnlyList<Fault> OfStep(
        Unfolding u, CastVote c, DecisionStep step, Assignment assignment, Dictionary<string, bool> checks)
    {
        var faults = new List<Fault>();
        if (!step.Decisions.Contains(c.Decision))
            faults.Add(new Fault("/decision", new Text("本环节不能作出这种决定。", "This step does not know that decision.")));
        if (c.Decision is Decision.Return)
            Return(u, c, faults);
        Comment(c, faults, needed: c.Decision is Decision.Reject);
        Checklist(c, step, faults);
        if (c.Decision is Decision.Return)
            return faults;

        var measured = Measurements(u, c, step, assignment, faults);
        if (faults.Count == 0)
            Checks(c, step, u.Scope(With(u, step, measured)), checks, faults);
        if (!Voting.Visited(assignment) && c.Photos.Count < step.Photos)
            faults.Add(new Fault("/photos", new Text($"请至少上传{step.Photos}张照片。", $"Please add at least {step.Photos} photos.")));
        return faults;
    }

    /// <summary>Payments go on only with something to pay. What that is follows from the measurements, by the scheme; nobody types it in.</summary>
    /// <param name="step">The step whose measurements are taken anew; null where nothing is measured.</param>
    public static IReadOnlyList<Fault> OfRecheck(
        Unfolding u, CastVote c, DecisionStep? step, Assignment assignment, Dictionary<string, bool> checks)
    {
        var faults = Plain(c, assignment.Kind).ToList();
        var measured = step is not null ? Measurements(u, c, step, assignment, faults) : NotMeasured(c, faults);
        if (faults.Count > 0)
            return faults;
        var all = step is not null ? With(u, step, measured) : u.A.Measured;
        var amount = c.Decision is Decision.Approve ? Amounts.Of(u, all) : null;
        if (step is not null && measured is not null)
            Checks(c, step, u.Scope(all, amount), checks, faults);
        if (amount is { Fen: 0 })
        {
            faults.Add(new Fault("/decision", new Text(
                "按规则计算，应发金额为0元，不能继续发放。数据无误的，请选择“不再符合条件”并写明理由。",
                "By the scheme's rules nothing is owed, so payments cannot go on. If the figures are right, choose “no longer eligible” and state the reason.")));
        }
        return faults;
    }

    private static void Return(Unfolding u, CastVote c, List<Fault> faults)
    {
        if (c.Missing.Count == 0)
            faults.Add(new Fault("/missing", new Text("请一次性列明需要补正的全部内容。", "Please list everything that must be put right, at once.")));
        if (c.Missing.Sum(missing => missing.Pointer.Length + missing.Text.Length) > LongestComment)
            faults.Add(new Fault("/missing", new Text($"补正内容最多{LongestComment}字。", $"What is missing has at most {LongestComment} characters.")));
        if (u.A.Permits.Count > 0)
        {
            // Unanswered, the return would lapse and leave a permit without an application.
            faults.Add(new Fault("/decision", new Text("已发证，不能再退回补正。", "The permit has been issued; the application is not returned any more.")));
        }
        if (u.A.Returns >= u.Scheme.Correction.Times)
        {
            faults.Add(new Fault("/decision", new Text(
                $"申请已退回补正{u.A.Returns}次，请作出决定。", $"The application has been returned {u.A.Returns} times; please decide.")));
        }
    }

    private static void Comment(CastVote c, List<Fault> faults, bool needed)
    {
        if (needed && string.IsNullOrWhiteSpace(c.Comment))
            faults.Add(CommentMissing);
        if (c.Comment?.Length > LongestComment)
            faults.Add(new Fault("/comment", new Text($"意见最多{LongestComment}字。", $"A comment has at most {LongestComment} characters.")));
    }

    private static void Checklist(CastVote c, DecisionStep step, List<Fault> faults)
    {
        foreach (var ticked in c.Checklist.Where(ticked => step.Checklist.All(item => item.Key != ticked)))
            faults.Add(new Fault($"/checklist/{ticked}", new Text("没有这一项。", "There is no such item.")));
        if (c.Decision is not Decision.Approve)
            return;
        foreach (var item in step.Checklist.Where(item => item.Must && !c.Checklist.Contains(item.Key)))
            faults.Add(new Fault($"/checklist/{item.Key}", new Text($"同意前须确认：{item.Title.Zh}。", $"An approval needs this confirmed: {item.Title.En}.")));
    }

    /// <summary>The first who decides records; whoever follows confirms what was recorded, or does not agree.</summary>
    private static JsonObject? Measurements(Unfolding u, CastVote c, DecisionStep step, Assignment assignment, List<Fault> faults)
    {
        if (step.Measurements is null)
            return NotMeasured(c, faults);
        if (Voting.Measured(u, assignment))
        {
            var recorded = u.A.Measured[assignment.Key];
            if (c.Measurements is { Count: > 0 } other && !JsonNode.DeepEquals(other, recorded))
            {
                faults.Add(new Fault("/measurements", new Text(
                    "与先前记录的数据不一致。请确认已记录的数据，或不同意。",
                    "This differs from what was recorded. Please confirm the record, or do not agree.")));
            }
            return null;
        }
        if (c.Measurements is null)
        {
            if (c.Decision is Decision.Approve)
                faults.Add(new Fault("/measurements", new Text("请填写测量数据。", "Please record the measurements.")));
            return null;
        }
        faults.AddRange(FormSchema.Check(step.Measurements, c.Measurements, "/measurements"));
        return c.Measurements;
    }

    private static JsonObject? NotMeasured(CastVote c, List<Fault> faults)
    {
        if (c.Measurements is { Count: > 0 })
            faults.Add(new Fault("/measurements", new Text("本环节不记录测量数据。", "This step records no measurements.")));
        return null;
    }

    /// <summary>Everything that is measured, with what this vote has measured.</summary>
    private static JsonObject With(Unfolding u, DecisionStep step, JsonObject? measured)
    {
        var all = (JsonObject)u.A.Measured.DeepClone();
        if (measured is not null)
            all[step.Key] = measured.DeepClone();
        return all;
    }

    private static void Checks(CastVote c, DecisionStep step, JsonObject scope, Dictionary<string, bool> checks, List<Fault> faults)
    {
        foreach (var check in step.Checks)
        {
            checks[check.Key] = Holds(check, scope);
            if (!checks[check.Key] && check.Blocks && c.Decision is Decision.Approve)
                faults.Add(new Fault($"/checks/{check.Key}", new Text($"不符合：{check.Title.Zh}。", $"Not fulfilled: {check.Title.En}.")));
        }
    }

    /// <summary>What cannot be told, because nothing was measured, does not hold.</summary>
    private static bool Holds(Check check, JsonObject scope)
    {
        try
        {
            return check.That.Holds(scope);
        }
        catch (ExpressionException)
        {
            return false;
        }
    }
}
