using Subsidy.Core;

namespace Subsidy.Web.Pages;

/// <summary>Faults that only pages know.</summary>
internal static class Texts
{
    public static readonly Text StaleForm = new(
        "这个页面打开太久，或浏览器没有保存 Cookie。您填写的内容还在，请再提交一次。",
        "This page was open for too long, or the browser keeps no cookies. What you typed is still here; please send it once more.");

    public static readonly Text ReceiptGone = new(
        "查询码只在提交后显示，现在不能再显示了。请凭保存下来的编号和查询码查询。",
        "The access key is shown after sending only and cannot be shown again. Use the reference and key that you kept.");

    /// <summary>Back, changed, sent again: what was sent stands, and nothing must seem to have changed it.</summary>
    public static Text SentAlready(string reference) => new(
        $"这张表已经提交过（编号 {reference}），再改不会生效。要改请到“我的申请”；要另外申请，请从首页重新开始。",
        $"This form has been sent already (reference {reference}); changes here have no effect. Use “My application”, or start again from the home page.");

    public static readonly Text NoReference = new("编号不对，应为 12 位，例如 K7QM-3WXT-PB9C。", "This is no reference; one looks like K7QM-3WXT-PB9C.");

    public static readonly Text NoMatch = new(
        "编号和查询码对不上，请核对后重试。", "Reference and access key do not fit together. Please check both.");

    public static readonly Text ReasonMissing = new("请写明哪里不实、有什么依据。", "Please say what is wrong, and how you know.");

    public static readonly Text NoNotice = new("没有这条公示，或者公示期已经结束。", "There is no such notice, or its time has ended.");

    public static readonly Text NoPermit = new(
        "没有这个编号的证书。请核对编号；如果证书上印的就是它，这份证书不是这里发出的。",
        "There is no permit with this number. Check the number; if this is what the paper says, it was not issued here.");

    public static readonly Text ChooseVillageFirst = new(
        "请先选择所在村，再选择照片：没有选村，照片没能保存。", "Choose the village, then the photographs again: without a village they could not be kept.");
}
