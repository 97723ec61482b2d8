using System.Globalization;
using System.Text.Json;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Web.Wording;

namespace Subsidy.Web.History;

/// <summary>
/// The events of a stream as the applicant may read them: what happened and until when something is due. Who voted how, who stepped
/// aside, who objected and why is not theirs to see; the reasons of a refusal and of a return are.
/// </summary>
public static class ApplicantHistory
{
    public static IReadOnlyList<HistoryEntry> Of(IEnumerable<Recorded> events, Scheme scheme, CultureInfo culture)
    {
        var entries = new List<HistoryEntry>();
        foreach (var recorded in events)
        {
            if (Say(recorded.Event, scheme) is { } text)
                entries.Add(new HistoryEntry(recorded.At, JsonNamingPolicy.CamelCase.ConvertName(recorded.Event.GetType().Name), text.In(culture)));
        }
        return entries;
    }

    /// <returns>Null for what stays inside.</returns>
    private static Text? Say(Event happened, Scheme scheme) => OnTheWay(happened, scheme) ?? FromTheApplicant(happened, scheme) ?? AtTheEnd(happened, scheme) ?? MoneyHistory.Say(happened);

    private static Text? FromTheApplicant(Event happened, Scheme scheme) => happened switch
    {
        DraftOpened e => new($"开始填写，请在{DateText.Moment(e.Until).Zh}前提交。", $"You began the form; please submit it by {DateText.Moment(e.Until).En}."),
        PaperAdded e => new($"收到材料：{Titles.Paper(scheme, e.Paper.Kind).Zh}。", $"Paper received: {Titles.Paper(scheme, e.Paper.Kind).En}."),
        Submitted => new("申请已提交。", "The application was submitted."),
        Amended => new("补正已提交。", "Your corrections were submitted."),
        RequestAwaited e => new($"等您提出：{Titles.Request(scheme, e.Step).Zh}。", $"It is for you to ask for: {Titles.Request(scheme, e.Step).En}."),
        Requested e => new($"您已提出：{Titles.Request(scheme, e.Step).Zh}。", $"You asked for: {Titles.Request(scheme, e.Step).En}."),
        SupplementAsked e => new(
            $"请在{By(e.Due, e.Estimate).Zh}前补交：{string.Join('、', e.Documents.Select(kind => Titles.Paper(scheme, kind).Zh))}。",
            $"Please hand in by {By(e.Due, e.Estimate).En}: {string.Join(", ", e.Documents.Select(kind => Titles.Paper(scheme, kind).En))}."),
        Supplemented { Complete: true } => new("补交的材料已齐全。", "The papers are complete."),
        Supplemented => new("补交期限已过，将按现有材料核查。", "The time for the papers has ended; the check goes on with what is there."),
        Appealed => new("您已提出申诉。", "You have appealed."),
        Withdrawn => new("申请已撤回。", "The application was withdrawn."),
        _ => null,
    };

    private static Text? OnTheWay(Event happened, Scheme scheme) => happened switch
    {
        ClaimsTaken => new("申请已登记。", "The application was registered."),
        AmountSet { From: { } from, Before: { } before } e => new(
            $"从{PaymentText.Period(from).Zh}起每期{e.Amount}元，此前每期{before}元。", $"From {PaymentText.Period(from).En} on {e.Amount} yuan instead of {before}."),
        AmountSet e => new($"按规则计算的金额：{e.Amount}元。", $"Amount by the scheme's rules: {e.Amount} yuan."),
        StepPassed e => new($"“{Titles.Step(scheme, e.Step).Zh}”已通过。", $"“{Titles.Step(scheme, e.Step).En}” was passed."),
        StepReopened e => new($"“{Titles.Step(scheme, e.Step).Zh}”需要重新办理。", $"“{Titles.Step(scheme, e.Step).En}” is taken again."),
        Assigned e => Opened(e, scheme),
        Escalated => new("办理超过了期限，已报告上级。", "The decision is overdue; the level above has been told."),
        DeadlineMoved e => new($"期限顺延到{By(e.Due, e.Estimate).Zh}。", $"The deadline has moved to {By(e.Due, e.Estimate).En}."),
        Returned e => new(
            $"需要补正：{List(e.Missing?.Select(one => one.Text), "；")}。请在{By(e.Due, e.Estimate).Zh}前补正。",
            $"To be put right: {List(e.Missing?.Select(one => one.Text), "; ")}. Please do so by {By(e.Due, e.Estimate).En}."),
        LapseWarned e => new($"补正期限快到了：{By(e.Due, e.Estimate).Zh}。", $"The time for corrections ends soon: {By(e.Due, e.Estimate).En}."),
        Reopened e => new($"申请已恢复，请在{By(e.Due, e.Estimate).Zh}前补正。", $"The application was re-opened; please put it right by {By(e.Due, e.Estimate).En}."),
        NoticePosted e => new(
            $"“{Titles.Step(scheme, e.Step).Zh}”开始，公示到{By(e.Until, false).Zh}。",
            $"“{Titles.Step(scheme, e.Step).En}” has begun; the notice ends on {By(e.Until, false).En}."),
        NoticeStopped => new("公示暂停。", "The notice stands still."),
        NoticeResumed e => new($"公示继续，到{By(e.Until, false).Zh}。", $"The notice goes on until {By(e.Until, false).En}."),
        Objected { Anonymous: false } => new("公示期间有人提出异议，正在核实。", "Someone objected during the notice; this is being looked into."),
        ObjectionResolved { Upheld: true } => new("异议经核实成立。", "The objection was upheld."),
        ObjectionResolved => new("异议经核实不成立。", "The objection was dismissed."),
        RectificationOrdered e => new(
            $"需要整改：{List(e.Reasons, "；")}。请在{By(e.Due, e.Estimate).Zh}前完成。",
            $"To be put right: {List(e.Reasons, "; ")}. Please do so by {By(e.Due, e.Estimate).En}."),
        AppealResolved { Upheld: true } => new("申诉成立。", "Your appeal was upheld."),
        AppealResolved => new("申诉不成立。", "Your appeal was dismissed."),
        MailBounced e when e.Duty.EndsWith("-applicant", StringComparison.Ordinal) =>
            new("发到您邮箱的通知被退回，请凭编号和密钥在这里查看。", "A mail to you came back; please look here with your reference and key."),
        _ => null,
    };

