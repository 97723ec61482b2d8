using System.Security.Cryptography;
using Subsidy.Core.Applications;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Tests.Pages;

/// <summary>Papers in memory: an empty file is faulty, everything else passes for a JPEG.</summary>
internal sealed class MemoryPapers : IPaperStore
{
    private readonly Dictionary<string, byte[]> _papers = [];

    public async Task<TakenPaper> TakeAsync(string applicationId, string kind, Stream content, long most, CancellationToken cancel)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancel);
        if (copy.Length == 0)
            return new TakenPaper(null, PaperFault.Empty);
        var hash = Convert.ToHexStringLower(SHA256.HashData(copy.ToArray()));
        var id = $"{applicationId}-{kind}-{hash[..8]}";
        _papers[id] = copy.ToArray();
        return new TakenPaper(new Paper(id, kind, hash, copy.Length, "image/jpeg"), null);
    }

    public Task<Stream> OpenAsync(string applicationId, Paper paper, CancellationToken cancel) =>
        Task.FromResult<Stream>(new MemoryStream(_papers[paper.Id]));
}
