using System.Globalization;
using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>
/// Vouchers and receipts that stand for more than one application. One transfer may well have paid for two, so nothing is wrong with the
/// books; but a person should look at the paper.
/// </summary>
public static class VoucherCheck
{
    /// <param name="entries">Of one fund-year.</param>
    /// <returns>One for each, with the number of the entry by which it came up again first.</returns>
    public static IReadOnlyList<LedgerFault> Run(IEnumerable<LedgerEntry> entries) =>
    [
        .. from entry in entries
           where entry is { Kind: EntryKind.Repaid or EntryKind.PettyPaid, Note: not null } && entry.Subject.Contains('-', StringComparison.Ordinal)
           group entry by (entry.Kind, Number: NumberOf(entry)) into uses
           let first = Position.ApplicationOf(uses.First().Subject)
           let other = uses.FirstOrDefault(entry => Position.ApplicationOf(entry.Subject) != first)
           where other is not null
           select new LedgerFault(other.Number, Say(uses.Key.Number, [.. uses])),
    ];

    private static Text Say(string number, IReadOnlyList<LedgerEntry> uses)
    {
        var references = string.Join(", ", uses.Select(entry => Reference.Of(Position.ApplicationOf(entry.Subject))).Distinct());
        var entries = string.Join(", ", uses.Select(entry => entry.Number.ToString(CultureInfo.InvariantCulture)));
        return new(
            $"凭证“{number}”用于不同的申请：{references}（第{entries}条），请核对原件。",
            $"The voucher '{number}' stands for several applications: {references} (entries {entries}). Please look at the paper.");
    }

    /// <summary>Behind a receipt's number stand those who have signed, in brackets.</summary>
    private static string NumberOf(LedgerEntry entry) =>
        (entry.Kind is EntryKind.PettyPaid && entry.Note!.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var end ? entry.Note[..end] : entry.Note!).Trim();
}
