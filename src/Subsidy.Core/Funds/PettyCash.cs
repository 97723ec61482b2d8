namespace Subsidy.Core.Funds;

/// <summary>What went through the petty fund (备用金) of a fund-year so far. Kept with every entry, so that nobody has to read the ledger for it.</summary>
/// <param name="Advanced">Cash given to the cashier, all together.</param>
/// <param name="HandedBack">Cash that the cashier gave back.</param>
/// <param name="Paid">Handed over on the spot with two signatures.</param>
public sealed record PettyCash(Money Advanced, Money HandedBack, Tally Paid)
{
    public static readonly PettyCash None = new(Money.Zero, Money.Zero, Tally.None);

    internal PettyCash With(EntryKind kind, Money amount) => kind switch
    {
        EntryKind.PettyAdvanced => this with { Advanced = Advanced + amount },
        EntryKind.PettyRepaid => this with { HandedBack = HandedBack + amount },
        EntryKind.PettyPaid => this with { Paid = Paid.With(amount) },
        _ => this,
    };
}
