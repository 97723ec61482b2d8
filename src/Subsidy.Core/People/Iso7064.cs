namespace Subsidy.Core.People;

/// <summary>The check character system that GB 11643 takes from ISO/IEC 7064.</summary>
internal static class Iso7064
{
    /// <summary>
    /// MOD 11-2: the character (<c>X</c> stands for ten) that makes the sum of value × 2^position congruent to 1 modulo 11.
    /// It finds every single wrong digit and every exchange of two neighbours.
    /// </summary>
    public static char Mod11Minus2(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        foreach (var digit in digits)
            sum = (sum + (digit - '0')) * 2 % 11;
        var check = (12 - sum) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }
}
