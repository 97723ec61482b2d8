using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Web.Wording;

namespace Subsidy.Web.History;

/// <summary>What applicants read of their money.</summary>
internal static class MoneyHistory
{
    /// <returns>Null for what stays inside.</returns>
    public static Text? Say(Event happened) => happened switch
    {
        EntitlementGranted { Period: "once" } e => new($"已批准，应发{e.Amount}元。", $"Approved: {e.Amount} yuan."),
        EntitlementGranted { Kept: { } kept } e => new(
            $"{e.Period}期应发{e.Amount + kept.Amount}元，其中{kept.Amount}元抵扣应退回的款项，实发{e.Amount}元。",
            $"Owed for {e.Period}: {e.Amount + kept.Amount} yuan. Of this, {kept.Amount} are kept back for what has to be paid back; {e.Amount} will be paid."),
        EntitlementGranted e => new($"{e.Period}期应发{e.Amount}元。", $"Owed for {e.Period}: {e.Amount} yuan."),
        FundsAwaited => new("等待拨付资金。", "Waiting for the fund."),
        FundsQueued => new("资金暂时不够，按先后次序等候。", "The fund is exhausted for now; your application waits its turn."),
        FundsReserved => new("资金已经预留。", "The money has been set aside."),
        FundsCarriedOver e => new($"资金结转到{e.Fund.Year}年。", $"The money was carried over to {e.Fund.Year}."),
        FundsLapsed e => new($"{e.Fund.Year}年的预留已到期，在下一年重新安排。", $"The reservation of {e.Fund.Year} has ended; it is made again in the next year."),
        EntitlementCancelled => new("批准的金额不再发放。", "What was approved will not be paid."),
        PaymentsBegun e => new(
            $"按期发放，从{DateText.Day(ChinaTime.DateOf(e.Next)).Zh}起。", $"Payments follow one another from {DateText.Day(ChinaTime.DateOf(e.Next)).En}."),
        PaymentsStopped e => Stopped(e),
        StopFinal => new("停止发放的决定已经生效。", "That payments stop is final."),
        PaymentsResumed e => new($"从{PaymentText.Period(e.From).Zh}起继续发放。", $"Payments go on, from {PaymentText.Period(e.From).En}."),
        RecheckCalled { Staff: null } => new("您报告了情况变化。", "You reported that circumstances have changed."),
        RecheckCalled => new("提前复核。", "A re-check was called for ahead of time."),
        RecheckDecided { GoesOn: false } => new("复核没有通过。", "Checked again: no longer eligible."),
        RecheckDecided => new("复核通过，继续发放。", "Checked again: payments go on."),
        PaymentOrdered => new("已列入发放批次，银行正在处理。", "In a pay run; the bank is carrying it out."),
        HandOverSigned e => new(
            $"登记：已当面给付您{e.Amount}元（收据{e.Receipt}），等另一位在场人员签字。如果您没有收到，请马上告诉镇政府。",
            $"Recorded: {e.Amount} yuan were handed over to you (receipt {e.Receipt}); another who was there has yet to sign. If you have received nothing, please tell the township at once."),
        HandOverRefused => new(
            "指定的在场人员没有为这次当面给付签字，镇政府正在核实。如果您没有收到，请马上告诉镇政府。",
            "The person named as the witness of that handover did not sign; the township is looking into it. If you have received nothing, please tell the township at once."),
        HandOverDropped => new("当面给付的登记已撤销。", "The record of that handover was withdrawn."),
        Paid { Run: null } e => new($"已当面给付{e.Amount}元。", $"{e.Amount} yuan were handed over."),
        Paid e => new($"已发放{e.Amount}元。", $"{e.Amount} yuan have been paid."),
        PaidShort e => new(
            $"比批准的金额少发了{e.Missing}元，财政所已收到提醒。", $"That is {e.Missing} yuan less than what is granted; the finance office has been told."),
        PaymentFailed e => Failed(e.Code, new("没有发放成功", "The payment failed")),
        PaymentReturned e => Failed(e.Code, new("已发放的款项被银行退回", "The bank sent the payment back")),
        PayeeCalled => new("仍在等您更正收款账户。", "Your account has still to be corrected."),
        PayeeCorrected => new("收款账户已更正。", "The account was corrected."),
        PayeeProposed => new("您更换了收款人，正在核实。", "You named another payee; this is being checked."),
        PayeeDecided { Accepted: true } => new("新的收款人已核实。", "The new payee was confirmed."),
        PayeeDecided => new("新的收款人没有通过核实，请重新填写。", "The new payee could not be confirmed; please enter another."),
        PaymentRetried => new("将在下一批次重新发放。", "It will be paid with the next run."),
        RecoveryOpened e => new($"需要退回{e.Amount}元。", $"{e.Amount} yuan have to be paid back."),
        RecoveryRaised e => new($"另需退回{e.Amount}元。", $"{e.Amount} yuan more have to be paid back."),
        RecoveryDropped => new("银行已退回款项，不再需要您退回。", "The bank has returned the money; nothing is to be paid back."),
        InstalmentsAgreed e => new($"约定分{e.Instalments.Count}期退回。", $"To be paid back in {e.Instalments.Count} instalments."),
        RecoveryRepaid e => new($"收到退回款{e.Amount}元。", $"{e.Amount} yuan came back."),
        RecoveryOffset e => new($"从以后的款项中抵扣{e.Amount}元。", $"{e.Amount} yuan were kept back from a later payment."),
        RecoveryOffsetUndone e => new(
            $"抵扣的那一期不再应发，{e.Amount}元仍需退回。", $"The period that {e.Amount} yuan were kept back from is not owed; they have to be paid back again."),
        WriteOffDecided { Accepted: true } e => new($"余下的{e.Amount}元不再追回。", $"The remaining {e.Amount} yuan are not claimed any more."),
        StatementDrawn e => new(
            $"工作人员查询了{e.Year}年的发放清单，其中包括这份申请的款项。",
            $"Staff looked up what was paid in {e.Year}; the payments of this application were among it."),
        RecoveryClosed => new("款项已经结清。", "Everything is settled."),
        _ => null,
    };

    /// <summary>With reasons and remedy, where somebody has decided it (Administrative Licensing Law art. 38).</summary>
    private static Text Stopped(PaymentsStopped e)
    {
        var (last, reason) = (PaymentText.Period(e.Last), PaymentText.Reason(e.Reason));
        var why = e is { Staff: not null, Comment: { } comment } ? comment.Trim().TrimEnd('。', '.') : null;
        var until = e.AppealUntil is { } appeal ? DateText.Deadline(appeal) : null;
        return new(
            $"停止按期发放，最后一期{last.Zh}：{reason.Zh}。{(why is null ? "" : $"理由：{why}。")}{(until is null ? "" : $"可以在{until.Zh}前申诉。")}",
            $"Payments stop after {last.En}: {reason.En}.{(why is null ? "" : $" Reasons: {why}.")}{(until is null ? "" : $" You may appeal until {until.En}.")}");
    }

    private static Text Failed(string code, Text what)
    {
        var meaning = ReasonCodes.Of(code).Meaning;
        return new($"{what.Zh}：{meaning.Zh}", $"{what.En}: {meaning.En}");
    }
}
