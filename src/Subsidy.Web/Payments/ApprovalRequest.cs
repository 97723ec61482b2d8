using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;

namespace Subsidy.Web.Payments;

/// <summary>What an approver sends to <c>POST /pay-approvals/{token}</c>.</summary>
/// <param name="Digest">Of what was shown.</param>
/// <param name="Reason">Why the run is discarded.</param>
internal sealed record ApprovalRequest(ApprovalDecision Decision, string Digest, string? Reason)
{
    private const string FormToken = "__RequestVerificationToken";

    /// <summary>JSON, or a form with the same fields.</summary>
    public static async Task<Outcome<ApprovalRequest>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var body = request.HasFormContentType
            ? JsonInput.Parse(Json(await request.ReadFormAsync(cancel)))
            : await JsonInput.ReadBodyAsync(request, cancel);
        using var document = body.Document;
        if (body.Problem is { } malformed)
            return malformed;
        var faults = new List<Fault>();
        var read = Read(body.Root, faults);
        return faults.Count == 0 ? read : Problem.Of(Refusal.Invalid(faults));
    }

    private static ApprovalRequest Read(JsonElement json, List<Fault> faults)
    {
        var fields = new JsonFields(json, "", faults);
        var decision = fields.Choice<ApprovalDecision>("decision");
        var digest = fields.Text("digest");
        var reason = fields.Text("reason")?.ReplaceLineEndings("\n").Trim();
        fields.Close();
        if (decision is null && !fields.Has("decision"))
            faults.Add(new Fault("/decision", new Text("请选择一个决定。", "Please choose a decision.")));
        if (digest is null && !fields.Has("digest"))
            faults.Add(new Fault("/digest", new Text("缺少所看到内容的校验值。", "The digest of what was shown is missing.")));
        if (decision is ApprovalDecision.Discard && string.IsNullOrEmpty(reason))
            faults.Add(new Fault("/reason", new Text("请写明取消的原因。", "Please give a reason.")));
        return new ApprovalRequest(decision ?? default, digest ?? "", reason);
    }

    private static byte[] Json(IFormCollection form)
    {
        var json = new JsonObject();
        foreach (var (name, values) in form.Where(field => field.Key != FormToken && !(field.Key == "reason" && field.Value.All(string.IsNullOrEmpty))))
            json[name] = values.ToString();
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}

internal enum ApprovalDecision { Approve, Discard }
