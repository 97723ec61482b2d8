using System.Collections.Frozen;

namespace Subsidy.Core.Bank;

/// <summary>Who can do something about a payment that failed.</summary>
public enum Mender
{
    /// <summary>The payee: with another account, a corrected name, or a visit to their bank.</summary>
    Payee,

    /// <summary>The township's finance office: its account, its file, its date.</summary>
    Township,

    /// <summary>The bank: a fault of its own, or a reason that only it can tell.</summary>
    Bank,
}

/// <param name="Code">Of the ISO 20022 external list of status reasons (ExternalStatusReason1Code).</param>
/// <param name="Meaning">For the payee, in plain words: what happened and, where they can mend it, what to do.</param>
public sealed record ReasonCode(string Code, Text Meaning, Mender Mender);

/// <summary>
/// The reasons that banks give for credit transfers, in words for the payee. Reasons that only direct debits, cheques or requests to
/// pay have are left out.
/// </summary>
public static class ReasonCodes
{
    private static readonly Text Account = new(
        "收款账号不正确或不存在，请核对后更正。", "The account number is wrong or does not exist. Please check and correct it.");
    private static readonly Text Closed = new(
        "收款账户已销户，请换一个在用的账户。", "The account has been closed. Please give one that is in use.");
    private static readonly Text Name = new(
        "户名与账号不符，请按银行登记的姓名和账号更正。", "Name and account do not belong together. Please correct them as your bank has them.");
    private static readonly Text Kind = new(
        "这类账户不能收这笔款，请换一个普通储蓄账户。", "This kind of account cannot take the payment. Please give an ordinary savings account.");
    private static readonly Text Branch = new(
        "开户行信息不正确，请核对开户行名称后更正。", "The bank or branch is wrong. Please check its name and correct it.");
    private static readonly Text Party = new(
        "收款人的身份信息与银行登记的不符或不完整，请到开户行核对更新。",
        "What the bank has on file about you is incomplete or differs. Please have it checked and updated at your bank.");
    private static readonly Text Payer = new(
        "付款账户有问题，由乡镇财政处理，您不用做什么。", "There is a problem with the paying account. The township's finance office sees to it; you need not do anything.");
    private static readonly Text File = new(
        "付款文件有误，由乡镇财政更正后重新支付，您不用做什么。",
        "The payment file has an error. The township's finance office corrects it and pays again; you need not do anything.");
    private static readonly Text Twice = new(
        "银行认为这笔款与另一笔重复，由乡镇财政核对，您不用做什么。",
        "The bank takes the payment for a repetition of another. The township's finance office checks it; you need not do anything.");
    private static readonly Text Limit = new(
        "金额超出银行或账户的限额，由乡镇财政与银行处理，您不用做什么。",
        "The amount is outside the limits of the bank or account. The township's finance office settles it with the bank; you need not do anything.");
    private static readonly Text Fault = new(
        "银行系统故障，将重新支付，您不用做什么。", "The bank's systems failed. The payment will be made again; you need not do anything.");
    private static readonly Text Rules = new(
        "银行按监管规定未能付款，由乡镇财政与银行核实。", "The bank could not pay under its regulator's rules. The township's finance office looks into it with the bank.");
    private static readonly Text Unsaid = new(
        "银行未付款，也没有说明具体原因，由乡镇财政向银行查询。", "The bank did not pay and gave no particular reason. The township's finance office asks the bank.");

    private static readonly FrozenDictionary<string, ReasonCode> All = Table().ToFrozenDictionary(reason => reason.Code);

    public static IReadOnlyCollection<ReasonCode> Known => All.Values;

    /// <summary>The reason of that code. One that is not in the list, the bank's own or none at all, is for the bank to explain.</summary>
    public static ReasonCode Of(string? code) =>
        All.GetValueOrDefault(code ?? "") ?? new ReasonCode(code ?? "", Unsaid, Mender.Bank);

    /// <summary>
    /// The bank takes it for a repetition of what it has already: a bank file that was handed in twice, mostly. That says nothing of what
    /// became of the first.
    /// </summary>
    public static bool IsRepetition(string? code) => Of(code).Meaning == Twice;

