using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Subsidy.Web.Intake;

/// <summary>Reads a <c>multipart/form-data</c> body part by part as it arrives; no file is ever whole in memory or on disk.</summary>
internal sealed class MultipartRequest
{
    private const int LongestBoundary = 70; // RFC 2046, 5.1.1
    private const int LongestFileName = 200;

    private readonly MultipartReader _reader;
    private readonly long _mostBytes;

    private MultipartRequest(MultipartReader reader, long mostBytes) => (_reader, _mostBytes) = (reader, mostBytes);

    /// <summary>Null when the request is of another content type.</summary>
    /// <param name="mostBytes">Of the whole body.</param>
    /// <exception cref="BadHttpRequestException">The boundary is missing or malformed.</exception>
    public static MultipartRequest? Open(HttpRequest request, long mostBytes)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > LongestBoundary)
            throw new BadHttpRequestException("The boundary is missing or too long.");
        var reader = new MultipartReader(boundary.ToString(), new BoundedStream(request.Body, mostBytes)) { BodyLengthLimit = null };
        return new MultipartRequest(reader, mostBytes);
    }

    /// <summary>The next part, or null at the end. What was left unread of the one before is passed over.</summary>
    /// <exception cref="BadHttpRequestException">The body is malformed (400) or too large (413).</exception>
    public async Task<Part?> NextAsync(CancellationToken cancel)
    {
        if (await SectionAsync(cancel) is not { } section)
            return null;
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || Unquoted(disposition.Name) is not { Length: > 0 } name)
            throw new BadHttpRequestException("A part has no name.");
        var isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue;
        return new Part(name, isFile, FileNameOf(disposition), new BoundedStream(section.Body, _mostBytes));
    }

    /// <summary>The name that a file had on the person's device; null when there is none.</summary>
    public static string? FileNameOf(ContentDispositionHeaderValue disposition) =>
        (Unquoted(disposition.FileNameStar) ?? Unquoted(disposition.FileName)) is { } file ? Plain(file) : null;

    private async Task<MultipartSection?> SectionAsync(CancellationToken cancel)
    {
        try
        {
            return await _reader.ReadNextSectionAsync(cancel);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The parts of the body cannot be told apart.", broken);
        }
    }

    private static string? Unquoted(StringSegment segment) => segment.HasValue ? HeaderUtilities.RemoveQuotes(segment).ToString() : null;

    /// <summary>The name alone: no folders, nothing that could end a header or hide what it is.</summary>
    private static string? Plain(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var visible = string.Concat(name.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.Format)).Trim();
        return visible.Length == 0 ? null : visible[..Math.Min(visible.Length, LongestFileName)];
    }
}

/// <param name="IsFile">It carries a file name, if an empty one: a field of a page in which no file was chosen does.</param>
/// <param name="FileName">The last part of the name, cleaned; null when nothing is left of it.</param>
internal sealed record Part(string Name, bool IsFile, string? FileName, Stream Body)
{
    /// <summary>The whole of a plain field.</summary>
    /// <exception cref="BadHttpRequestException">Longer than a form may be.</exception>
    public async Task<string> TextAsync(CancellationToken cancel)
    {
        using var reader = new StreamReader(new BoundedStream(Body, JsonInput.MostBytes));
        return await reader.ReadToEndAsync(cancel);
    }
}
