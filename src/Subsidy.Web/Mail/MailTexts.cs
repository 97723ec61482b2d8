using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Mail;

/// <summary>One text per kind of mail. Nobody is named: whoever reads it over a shoulder learns a number and a step.</summary>
internal static class MailTexts
{
    private static readonly Text MyApplication = new("凭申请编号和查询码查看申请：", "See the application with its reference and your access key:");
    private static readonly Text Decide = new("查看材料并作出决定：", "See the papers and decide:");
    private static readonly Text WorkList = new("登录后在工作台查看：", "See the work list after signing in:");

    private static readonly Text SignedIn = new("登录后查看收据和照片：", "Sign in to see the receipt and its photo:");

    /// <exception cref="ArgumentOutOfRangeException">A kind without a text.</exception>
    public static Letter Of(MailKind kind, LetterFacts facts) => kind switch
    {
        MailKind.Invitation => ToStaff(
            facts, "请办理", "please decide", Decide,
            new Text("这份申请到了上面这一步，请您办理。", "This application has come to the step above and waits for your decision."),
            By(facts, "请在{0}前决定。", "Please decide by {0}."),
            new Text(
                "链接只供您本人使用，请勿转发。打开链接不会改变任何内容，提交后才作出决定。",
                "The link is for you alone; please do not pass it on. Opening it changes nothing: only what you submit decides.")),
        MailKind.Reminder => ToStaff(
            facts, "提醒：请办理", "reminder, please decide", Decide,
            new Text("这份申请仍在等您办理。", "This application still waits for your decision."),
            By(facts, "期限是{0}。", "It is due by {0}.")),
        MailKind.Overdue => ToStaff(
            facts, "已超过期限", "overdue", WorkList,
            new Text("这一步没有按期办结，请督促办理。系统不会代替任何人作出决定。", "This step has not been finished in time; please see to it. The system never decides in anyone's place."),
            By(facts, "期限是{0}。", "It was due by {0}.")),
        MailKind.Blocked => ToStaff(
            facts, "没有人可以办理", "nobody may decide", WorkList,
            new Text(
                "按回避和分权的规定，这一步没有合适的人可以办理。请在人员名册中补充人员；在此之前申请停在这一步。",
                "By the rules on recusal and separate gates nobody is left who may decide this step. Please add someone to the staff register; until then the application stays where it is.")),
        MailKind.Accepted => ToApplicant(
            facts, "已收到", "received",
            new Text("您的申请已经收到，将按步骤办理。需要您做什么，我们会再写信给您。", "Your application has been received and goes its way. We write again whenever something is asked of you.")),
        MailKind.Duplicate => ToApplicant(
            facts, "未受理", "not accepted",
            new Text("同一人或同一户已经有一份较早的申请，所以这一份没有受理。页面上写有较早申请的编号。", "An earlier application of the same person or household stands in the way, so this one was not accepted. The page names the earlier one.")),
        MailKind.Returned => ToApplicant(
            facts, "需要补正", "please complete it",
            new Text("您的申请需要补正。需要的内容已一次全部列在页面上。", "Your application needs to be completed. Everything that is missing is listed on the page, all at once."),
            By(facts, "请在{0}前补正。", "Please do so by {0}.")),
        MailKind.LapseWarning => ToApplicant(
            facts, "即将失效", "about to lapse",
            new Text("我们还没有收到您的补正材料。到期没有补正，申请将失效。", "We have not received what was asked for. Without it the application lapses."),
            By(facts, "最后期限是{0}。", "The last day is {0}.")),
        MailKind.Lapsed => ToApplicant(
            facts, "已失效", "lapsed",
            new Text("因为没有按期补正，申请已经失效。如有特殊情况，可以请镇政府重新启用，也可以重新申请。", "The application has lapsed because it was not completed in time. The township can re-open it for good reason, and you may apply again.")),
        MailKind.Reopened => ToApplicant(
            facts, "已重新启用", "re-opened",
            new Text("您的申请已经重新启用，请完成补正。", "Your application has been re-opened; please complete it."),
            By(facts, "请在{0}前补正。", "Please do so by {0}.")),
        MailKind.Posted => ToApplicant(
            facts, "正在公示", "public notice",
            new Text("您的申请正在公示，个人信息已经遮盖。公示期满、没有异议后继续办理。", "Your application is on public notice, with personal data masked. It goes on when the notice has ended without objection."),
            By(facts, "公示到{0}为止。", "The notice ends on {0}.")),
        MailKind.Objected => ToApplicant(
            facts, "公示期间收到异议", "an objection was made",
            new Text("公示期间有人提出异议，公示暂停，等待核实。结果会告诉您。", "Someone has objected during the public notice. The notice stands still while this is looked into; you will be told the outcome.")),
        MailKind.Approved => ToApplicant(
            facts, "已批准", "approved",
            new Text("您的申请已经批准，等待拨付资金。", "Your application has been approved and waits for the fund.")),
        MailKind.Issued => ToApplicant(
            facts, "证件已核发", "permit issued",
            new Text("您的证件已经核发，可以在页面上查看和打印。", "Your permit has been issued; you can see and print it on the page.")),
        MailKind.RequestReminder => ToApplicant(
            facts, "轮到您了", "it is your turn",
            new Text("下一步由您提出后才能办理，准备好后请在页面上提出。", "The next step begins when you ask for it. Please do so on the page when you are ready."),
            By(facts, "期限是{0}。", "It is due by {0}.")),
        MailKind.SupplementAsked => ToApplicant(
            facts, "请补交材料", "papers to be added",
            new Text("请补交页面上列出的材料。", "Please hand in the papers that the page lists."),
            By(facts, "请在{0}前补交。", "Please do so by {0}.")),
        MailKind.Rectify => ToApplicant(
            facts, "需要整改", "to be put right",
            new Text("验收没有通过，请按页面上的说明整改。", "The inspection found something to be put right; the page says what."),
            By(facts, "请在{0}前完成。", "Please do so by {0}.")),
        MailKind.Rejected => ToApplicant(
            facts, "未批准", "not approved",
            new Text("您的申请没有批准。理由和救济途径写在页面上（行政许可法第三十八条）。", "Your application was not approved. The page states the reasons and the remedies (Administrative Licensing Law art. 38)."),
            By(facts, "可以在{0}前申请复核。", "You may appeal by {0}.")),
        MailKind.AppealDecided => ToApplicant(
            facts, "复核已有结果", "your appeal was decided",
            new Text("您的复核申请已经有了结果，请在页面上查看。", "Your appeal has been decided; the page tells the outcome.")),
        MailKind.Withdrawn => ToApplicant(
            facts, "已撤回", "withdrawn",
            new Text("您的申请已经按您的要求撤回。如果不是您本人操作，请立即联系镇政府。", "Your application was withdrawn as you asked. If this was not you, please tell the township at once.")),
        MailKind.Revoked => ToApplicant(
            facts, "已撤销", "revoked",
            new Text("先前的决定已经撤销，理由和救济途径写在页面上。", "The earlier decision has been revoked. The page states the reasons and the remedies.")),
        MailKind.Closed => ToApplicant(
            facts, "已办结", "finished",
            new Text("您的申请已经办结。", "Your application is finished.")),
        MailKind.FundsQueued => ToApplicant(
            facts, "等待资金", "waiting for the fund",
            new Text("您的申请已经批准，但资金暂时不够，按先后次序等候。资金到位后自动发放，您不用做什么。", "Your application is approved, but the fund is exhausted for now: it waits its turn. It is paid as soon as there is money; you need not do anything.")),
        MailKind.Paid => ToApplicant(
            facts, "已发放", "paid",
            new Text("款项已经发放，金额和日期写在页面上。", "The money has been paid. The page says how much and when.")),
        MailKind.PaymentFailed => ToApplicant(
            facts, "没有发放成功", "the payment failed",
            new Text("银行没有能够付到您的账户，原因写在页面上。钱为您留着：请在页面上更正收款账户。", "The bank could not pay into your account; the page says why. The money is kept for you: please correct the account on the page.")),
        MailKind.PayeeRefused => ToApplicant(
            facts, "收款账户没有通过核实", "the new account was not accepted",
            new Text("您提出的新收款人没有通过核实。请在页面上重新填写。", "The new payee that you gave could not be confirmed. Please enter another on the page.")),
        MailKind.PaymentsStopped => ToApplicant(
            facts, "停止发放", "payments stop",
            new Text(
                "按期发放已经停止。最后一期、理由和救济途径写在页面上（行政许可法第三十八条）。",
                "The regular payments have stopped. The page states the last period, the reasons and the remedies (Administrative Licensing Law art. 38)."),
            By(facts, "可以在{0}前申诉。", "You may appeal by {0}.")),
        MailKind.AmountChanged => ToApplicant(
            facts, "金额有变化", "another amount",
            new Text(
                "复核后，按期发放的金额有变化。从哪一期起、发多少和救济途径写在页面上；此前已经核定的不变。",
                "After the re-check another amount is paid. The page says from which period on, how much, and what you can do if you disagree; what was granted before stays as it is.")),
        MailKind.Recheck => ToApplicant(
            facts, "复核", "re-check",
            new Text("按规定要复核您是否仍然符合条件、应发多少。复核通过后继续发放；需要您补交材料的，页面上会列出。", "It is checked again that you are still eligible, and how much is due. Payments go on once that is found; where papers are needed, the page lists them.")),
        MailKind.RecoveryOpened => ToApplicant(
            facts, "需要退回", "to be paid back",
            new Text("已经发放的款项需要退回，金额和办法写在页面上。一次退回有困难的，可以和财政所商定分期。", "Money that was paid has to be paid back. The page says how much and how; if it cannot be done at once, ask the finance office for instalments.")),
        MailKind.MoneyReminder => ToStaff(
            facts, "款项需要处理", "money to be seen to", WorkList,
            new Text("收款账户还没有更正，或者还有款项没有追回，或者已经发放的申请逾期失效、要决定是否追回，或者发放的金额比批准的少，请跟进。",
                "An account has not been corrected yet, money is still to be recovered, an application has lapsed after it was paid and somebody decides whether that is asked back, or less was paid than is granted; please see to it.")),
        MailKind.HandOverWitness => ToStaff(
            facts, "请见证签字", "please sign as its witness", SignedIn,
            new Text(
                "有一笔救助已从备用金当面给付，付款人写明您当时在场。请登录查看收据和照片，确实亲眼看到的，再签字；两人都签字才算发放。",
                "Relief was handed over on the spot out of the petty fund, and the payer says that you were there. Please sign in, look at the receipt and its photo, and sign only if you saw it. It counts once both have signed."),
            new Text("如果您不在场或情况不符，请在同一页面上拒绝签字并写明理由。", "If you were not there, or it was otherwise, refuse on the same page and say why.")),
        MailKind.HandOverOverdue => ToStaff(
            facts, "还没有见证", "not witnessed yet", SignedIn,
            new Text(
                "一笔当面给付还差见证人签字，已经催过。请问清情况：见证人签字，或者核实钱物已退回后撤销。在此之前，它不会进入发放批次，也不算发放。",
                "A handover on the spot still lacks its second signature, and the witness was reminded. Please find out: the witness signs, or it is dropped once the cash or goods are known to be back. Until then no pay run takes it and it does not count as paid.")),
        MailKind.HandOverRefused => ToStaff(
            facts, "见证人拒绝签字", "the witness refuses to sign", SignedIn,
            new Text(
                "付款人登记的一次当面给付，见证人说明自己不在场或者情况不符，理由写在页面上。这笔钱没有变动：不进入发放批次，也不算发放。",
                "The person named as the witness of a handover on the spot was not there, or says that it was otherwise; the page says why. Nothing has become of the money: no pay run takes it, and it does not count as paid."),
            new Text(
                "请马上查清钱物在哪里。没有交出或已经退回的，撤销；确已交到收款人手里的，另请一位在场人员见证。由财政所付款人以外的人员处理。",
                "Please find out at once where the cash or goods are. Drop the handover if nothing was handed over or it is back; if the payee has it, name another witness who was there. Somebody of the finance office other than the payer decides.")),
        MailKind.HandOverDropped => ToStaff(
            facts, "已撤销", "dropped", SignedIn,
            new Text(
                "这次当面给付不算发放，原因写在页面上。钱物如果已经交出，请收回，或者立即告诉财政所，以免重复发放。",
                "This handover does not count as paid; the page says why. If cash or goods were given out, please get them back or tell the finance office at once, so that nothing is paid twice.")),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of mail without a text."),
    };

