using System.Text.Json;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Web.Http;

namespace Subsidy.Web.Intake;

/// <summary>JSON that came from outside: bounded, well-formed, without names that stand twice, and with texts that are texts.</summary>
internal static class JsonInput
{
    /// <summary>A form is at most 256 KiB of JSON.</summary>
    public const int MostBytes = 256 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <summary>The body of a request that is JSON.</summary>
    public static async Task<JsonRead> ReadBodyAsync(HttpRequest request, CancellationToken cancel) => request.HasJsonContentType()
        ? await ReadAsync(request.Body, cancel)
        : new JsonRead(null, Failures.Of(StatusCodes.Status415UnsupportedMediaType));

    public static async Task<JsonRead> ReadAsync(Stream stream, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
                return new JsonRead(null, TooLarge);
            bytes.Write(buffer, 0, read);
        }
        return Parse(bytes.ToArray());
    }

    public static JsonRead Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var document = JsonDocument.Parse(utf8, Options);
            var faults = new List<Fault>();
            Inspect(document.RootElement, "", faults);
            return faults.Count == 0 ? new JsonRead(document, null) : new JsonRead(null, Problem.Of(Refusal.Invalid(faults)));
        }
        catch (JsonException)
        {
            return new JsonRead(null, Malformed);
        }
    }

    private static Problem Malformed =>
        Problem.Of(400, "malformed", new Text("内容不是正确的 JSON。", "The content is not well-formed JSON."));

    private static Problem TooLarge => Problem.Of(Refusal.Of(
        RefusalCode.TooLarge, $"表单内容最多{MostBytes / 1024} KiB。", $"A form has at most {MostBytes / 1024} KiB."));

    private static void Inspect(JsonElement element, string pointer, List<Fault> faults)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>();
                foreach (var member in element.EnumerateObject())
                {
                    var name = NameOf(member);
                    var place = $"{pointer}/{JsonPointer.Escape(name)}";
                    if (!names.Add(name))
                        faults.Add(new Fault(place, new Text("这个字段出现了两次。", "This field stands here twice.")));
                    Inspect(member.Value, place, faults);
                }
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                    Inspect(item, $"{pointer}/{index}", faults);
                break;
            case JsonValueKind.String when !IsText(element):
                faults.Add(new Fault(pointer, new Text("含有不能识别的字符。", "This holds characters that are no text.")));
                break;
        }
    }

    /// <summary>An escaped half of a surrogate pair is well-formed JSON, but no text; nor is a zero character one for people.</summary>
    private static bool IsText(JsonElement element)
    {
        try
        {
            return !element.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException("A name is no text.", broken);
        }
    }
}

/// <summary>Either a document or what is wrong with it.</summary>
internal sealed record JsonRead(JsonDocument? Document, Problem? Problem)
{
    public JsonElement Root => Document!.RootElement;
}
