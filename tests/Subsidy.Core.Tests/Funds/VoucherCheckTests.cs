using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

/// <summary>One paper for two applications: nothing is forbidden, and an auditor is told.</summary>
public sealed class VoucherCheckTests
{
    private static int _number;

    [Fact]
    public void A_voucher_or_receipt_that_stands_for_two_applications_is_named_with_both()
    {
        var said = VoucherCheck.Run(
        [
            Entry(EntryKind.Repaid, "aaaaaaaaaaaa-once", "收据8号"),
            Entry(EntryKind.PettyPaid, "aaaaaaaaaaaa-once", "r-1 (li, wang)"),
            Entry(EntryKind.Repaid, "bbbbbbbbbbbb-once", "收据8号"),
            Entry(EntryKind.PettyPaid, "bbbbbbbbbbbb-once", "r-1 (li, chen)"),
        ]);

        Assert.Equal(2, said.Count);
        Assert.All(said, remark => Assert.Contains("AAAA-AAAA-AAAA, BBBB-BBBB-BBBB", remark.What.En, StringComparison.Ordinal));
        Assert.Contains("'收据8号'", said[0].What.En, StringComparison.Ordinal);
        Assert.Contains("'r-1'", said[1].What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_stands_for_several_periods_of_one_application_and_other_notes_are_nobodys_business() =>
        Assert.Empty(VoucherCheck.Run(
        [
            Entry(EntryKind.Repaid, "aaaaaaaaaaaa-2026-04", "v"),
            Entry(EntryKind.Repaid, "aaaaaaaaaaaa-2026-05", "v"),
            Entry(EntryKind.PettyPaid, "bbbbbbbbbbbb-once", "v (li, wang)"),
            Entry(EntryKind.Released, "bbbbbbbbbbbb-once", "v (li, wang)"),
            Entry(EntryKind.Failed, "aaaaaaaaaaaa-once", "AC04"),
            Entry(EntryKind.Failed, "bbbbbbbbbbbb-once", "AC04"),
            Entry(EntryKind.Repaid, "", "v"),
        ]));

    private static LedgerEntry Entry(EntryKind kind, string subject, string note) =>
        new(++_number, default, Books.Administrator, kind, subject, Money.FromYuan(1), null, null, null, note);
}
