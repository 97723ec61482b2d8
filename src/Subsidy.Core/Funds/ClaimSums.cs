using System.Runtime.InteropServices;

namespace Subsidy.Core.Funds;

/// <summary>What was claimed back, by what has become of it. What was dropped, because the bank brought it back, is in none.</summary>
/// <param name="Owed">Still outstanding.</param>
/// <param name="Repaid">Paid back with a voucher.</param>
/// <param name="Offset">Kept back from later entitlements (抵扣), and not undone since.</param>
/// <param name="WrittenOff">Given up by two people (核销).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClaimSums(Money Owed, Money Repaid, Money Offset, Money WrittenOff)
{
    /// <summary>What has come back, in money or out of later entitlements.</summary>
    public Money Recovered => Repaid + Offset;

    public static ClaimSums operator +(ClaimSums left, ClaimSums right) =>
        new(left.Owed + right.Owed, left.Repaid + right.Repaid, left.Offset + right.Offset, left.WrittenOff + right.WrittenOff);

    public static ClaimSums operator -(ClaimSums left, ClaimSums right) =>
        new(left.Owed - right.Owed, left.Repaid - right.Repaid, left.Offset - right.Offset, left.WrittenOff - right.WrittenOff);
}