    private static Text? AtTheEnd(Event happened, Scheme scheme) => happened switch
    {
        DuplicateFound e => Duplicate(e, scheme),
        PermitsIssued e => new(
            $"已核发：{string.Join('、', e.Permits.Select(permit => $"{Titles.Certificate(scheme, permit.Kind).Zh} {permit.Number}"))}。",
            $"Issued: {string.Join(", ", e.Permits.Select(permit => $"{Titles.Certificate(scheme, permit.Kind).En} {permit.Number}"))}."),
        Rejected e => new(
            $"没有批准。理由：{List(e.Reasons, "；")}。可以在{By(e.AppealUntil, false).Zh}前申诉。",
            $"Not approved. Reasons: {List(e.Reasons, "; ")}. You may appeal until {By(e.AppealUntil, false).En}."),
        RejectionFinal => new("不批准的决定已经生效。", "The refusal is final."),
        Lapsed => new("没有按期补正，申请失效。", "No answer came in time, and the application lapsed."),
        Revoked { Reason: { } reason } => new($"决定已撤销，理由：{Trim(reason)}。", $"The decision was revoked: {Trim(reason)}."),
        Revoked => new("决定已撤销。", "The decision was revoked."),
        Closed => new("申请已办结。", "The application is finished."),
        _ => null,
    };

    private static Text Duplicate(DuplicateFound e, Scheme scheme)
    {
        var why = scheme.Limits.FirstOrDefault(limit => limit.Key == e.Limit)?.Message ?? new Text("", "");
        return new($"未受理：已有较早的申请 {e.EarlierReference}。{why.Zh}", $"Not accepted: the earlier application {e.EarlierReference} stands in the way. {why.En}");
    }

    private static Text Opened(Assigned e, Scheme scheme)
    {
        var step = Titles.Step(scheme, e.Step);
        var by = By(e.Due, e.Estimate);
        return e.Kind switch
        {
            AssignmentKind.Objection => new($"异议正在核实，期限{by.Zh}。", $"The objection is to be decided by {by.En}."),
            AssignmentKind.Recheck => new($"正在复核是否继续发放，期限{by.Zh}。", $"Whether payments go on is checked by {by.En}."),
            AssignmentKind.Payee => new($"新的收款人正在核实，期限{by.Zh}。", $"The new payee is to be confirmed by {by.En}."),
            AssignmentKind.Appeal => new($"申诉正在办理，期限{by.Zh}。", $"The appeal is to be decided by {by.En}."),
            _ => new($"到了“{step.Zh}”，办理期限{by.Zh}。", $"Now at “{step.En}”, to be decided by {by.En}."),
        };
    }

    private static Text By(DateTimeOffset due, bool estimate) => DateText.Deadline(due, estimate);

    private static string List(IEnumerable<string>? texts, string separator)
    {
        var said = (texts ?? []).Select(Trim).Where(text => text.Length > 0).ToList();
        return said.Count == 0 ? "—" : string.Join(separator, said);
    }

    /// <summary>People end their reasons with a full stop; the sentence around them has its own.</summary>
    private static string Trim(string text) => text.Trim().TrimEnd('。', '.');
}
