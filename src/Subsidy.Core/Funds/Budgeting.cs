using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>Money that comes into a fund, leaves it, or lies in the petty fund.</summary>
internal static class Budgeting
{
    /// <summary>A thousand billion yuan: beyond any budget, and far from where sums of fen would no longer fit.</summary>
    public const long MostFen = 100_000_000_000_000;

    public static Refusal? Appropriate(Ledger ledger, Appropriate c)
    {
        if ((Faulty(c.Amount, c.Document) ?? IfClosed(ledger)) is { } refusal)
            return refusal;
        if (c.Amount > Money.Zero)
        {
            ledger.Post(EntryKind.Appropriated, c.Id, c.Amount, Account.Budget, Account.Available, note: c.Document);
            return null;
        }
        var cut = Money.Zero - c.Amount;
        if (cut > ledger.Fund.Available)
        {
            return Refusal.Of(
                RefusalCode.Invalid,
                $"可用余额只有{ledger.Fund.Available}元，不能调减{cut}元。",
                $"Only {ledger.Fund.Available} yuan are available; {cut} yuan cannot be cut.");
        }
        ledger.Post(EntryKind.Cut, c.Id, cut, Account.Available, Account.Budget, note: c.Document);
        return null;
    }

    public static Refusal? Advance(Ledger ledger, AdvancePetty c)
    {
        if ((Faulty(c.Amount, c.Document) ?? IfClosed(ledger)) is { } refusal)
            return refusal;
        var (kind, amount, from, to) = c.Amount > Money.Zero
            ? (EntryKind.PettyAdvanced, c.Amount, Account.Available, Account.Petty)
            : (EntryKind.PettyRepaid, Money.Zero - c.Amount, Account.Petty, Account.Available);
        if (from is Account.Available && ledger.Fund.Waiting > 0)
        {
            return Refusal.Of(
                RefusalCode.Invalid,
                $"本年度资金有{ledger.Fund.Waiting}笔在排队等候，不能先支取备用金。请先追加资金，等排队的都预留后再支取。",
                $"Others wait for this fund's money ({ledger.Fund.Waiting} in the queue), and the petty fund is not served before them. Increase the fund first.");
        }
        // What was handed over already is not in the cash box any more, though its second signature is missing.
        var there = from is Account.Petty ? ledger.Fund.CashBox : ledger.Fund.BalanceOf(from);
        if (amount > there)
            return Refusal.Of(RefusalCode.Invalid, $"余额只有{there}元。", $"There are only {there} yuan.");
        ledger.Post(kind, c.Id, amount, from, to, note: c.Document);
        return null;
    }

    private static Refusal? IfClosed(Ledger ledger) => ledger.Fund.Closed ? Reserving.Closed(ledger) : null;

    public static Refusal? Faulty(Money amount, string document)
    {
        var faults = new List<Fault>();
        if (amount == Money.Zero)
            faults.Add(new Fault("/amount", new Text("请填写金额。", "Enter an amount.")));
        else if (amount.Fen is > MostFen or < -MostFen)
            faults.Add(new Fault("/amount", new Text("金额过大。", "The amount is too large.")));
        if (string.IsNullOrWhiteSpace(document) || document.Length > 100)
            faults.Add(new Fault("/document", new Text("请填写文号或凭证号（最多100字）。", "Enter the number of the document (at most 100 characters).")));
        return faults.Count == 0 ? null : Refusal.Invalid(faults);
    }
}
