using Subsidy.Core;
using Subsidy.Core.Funds;
using Subsidy.Core.Township;

namespace Subsidy.Web.Pages.Finance;

/// <summary>The petty fund of a fund-year, movement by movement.</summary>
/// <param name="Lines">The oldest first.</param>
public sealed record CashBookModel(
    NamedFund Named, IReadOnlyList<CashBookLine> Lines, IReadOnlyList<Unwitnessed> Unwitnessed, TownshipRegister Township);

/// <param name="Balance">Of the account, after the entry.</param>
public sealed record CashBookLine(LedgerEntry Entry, Money Balance)
{
    /// <summary>What goes into the petty fund, or (below zero) out of it.</summary>
    public Money Change => Entry.To is Account.Petty ? Entry.Amount : Money.Zero - Entry.Amount;

    /// <returns>The movements of the petty fund among the entries of a year, in order.</returns>
    public static async Task<IReadOnlyList<CashBookLine>> OfAsync(IAsyncEnumerable<LedgerEntry> entries)
    {
        var lines = new List<CashBookLine>();
        var balance = Money.Zero;
        await foreach (var entry in entries)
        {
            if (entry.From is not Account.Petty && entry.To is not Account.Petty)
                continue;
            balance = entry.To is Account.Petty ? balance + entry.Amount : balance - entry.Amount;
            lines.Add(new CashBookLine(entry, balance));
        }
        return lines;
    }
}
