using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Links;

namespace Subsidy.Web.Payments;

/// <summary>What the link in an approver's mail lets its holder do: see one pay run, and approve or discard it, once.</summary>
internal sealed class ApprovalTaking(ApprovalLinks links, PayRunDesk desk, ITownship township, TimeProvider time)
{
    /// <summary>What the link opens; whoever may not decide (any more) is told why by <see cref="OpenedApproval.Bar"/>.</summary>
    public async Task<Outcome<OpenedApproval>> OpenAsync(string token, CancellationToken cancel)
    {
        if (!links.TryRead(token, time.GetUtcNow(), out var link, out var fault))
            return Failures.Of(fault is LinkFault.Expired ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound);
        if (await desk.FindAsync(link.Run, cancel) is not { } run)
            return Failures.Of(StatusCodes.Status404NotFound);
        // Discarding asks no more of a person than approving does, so one question serves both.
        var refusal = PayRunDecider.Decide(run, new ApproveRun(link.Staff, link.Digest), township.Register, time.GetUtcNow()).Refusal;
        return new OpenedApproval(link, run, refusal is null ? null : Problem.Of(refusal));
    }

    public async Task<Outcome<ApprovalAnswer>> DecideAsync(OpenedApproval opened, ApprovalRequest request, CancellationToken cancel)
    {
        if (opened.Bar is { } bar)
            return bar;
        var link = opened.Link;
        if (request.Digest != link.Digest)
        {
            return Problem.Of(Refusal.Of(
                RefusalCode.MovedOn, "批次内容与您看到的不同，请重新查看。", "The pay run is not what you were shown. Please look at it again."));
        }
        PayRunCommand command = request.Decision is ApprovalDecision.Approve
            ? new ApproveRun(link.Staff, request.Digest)
            : new DiscardRun(link.Staff, request.Reason ?? "");
        var answer = await desk.HandleAsync(link.Run, command, cancel);
        return answer.Refusal is { } refusal ? Problem.Of(refusal) : new ApprovalAnswer(answer.Run!.Id.ToString(), answer.Run.State);
    }
}

/// <param name="Bar">Why nothing can be decided with it; null when it can.</param>
internal sealed record OpenedApproval(ApprovalLink Link, PayRun Run, Problem? Bar)
{
    /// <summary>What this person decided, and when; null when they did not.</summary>
    public Signature? Own => new[] { Run.Approved, Run.Discarded }.FirstOrDefault(signature => signature?.Staff == Link.Staff);
}

/// <param name="Run">Its number.</param>
/// <param name="State">Afterwards.</param>
public sealed record ApprovalAnswer(string Run, PayRunState State);
