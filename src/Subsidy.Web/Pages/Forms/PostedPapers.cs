using Microsoft.AspNetCore.Http;

namespace Subsidy.Web.Pages.Forms;

/// <summary>The papers of a posted form, by document kind. A file input that was left alone posts an empty file.</summary>
internal static class PostedPapers
{
    public const string Prefix = "/papers/";

    public static IReadOnlyList<(string Kind, IFormFile File)> Of(IFormCollection posted) =>
    [
        .. posted.Files
            .Where(file => file.Length > 0 && file.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(file => (file.Name[Prefix.Length..], file)),
    ];
}