    private static Letter ToStaff(LetterFacts facts, string zh, string en, Text link, params ReadOnlySpan<Text?> said) =>
        Make(facts, $"{zh}：{facts.Matter.Zh}（{facts.Reference}）", $"{facts.Reference}, {facts.Matter.En}: {en}", link, said);

    private static Letter ToApplicant(LetterFacts facts, string zh, string en, params ReadOnlySpan<Text?> said) =>
        Make(facts, $"申请{facts.Reference}：{zh}", $"Application {facts.Reference}: {en}", MyApplication, said);

    private static Letter Make(LetterFacts facts, string zh, string en, Text link, ReadOnlySpan<Text?> said)
    {
        var paragraphs = new List<Text>
        {
            new($"编号：{facts.Reference}\n事项：{facts.Scheme.Zh}\n步骤：{facts.Matter.Zh}", $"Reference: {facts.Reference}\nScheme: {facts.Scheme.En}\nStep: {facts.Matter.En}"),
        };
        foreach (var text in said)
        {
            if (text is not null)
                paragraphs.Add(text);
        }
        return new Letter(new Text(zh, en), paragraphs, link);
    }

    private static Text? By(LetterFacts facts, string zh, string en) =>
        facts.By is { } by ? new Text(zh.Replace("{0}", by.Zh, StringComparison.Ordinal), en.Replace("{0}", by.En, StringComparison.Ordinal)) : null;
}
