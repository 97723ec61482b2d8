using Subsidy.Core;
using Subsidy.Core.Payments;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Mail;

/// <summary>What an approver is written: number, fund, day and totals of a run. There is no place here for anything personal.</summary>
internal static class ApprovalLetter
{
    private static readonly Text Look = new("查看批次并批准或取消：", "See the run, and approve or discard it:");
    private static readonly Text Asked = new("这个批次已经建立，请您核对后批准或取消。", "This run has been prepared and waits for your approval.");
    private static readonly Text AskedAgain = new("这个批次仍在等待批准。", "This run still waits for approval.");
    private static readonly Text Alone = new(
        "链接只供您本人使用，请勿转发。打开链接不会改变任何内容，提交后才作出决定。",
        "The link is for you alone; please do not pass it on. Opening it changes nothing: only what you submit decides.");

    public static Letter Of(PayRun run, Text fund, bool reminder)
    {
        var prepared = run.Prepared!;
        var (total, day) = (Say(prepared.Included), DateText.Day(run.Until));
        var facts = new Text(
            $"批次：{run.Id}\n资金：{fund.Zh}\n截止日期：{day.Zh}\n合计：{total.Zh}",
            $"Run: {run.Id}\nFund: {fund.En}\nDue up to: {day.En}\nTotal: {total.En}");
        return new Letter(
            reminder
                ? new Text($"提醒：请批准发放批次{run.Id}", $"Pay run {run.Id}: reminder, please approve")
                : new Text($"请批准发放批次{run.Id}", $"Pay run {run.Id}: please approve"),
            [facts, Compared(prepared), reminder ? AskedAgain : Asked, Alone],
            Look);
    }

    private static Text Compared(Preparation prepared)
    {
        if (prepared.Before is not { } before)
            return new Text("这是这项资金本年度的第一批。", "This is the fund's first run of the year.");
        var (count, sum) = (prepared.Included.Count - before.Included.Count, prepared.Included.Sum - before.Included.Sum);
        return new Text(
            FormattableString.Invariant($"与上一批{before.Run}相差：{count:+0;-0;0}笔，{Signed(sum)}元。"),
            FormattableString.Invariant($"Difference to the run before, {before.Run}: {count:+0;-0;0} payment{Plural(count)}, ¥ {Signed(sum)}."));
    }

    private static Text Say(Total total) => new($"{total.Count}笔，{total.Sum}元", $"{total.Count} payment{Plural(total.Count)}, ¥ {total.Sum}");

    private static string Plural(int count) => Math.Abs(count) == 1 ? "" : "s";

    private static string Signed(Money sum) => sum.Fen > 0 ? $"+{sum}" : $"{sum}";
}
