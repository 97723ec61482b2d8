using System.Globalization;

namespace Subsidy.Core;

/// <summary>A sentence or title that people read, in simplified Chinese and in English.</summary>
public sealed record Text(string Zh, string En)
{
    /// <summary>The Chinese text for any Chinese culture (zh, zh-CN, zh-Hant…), otherwise the English one.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "zh" ? Zh : En;
    }
}
