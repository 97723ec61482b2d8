namespace Subsidy.Core.Schemes;

/// <summary>How a fraction becomes whole.</summary>
internal static class Rounded
{
    // A third is kept to 28 digits, and three of them are 0.999…; what is that near to a whole number is meant to be it.
    private const int Noise = 12;

    /// <summary>Down and up are towards smaller and larger numbers; halves go away from zero.</summary>
    public static decimal ToWhole(decimal number, Rounding rounding)
    {
        var meant = Math.Round(number, Noise, MidpointRounding.ToEven);
        return rounding switch
        {
            Rounding.Down => decimal.Floor(meant),
            Rounding.Up => decimal.Ceiling(meant),
            _ => Math.Round(meant, MidpointRounding.AwayFromZero),
        };
    }
}
