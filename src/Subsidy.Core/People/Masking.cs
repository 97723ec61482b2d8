using System.Globalization;

namespace Subsidy.Core.People;

/// <summary>How a person's name is shown where anyone may read it, in public notices and on permits.</summary>
public static class Masking
{
    /// <summary>
    /// First and last character, a star for each one between: <c>张三丰</c> becomes <c>张*丰</c>. Of two characters the
    /// second is hidden (<c>张*</c>), a single one entirely. Rare characters beyond the basic plane count as one.
    /// </summary>
    public static string Name(string name)
    {
        var characters = new StringInfo(name.Trim());
        var length = characters.LengthInTextElements;
        return length switch
        {
            0 => "",
            1 => "*",
            2 => characters.SubstringByTextElements(0, 1) + "*",
            _ => characters.SubstringByTextElements(0, 1) + new string('*', length - 2) + characters.SubstringByTextElements(length - 1),
        };
    }
}
