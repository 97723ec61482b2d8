using System.Globalization;

namespace Subsidy.Web.Pages;

/// <summary>File sizes as people read them.</summary>
internal static class Sizes
{
    private const double Kilo = 1024;

    public static string Say(long bytes) => bytes < Kilo * Kilo
        ? $"{Math.Ceiling(bytes / Kilo).ToString("0", CultureInfo.InvariantCulture)} KB"
        : $"{(bytes / Kilo / Kilo).ToString("0.#", CultureInfo.InvariantCulture)} MB";
}
