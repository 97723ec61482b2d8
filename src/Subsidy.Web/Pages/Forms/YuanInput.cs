using System.Globalization;
using System.Text;
using Subsidy.Core;

namespace Subsidy.Web.Pages.Forms;

/// <summary>An amount as people type it: yuan, with or without thousands separators and jiao and fen, in whatever width the keyboard writes.</summary>
internal static class YuanInput
{
    private const decimal Most = 1_000_000_000_000m;

    public static readonly Text Unreadable = new("请填写金额，单位元，例如 1234.50。", "Write an amount in yuan, such as 1234.50.");

    /// <returns>Null when it is no amount, or has parts of a fen.</returns>
    public static Money? Read(string typed)
    {
        var text = typed.Any(char.IsSurrogate) ? "" : typed.Normalize(NormalizationForm.FormKC).Trim().TrimStart('¥').Trim();
        return SoundSeparators(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var yuan)
            && yuan <= Most && decimal.IsInteger(yuan * 100)
            ? new Money((long)(yuan * 100))
            : null;
    }

    /// <summary>A comma divides thousands. Who takes it for the point means a hundredth of what would be read.</summary>
    private static bool SoundSeparators(string text)
    {
        var groups = text.Split('.')[0].Split(',');
        return groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3));
    }
}
