namespace Subsidy.Web.Http;

/// <summary>Where a form may send its sender on to: a path of this site and nowhere else.</summary>
internal static class LocalPath
{
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && Uri.IsWellFormedUriString(path, UriKind.Relative)
            ? path
            : otherwise;
}
