using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Subsidy.Web.Pages.Assets;

/// <summary>The embedded files. They lie in the assembly, not beside it, because the pipeline runs inside hosts of other shapes.</summary>
internal sealed class AssetStore
{
    private static readonly (string Name, string ContentType)[] Files =
    [
        ("pico.css", "text/css; charset=utf-8"),
        ("subsidy.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ];

    private readonly FrozenDictionary<string, Asset> _byName = Files.ToFrozenDictionary(
        file => file.Name, file => Read(file.Name, file.ContentType), StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public Asset this[string name] => _byName[name];

    public IEnumerable<Asset> All => _byName.Values;

    private static Asset Read(string name, string contentType)
    {
        using var stream = typeof(AssetStore).Assembly.GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        var dot = name.LastIndexOf('.');
        return new Asset($"/assets/{name[..dot]}.{hash}{name[dot..]}", contentType, bytes, Compress(bytes));
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
            brotli.Write(bytes);
        return compressed.ToArray();
    }
}
