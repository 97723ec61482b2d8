using System.Diagnostics;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Township;

namespace Subsidy.Core.Payments;

/// <summary>
/// Who may bring an answer of the bank to a run. The inbox is the bank's own; what a member of staff uploads counts once another person has
/// confirmed it: by a forged rejection alone, everybody would be paid again.
/// </summary>
internal static class AnswerTaking
{
    public static (Refusal?, PayRunEvent[]) Decide(PayRun run, PayRunCommand command, TownshipRegister staff) => command switch
    {
        TakeAnswer c => Unfit(run, c.CreatedAt, c.Before) is { } refusal ? (refusal, []) : (null, [new AnswerTaken(c.MessageId, c.CreatedAt, c.Sha256, null)]),
        ProposeAnswer c => Propose(run, c, staff),
        ConfirmAnswer c => Confirm(run, c, staff),
        DeclineAnswer c => Decline(run, c, staff),
        _ => throw new UnreachableException(),
    };

    private static (Refusal?, PayRunEvent[]) Propose(PayRun run, ProposeAnswer c, TownshipRegister staff)
    {
        if (staff.Find(c.Staff) is not { OfFinance: true })
            return (NotAllowed("只有财务人员可以上传银行回执。", "Only finance staff may upload an answer of the bank."), []);
        if (run.Proposed?.Sha256 == c.Sha256)
            return (null, []);
        if (run.Proposed is { } other)
        {
            return (Refusal.Of(
                RefusalCode.MovedOn,
                $"{staff.NameOf(other.Staff)}上传的另一份回执还没有确认，请先处理。",
                $"Another answer, uploaded by {staff.NameOf(other.Staff)}, is still to be confirmed. Please deal with it first."), []);
        }
        return Unfit(run, c.CreatedAt, run.Answers) is { } refusal
            ? (refusal, [])
            : (null, [new AnswerProposed(c.MessageId, c.CreatedAt, c.Sha256, c.Staff, staff.Find(c.Staff)?.Person, c.Document)]);
    }

    private static (Refusal?, PayRunEvent[]) Confirm(PayRun run, ConfirmAnswer c, TownshipRegister staff)
    {
        if (staff.Find(c.Staff) is not { OfFinance: true })
            return (NotAllowed("只有财务人员可以确认银行回执。", "Only finance staff may confirm an answer of the bank."), []);
        if (run.Proposed is not { } proposed || proposed.Sha256 != c.Sha256)
            return (Gone, []);
        if (staff.IsSamePerson(c.Staff, proposed.Staff, proposed.Person))
            return (NotAllowed("上传人不能确认自己上传的回执，须由另一人确认。", "Who uploaded an answer may not confirm it: another person must."), []);
        if (Approvers.IsConcerned(run, c.Staff, staff))
            return (NotAllowed("批次中有您本人、本户或亲属的款项，须由另一人确认。", "This pay run pays your own household or a declared relative: another person must confirm it."), []);
        return Unfit(run, proposed.CreatedAt, c.Before) is { } refusal
            ? (refusal, [])
            : (null, [new AnswerTaken(proposed.MessageId, proposed.CreatedAt, proposed.Sha256, proposed.Staff)]);
    }

    private static (Refusal?, PayRunEvent[]) Decline(PayRun run, DeclineAnswer c, TownshipRegister staff)
    {
        if (staff.Find(c.Staff) is not { OfFinance: true })
            return (NotAllowed("只有财务人员可以退回上传的回执。", "Only finance staff may decline an uploaded answer."), []);
        if (run.Proposed is not { } proposed || proposed.Sha256 != c.Sha256)
            return (Gone, []);
        return string.IsNullOrWhiteSpace(c.Reason)
            ? (Refusal.Of(RefusalCode.Invalid, "请写明退回的原因。", "Please give a reason."), [])
            : (null, [new AnswerDeclined(c.Sha256, c.Staff, c.Reason)]);
    }

    private static Refusal? Unfit(PayRun run, DateTimeOffset createdAt, int before)
    {
        if (run.State is not (PayRunState.Sent or PayRunState.Closed) || run.File is null)
            return Refusal.Of(RefusalCode.Invalid, $"批次{run.Id}尚未发送银行。", $"Pay run {run.Id} has not been sent to the bank.");
        if (run.Answer is not null || run.Answers != before)
            return Refusal.Of(RefusalCode.MovedOn, "上一份回执还在处理，请稍后再试。", "The answer before is still being applied. Please try again in a moment.");
        return createdAt < run.AnsweredAt
            ? Refusal.Of(
                RefusalCode.Invalid,
                $"这份回执早于已读入的回执（{ChinaTime.Say(run.AnsweredAt.Value)}）。",
                $"This answer is older than one that was taken already ({ChinaTime.Say(run.AnsweredAt.Value)}).")
            : null;
    }

    private static Refusal Gone => Refusal.Of(
        RefusalCode.MovedOn, "这份回执已经处理过，请重新查看批次。", "This answer has been dealt with already. Please look at the pay run again.");

    private static Refusal NotAllowed(string zh, string en) => Refusal.Of(RefusalCode.NotAllowed, zh, en);
}
