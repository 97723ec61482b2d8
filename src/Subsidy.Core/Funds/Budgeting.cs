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
        if (amount > ledger.Fund.BalanceOf(from))
        {
            return Refusal.Of(
                RefusalCode.Invalid, $"余额只有{ledger.Fund.BalanceOf(from)}元。", $"There are only {ledger.Fund.BalanceOf(from)} yuan.");
        }
        ledger.Post(kind, c.Id, amount, from, to, note: c.Document);
        return null;
    }

    /// <summary>The cash had left the fund when it was advanced, so what was set aside for the entitlement is free again.</summary>
    public static Refusal? PayFromPetty(Ledger ledger, Position? position, PayFromPetty c)
    {
        if (position is { State: PositionState.Paid, Run: null })
            return null;
        if (position is not { State: PositionState.Reserved })
        {
            return Refusal.Of(
                RefusalCode.MovedOn, "这笔钱还没有预留，或者已经在发放。", "No money is set aside for this, or it is being paid already.");
        }
        if (Faulty(position.Amount, c.Document) is { } refusal)
            return refusal;
        if (position.Amount > ledger.Fund.BalanceOf(Account.Petty))
        {
            return Refusal.Of(
                RefusalCode.Invalid,
                $"备用金只有{ledger.Fund.BalanceOf(Account.Petty)}元，请先补足。",
                $"The petty fund has only {ledger.Fund.BalanceOf(Account.Petty)} yuan; it must be replenished first.");
        }
        ledger.Post(EntryKind.PettyPaid, position.Entitlement, position.Amount, Account.Petty, Account.Paid, note: c.Document);
        ledger.Post(EntryKind.Released, position.Entitlement, position.Amount, Account.Reserved, Account.Available, note: c.Document);
        ledger.Move(position, position with { State = PositionState.Paid, Run = null }, tell: true);
        return null;
    }

    private static Refusal? IfClosed(Ledger ledger) => ledger.Fund.Closed ? Reserving.Closed(ledger) : null;

    private static Refusal? Faulty(Money amount, string document)
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
