using System.Security.Cryptography;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Papers;
using Subsidy.Web.Intake;

namespace Subsidy.Web.Papers;

/// <summary>The files of one request, each part named by its document kind.</summary>
internal sealed class PaperIntake(IPaperStore store)
{
    /// <summary>Files that one request may bring; the core counts those of the whole application.</summary>
    private const int MostFiles = 12;

    /// <summary>Takes every file in; a faulty one does not keep the others from being looked at.</summary>
    /// <param name="first">A part that was read already.</param>
    public async Task<ArrivedPapers> TakeAsync(MultipartRequest parts, Part? first, string applicationId, Scheme scheme, CancellationToken cancel)
    {
        var papers = new List<AddPaper>();
        var faults = new List<Fault>();
        for (var part = first ?? await parts.NextAsync(cancel); part is not null; part = await parts.NextAsync(cancel))
        {
            if (part is { IsFile: true, FileName: null })
                continue;
            if (scheme.Documents.FirstOrDefault(document => document.Kind == part.Name) is not { } rule)
                faults.Add(PaperRules.UnknownKind(part.Name));
            else if (papers.Count + faults.Count >= MostFiles)
                return new ArrivedPapers(papers, [.. faults, TooMany]);
            else
                await TakeAsync(applicationId, rule, part.FileName, part.Body, papers, faults, cancel);
        }
        return new ArrivedPapers(papers, faults);
    }

    public async Task TakeAsync(
        string applicationId, DocumentRule rule, string? fileName, Stream content, List<AddPaper> papers, List<Fault> faults, CancellationToken cancel)
    {
        var taken = await store.TakeAsync(applicationId, rule.Kind, content, PaperRules.Most(rule), cancel);
        if (PaperRules.Of(taken, rule) is { } fault)
            faults.Add(fault);
        else
            papers.Add(new AddPaper(taken.Paper!, fileName));
    }

    /// <summary>Of a request that was taken before: what its files are, without keeping them again.</summary>
    public static async Task<IReadOnlyList<(string Kind, string Sha256)>> HashAsync(MultipartRequest parts, CancellationToken cancel)
    {
        var hashes = new List<(string, string)>();
        while (await parts.NextAsync(cancel) is { } part)
        {
            if (part is not { IsFile: true, FileName: null })
                hashes.Add((part.Name, await HashAsync(part.Body, cancel)));
        }
        return hashes;
    }

    /// <returns>Lower-case hexadecimal.</returns>
    public static async Task<string> HashAsync(Stream content, CancellationToken cancel) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));

    private static Fault TooMany => new("/papers", new Text($"一次最多交{MostFiles}份材料。", $"At most {MostFiles} papers are taken at once."));
}

internal sealed record ArrivedPapers(IReadOnlyList<AddPaper> Papers, IReadOnlyList<Fault> Faults);
