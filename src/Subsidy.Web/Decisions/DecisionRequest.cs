using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Web.Intake;
using Subsidy.Web.Links;

namespace Subsidy.Web.Decisions;

/// <summary>What an approver sends to <c>POST /decisions/{token}</c>.</summary>
/// <param name="At">Number of the event that was shown.</param>
/// <param name="Missing">For a return: everything that is missing.</param>
internal sealed record DecisionRequest(
    Decision Decision,
    string? Comment,
    int At,
    IReadOnlyList<Missing> Missing,
    IReadOnlyList<string> Checklist,
    JsonObject? Measurements,
    string? DelegateTo)
{
    private const int MostItems = 50;

    /// <summary>Null when something is faulty as JSON; whether the decision may be made is for the core.</summary>
    public static DecisionRequest? Read(JsonElement json, List<Fault> faults)
    {
        var fields = new JsonFields(json, "", faults);
        var decision = fields.Choice<Decision>("decision");
        var comment = fields.Text("comment");
        var at = fields.Integer("at");
        var request = new DecisionRequest(
            decision ?? default,
            comment,
            at ?? 0,
            [.. fields.Objects("missing", MostItems).Select(ReadMissing)],
            fields.Texts("checklist", MostItems),
            fields.Tree("measurements"),
            fields.Text("delegateTo"));
        fields.Close();
        if (decision is null && !fields.Has("decision"))
            faults.Add(new Fault("/decision", new Text("请选择一个决定。", "Please choose a decision.")));
        if (at is null && !fields.Has("at"))
            faults.Add(new Fault("/at", new Text("缺少所看到的事件编号。", "The number of the event that was shown is missing.")));
        return faults.Count == 0 ? request : null;
    }

    public CastVote Vote(DecisionLink link, IReadOnlyList<Paper> photos) => new(
        link.Staff, link.Assignment, link.Round, link.Number, At, Decision, Comment, Asked, Checklist, Measurements, photos, DelegateTo);

    /// <summary>Whoever returns a case and lists nothing has said in the comment what is missing.</summary>
    private IReadOnlyList<Missing> Asked =>
        Decision is Decision.Return && Missing.Count == 0 && !string.IsNullOrWhiteSpace(Comment) ? [new Missing("", Comment.Trim())] : Missing;

    private static Missing ReadMissing(JsonFields fields)
    {
        var missing = new Missing(fields.Text("pointer") ?? "", fields.Text("text") ?? "");
        fields.Close();
        return missing;
    }
}
