using System.Security.Cryptography;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Papers;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Tests.Site;

/// <summary>Papers in memory; type by the first bytes, and a scanner that knows one bad word.</summary>
internal sealed class MemoryPapers : IPaperStore, IPapers
{
    public const string Bad = "MALICIOUS";

    private readonly Dictionary<(string Application, string Paper), byte[]> _papers = [];

    public int Count => _papers.Count;

    public async Task<TakenPaper> TakeAsync(string applicationId, string kind, Stream content, long most, CancellationToken cancel)
    {
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancel);
        var bytes = memory.ToArray();
        if (bytes.Length == 0)
            return new TakenPaper(null, PaperFault.Empty);
        if (bytes.Length > most)
            return new TakenPaper(null, PaperFault.TooLarge);
        var type = bytes.AsSpan().StartsWith("%PDF-"u8) ? "application/pdf" : bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? "image/jpeg" : null;
        if (type is null)
            return new TakenPaper(null, PaperFault.UnknownType);
        if (System.Text.Encoding.Latin1.GetString(bytes).Contains(Bad, StringComparison.Ordinal))
            return new TakenPaper(null, PaperFault.Unsafe);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var paper = new Paper($"{kind}-{hash[..8]}", kind, hash, bytes.Length, type);
        _papers[(applicationId, paper.Id)] = bytes;
        return new TakenPaper(paper, null);
    }

    public Task<Stream> OpenAsync(string applicationId, Paper paper, CancellationToken cancel) =>
        _papers.TryGetValue((applicationId, paper.Id), out var bytes)
            ? Task.FromResult<Stream>(new MemoryStream(bytes))
            : throw new FileNotFoundException("Erased.");

    public Task DiscardAsync(string applicationId, CancellationToken cancel)
    {
        foreach (var key in _papers.Keys.Where(key => key.Application == applicationId).ToList())
            _papers.Remove(key);
        return Task.CompletedTask;
    }
}
