namespace Subsidy.Core.Applications;

/// <summary>A number that can be read over a telephone: no 0, 1, I, L, O, U. <c>K7QM-3WXT-PB9C</c> is application <c>k7qm3wxtpb9c</c>.</summary>
public static class Reference
{
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    public const int Length = 12;

    public static string Of(string applicationId)
    {
        var upper = applicationId.ToUpperInvariant();
        return $"{upper[..4]}-{upper[4..8]}-{upper[8..]}";
    }

    /// <summary>Reads what a person typed: any case, with or without dashes and spaces. Null when it is no reference.</summary>
    public static string? ToId(string? typed)
    {
        if (typed is null)
            return null;
        var letters = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return letters.Length == Length && letters.All(Alphabet.Contains) ? letters.ToLowerInvariant() : null;
    }
}
