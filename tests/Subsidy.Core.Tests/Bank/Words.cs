using CsCheck;

namespace Subsidy.Core.Tests.Bank;

internal static class Words
{
    /// <summary>Up to 20 of the pieces in any order, no white space at either end. A rare character is a piece, so none is cut.</summary>
    public static Gen<string> Of(params string[] pieces) =>
        OneOf(pieces).Array[1, 20].Select(some => string.Concat(some).Trim() is { Length: > 0 } words ? words : pieces[0]);

    public static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
