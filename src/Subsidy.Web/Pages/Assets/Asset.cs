namespace Subsidy.Web.Pages.Assets;

/// <summary>A file that pages refer to, under a path that changes with its content, so that browsers may keep it for ever.</summary>
/// <param name="Path">Where it is served.</param>
/// <param name="Brotli">The same bytes compressed: most readers are on a phone.</param>
internal sealed record Asset(string Path, string ContentType, byte[] Bytes, byte[] Brotli);