    /// <summary>The payee may have died, a regulator or the payer stands in the way: it is not paid again before a person has looked.</summary>
    public static bool NeedsLook(string? code) => code is "MD07" or "CUST" or "FOCR" || Of(code).Meaning == Rules;

    private static IEnumerable<ReasonCode> Table() =>
    [
        .. Each(Account, Mender.Payee, "AC01", "AC03", "AC16", "BE23"),
        .. Each(Closed, Mender.Payee, "AC04", "AC07"),
        new("AC06", new(
            "收款账户被冻结或止付，请到开户行解除，或换一个账户。",
            "The account is blocked. Please have it released at your bank, or give another one."), Mender.Payee),
        new("AC15", new(
            "收款账户信息已变更，请填写新的账户。", "The account's details have changed. Please give the new ones."), Mender.Payee),
        .. Each(Kind, Mender.Payee, "AC09", "AC11", "AC12", "AC14", "AG01", "AG03"),
        .. Each(Name, Mender.Payee, "BE01", "BE06", "BE21", "BE22", "UCRD"),
        .. Each(Branch, Mender.Payee, "AC08", "AGNT", "CNOR", "RC01", "RC02", "RC04", "RC07", "RC08", "RC10"),
        .. Each(Party, Mender.Payee, "BE04", "BE11", "BE14", "BE17", "NOCM", "RR03", "RR12"),
        new("MS02", new(
            "收款人或其开户行未接受这笔款，请向开户行了解原因。", "The payment was not accepted on the payee's side. Please ask your bank why."), Mender.Payee),
        new("NOAS", new(
            "银行联系收款人未得到答复，请与开户行联系。", "The bank asked the payee and had no answer. Please contact your bank."), Mender.Payee),
        new("MD07", new(
            "银行登记收款人已去世，由乡镇核实后办理。", "The bank has the payee on file as deceased. The township looks into it."), Mender.Township),
        new("AM04", new(
            "付款账户余额不足，由乡镇财政补足后重新支付，您不用做什么。",
            "The paying account had too little money. The township's finance office fills it and pays again; you need not do anything."), Mender.Township),
        .. Each(Payer, Mender.Township, "AC02", "AC05", "AC10", "AC13", "AG08", "BE05", "BE07", "BE08", "BE16", "DNOR", "RC03", "RC06", "RC09", "RR01", "RR02"),
        .. Each(Twice, Mender.Township, "AM05", "DU01", "DU02", "DU03", "DU04", "DU05", "DUPL", "RF01"),
        .. Each(Limit, Mender.Township, "AM02", "AM06", "AM13", "AM14", "AM15", "AM21", "AM23"),
        .. Each(File, Mender.Township,
            "AG02", "AM01", "AM03", "AM09", "AM10", "AM11", "AM12", "AM16", "AM17", "AM18", "AM19", "AM20", "BE15", "BE20", "CH03", "CH04",
            "CH16", "CH17", "CH20", "CH21", "CURR", "DT01", "DT02", "DT03", "DT04", "DT05", "FF01", "FF02", "FF03", "FF04", "FF05", "FF06",
            "FF07", "FF08", "RR07", "RR10", "TD02", "TD03", "TM01"),
        .. Each(new(
            "付款指令已被撤销，由乡镇财政核对，您不用做什么。",
            "The order to pay was cancelled. The township's finance office checks it; you need not do anything."),
            Mender.Township, "CUST", "DS02", "FOCR"),
        .. Each(Fault, Mender.Bank,
            "AB01", "AB02", "AB03", "AB04", "AB05", "AB06", "AB07", "AB08", "AB09", "AB10", "AB11", "AG10", "AG11", "ED05", "ED06", "FF10",
            "FF11", "TA01"),
        .. Each(Rules, Mender.Bank, "AM07", "FR01", "FRAD", "RR04", "RR05"),
        .. Each(Unsaid, Mender.Bank, "MS03", "NARR", "DS04", "RUTA", "SL01", "SL02", "SL03"),
    ];

    private static IEnumerable<ReasonCode> Each(Text meaning, Mender mender, params string[] codes) =>
        codes.Select(code => new ReasonCode(code, meaning, mender));
}
