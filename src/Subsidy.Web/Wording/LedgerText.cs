using Subsidy.Core;
using Subsidy.Core.Bank;
using Subsidy.Core.Funds;
using Subsidy.Core.Township;

namespace Subsidy.Web.Wording;

/// <summary>What the books' accounts and entries are called.</summary>
public static class LedgerText
{
    public static Text Account(Account account) => account switch
    {
        Core.Funds.Account.Budget => new("预算来源", "Budget"),
        Core.Funds.Account.Available => new("可用", "Available"),
        Core.Funds.Account.Reserved => new("已预留", "Set aside"),
        Core.Funds.Account.Committed => new("在途（银行处理中）", "With the bank"),
        Core.Funds.Account.Paid => new("已发放", "Paid"),
        Core.Funds.Account.Petty => new("备用金", "Petty fund"),
        Core.Funds.Account.Receivable => new("待追回", "To be recovered"),
        Core.Funds.Account.WrittenOff => new("已核销", "Written off"),
        Core.Funds.Account.CarriedOver => new("结转下年", "Carried over"),
        _ => throw new ArgumentOutOfRangeException(nameof(account), account, null),
    };

    public static Text Kind(EntryKind kind) => kind switch
    {
        EntryKind.Appropriated => new("拨入", "Appropriated"),
        EntryKind.Cut => new("调减", "Cut"),
        EntryKind.Queued => new("排队等候", "Queued"),
        EntryKind.Unqueued => new("退出排队", "Left the queue"),
        EntryKind.Reserved => new("预留", "Set aside"),
        EntryKind.Released => new("释放", "Released"),
        EntryKind.Committed => new("列入发放", "In a pay run"),
        EntryKind.Settled => new("银行已付", "Paid by the bank"),
        EntryKind.Failed => new("发放失败", "Failed"),
        EntryKind.Returned => new("退汇", "Sent back"),
        EntryKind.PettyAdvanced => new("预借备用金", "Petty fund advanced"),
        EntryKind.PettyRepaid => new("交回备用金", "Petty fund returned"),
        EntryKind.PettyPaid => new("备用金支付", "Paid from the petty fund"),
        EntryKind.Claimed => new("要求退回", "Claimed back"),
        EntryKind.ClaimDropped => new("不再追回", "Claim dropped"),
        EntryKind.Repaid => new("已退回", "Repaid"),
        EntryKind.WrittenOff => new("核销", "Written off"),
        EntryKind.Offset => new("抵扣", "Kept back from a later payment"),
        EntryKind.OffsetUndone => new("撤销抵扣", "No longer kept back"),
        EntryKind.CarriedOver => new("结转下年", "Carried over"),
        EntryKind.CarriedIn => new("上年结转", "Carried in"),
        EntryKind.YearClosed => new("年度结账", "Year closed"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>What an entry notes, in words: who has signed a receipt by their names, and what the bank's reason means.</summary>
    public static Text? Note(LedgerEntry entry, TownshipRegister township)
    {
        if (entry.Note is not { Length: > 0 } note)
            return null;
        if (entry.Kind is EntryKind.Failed or EntryKind.Returned && ReasonCodes.Of(note).Meaning is var meaning)
            return new($"{note}：{meaning.Zh}", $"{note}: {meaning.En}");
        var said = entry.Kind is EntryKind.PettyPaid or EntryKind.Released ? Signed(note, township) : note;
        return new(said, said);
    }

    /// <summary>Behind the receipt's number stand the ids of payer and witness, in brackets.</summary>
    private static string Signed(string note, TownshipRegister township)
    {
        var ids = note.LastIndexOf('(') + 1;
        return ids == 0 ? note : $"{note[..ids]}{string.Join(", ", note[ids..^1].Split(", ").Select(id => township.NameOf(id)))})";
    }
}
