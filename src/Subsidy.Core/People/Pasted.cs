using System.Globalization;
using System.Text;

namespace Subsidy.Core.People;

/// <summary>What people paste or type, brought to the form that the rules are written for.</summary>
internal static class Pasted
{
    /// <summary>
    /// A number without any spaces. Input methods give full-width digits (３６０１), cards are printed in groups of four, and
    /// numbers copied from a telephone's contacts carry invisible direction marks that nobody could find by looking.
    /// </summary>
    public static string Number(string? text)
    {
        var kept = new StringBuilder();
        foreach (var rune in Compatible(text).EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                kept.Append(rune);
        }

        return kept.ToString();
    }

    /// <summary>One line of text, trimmed. Inner spaces stay: leaving one out could make it somebody else's.</summary>
    public static string Line(string? text) => Compatible(text).Trim();

    private static string Compatible(string? text)
    {
        // Normalize throws on half a surrogate pair; enumerating runes replaces it by U+FFFD, which every rule then refuses.
        var whole = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
            whole.Append(rune);
        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }

    public static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
