namespace Subsidy.Core.People;

/// <summary>The check digit of payment cards (ISO/IEC 7812-1 annex B).</summary>
internal static class Luhn
{
    /// <summary>Whether the last digit fits: it finds every single wrong digit and most exchanges of two neighbours.</summary>
    public static bool Fits(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            if (place % 2 == 1)
                digit = digit < 5 ? digit * 2 : digit * 2 - 9;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
